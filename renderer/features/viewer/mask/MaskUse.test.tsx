// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startI18n } from '../../../i18n/i18n.ts';
import { setDraft, setSettings, useDraft } from '../../../services/aiDraft.ts';
import { freshSession, useEditor } from '../../../services/store.ts';
import { MaskUse } from './MaskUse.tsx';

await startI18n('en');
beforeEach(() => useEditor.setState({ ...freshSession(), aiAction: 'inpaint' }));
afterEach(cleanup);

it('opens on the look alone: nothing of one chosen before is mixed in, and no face is kept from a mosaic', async () => {
  setSettings('restyle', { references: [{ kind: 'media', mediaId: 'london', sourceTicks: 0 }] });
  setDraft({ keepFaces: true, strength: 0.4, scope: 'everything' });
  render(<MaskUse clipId="c" />);
  await userEvent.click(screen.getByRole('button', { name: 'Use' }));
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Mosaic over it' }));
  const draft = useDraft.getState();
  expect(useEditor.getState().aiAction).toBe('restyle');
  expect(draft).toMatchObject({ scope: 'masked', strength: 1, keepFaces: false });
  expect(draft.prompts.restyle).toBe('mosaic');
  expect(draft.settings.restyle.references).toEqual([]);
});
