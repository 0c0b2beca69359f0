import { beforeEach, expect, it } from 'vitest';
import { createProject } from '../../core/document/create.ts';
import type { Mask } from '../../core/document/schema.ts';
import { runAction } from './registry.ts';
import { recordMaskSteps } from '../services/maskSteps.ts';
import { useEditor } from '../services/store.ts';

const mask = (png: string): Mask => ({ kind: 'painted', png, featherPx: 6 });
const paint = (png: string | null) => useEditor.getState().setSession({ masks: png === null ? {} : { c: mask(png) } });
const painted = () => {
  const now = useEditor.getState().masks['c'];
  return now?.kind === 'painted' ? now.png : null;
};

let stop = () => {};
beforeEach(() => {
  stop();
  useEditor.setState({
    document: createProject('Test'),
    readOnly: false,
    history: [],
    undoStack: [],
    redoStack: [],
    masks: {},
    maskMode: null,
  });
  useEditor.getState().run('renameProject', { name: 'Renamed' });
  useEditor.setState({ maskMode: { clipId: 'c', tool: 'brush', brushPx: 40, featherPx: 6 } });
  stop = recordMaskSteps('c');
});

it('takes strokes back one by one and brings them back, and never touches the document', () => {
  paint('one');
  paint('two');
  // a click that leaves the mask as it was
  paint('two');
  runAction('edit.undo');
  expect(painted()).toBe('one');
  runAction('edit.undo');
  expect(painted()).toBe(null);
  expect(runAction('edit.undo')).toBe(false);
  runAction('edit.redo');
  runAction('edit.redo');
  expect(painted()).toBe('two');
  expect(runAction('edit.redo')).toBe(false);
  expect(useEditor.getState().document!.name).toBe('Renamed');
});

it('takes back a mask that was cleared; a new stroke forgets what was undone', () => {
  paint('one');
  paint(null);
  runAction('edit.undo');
  expect(painted()).toBe('one');
  paint('other');
  expect(runAction('edit.redo')).toBe(false);
});

it('undoes the document again once the mode is left', () => {
  paint('one');
  runAction('edit.leaveMode');
  runAction('edit.undo');
  expect([useEditor.getState().document!.name, painted()]).toEqual(['Test', 'one']);
});
