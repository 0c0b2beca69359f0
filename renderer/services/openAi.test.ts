import { beforeEach, describe, expect, it } from 'vitest';
import { sampleProject } from '../testing/sampleProject.ts';
import { chooseAiAction, openAiAction, openAiPanel } from './openAi.ts';
import { emptySelection, freshSession, useEditor } from './store.ts';

beforeEach(() => useEditor.setState({ ...freshSession(), document: sampleProject(), projectId: 'p' }));

const select = (...clipIds: string[]) => useEditor.setState({ selection: { ...emptySelection, clipIds } });
const opened = () => {
  useEditor.setState({ sidePanel: 'inspect' });
  openAiPanel();
  return useEditor.getState().aiAction;
};

describe('The AI panel opens', () => {
  it('on what fits the selection where nobody chose an action', () => {
    expect(opened()).toBe('generate');
    select('flower-0');
    expect(opened()).toBe('inpaint');
    select('made-1');
    expect(opened()).toBe('generate');
    select('voice-1');
    expect(opened()).toBe('soundtrack');
    select();
    expect(opened()).toBe('generate');
  });

  it('on the action that was chosen, as long as the selection has something for it', () => {
    select('flower-0');
    chooseAiAction('restyle');
    expect(opened()).toBe('restyle');
    select();
    expect(opened()).toBe('generate');
    chooseAiAction('soundtrack');
    select('flower-0');
    expect(opened()).toBe('soundtrack');
  });

  it('on the action that a recipe or a shortcut names, and beside its tab', () => {
    openAiAction('inpaint');
    expect(useEditor.getState()).toMatchObject({ sidePanel: 'ai', aiAction: 'inpaint', inspectorOpen: true });
  });

  it('without what was chosen in the project before', () => {
    select('flower-0');
    chooseAiAction('restyle');
    useEditor.setState({ ...freshSession(), document: sampleProject(), projectId: 'another' });
    expect(opened()).toBe('generate');
  });
});
