// @vitest-environment happy-dom
import { cleanup, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { sampleOf } from '../../../core/actions/testing/sampleRequests.ts';
import type { EngineConnection } from '../../../core/contract/contract.ts';
import { sentence } from '../../../core/contract/sentence.ts';
import { findClip } from '../../../core/document/query.ts';
import type { GenerationRequest } from '../../../core/document/schema.ts';
import { startI18n } from '../../i18n/i18n.ts';
import { useDraft } from '../../services/aiDraft.ts';
import { replaceConnection } from '../../services/connection.ts';
import { useEditor } from '../../services/store.ts';
import { fakeConnection } from '../../testing/fakeConnection.ts';
import { sampleProject } from '../../testing/sampleProject.ts';
import { TakeVerdict } from './TakeVerdict.tsx';

await startI18n('en');

let submitted: GenerationRequest[];

beforeEach(() => {
  submitted = [];
  const other = fakeConnection(new URLSearchParams());
  const call = async (method: string, params: Record<string, unknown>): Promise<unknown> => {
    if (method === 'jobs.submit') submitted.push((params['spec'] as { request: GenerationRequest }).request);
    return other.call(method as 'jobs.submit', params as never);
  };
  replaceConnection({ ...other, call: call as EngineConnection['call'] });
});
afterEach(cleanup);

/** The verdict on a removal whose mask had grown by `growPx`, which is still too tight by `tightPx`. */
function show(tightPx: number | undefined, growPx?: number): void {
  const document = sampleProject();
  const place = findClip(document, 'made-1')!;
  const request = { ...sampleOf('inpaint'), edit: 'remove' as const, growPx };
  place.clip.generation = { ...place.clip.generation!, request };
  document.takes['t1'] = {
    ...document.takes['t1']!,
    verdict: { kind: 'clean', sentence: sentence('removal.clean'), spans: [], tightPx },
  };
  place.clip.generation.activeTakeId = 't1';
  useEditor.setState({ document, projectId: 'p', readOnly: false, jobs: {} });
  render(<TakeVerdict place={findClip(document, 'made-1')} />);
}

it('says that the mask is too tight, and makes the same again with a larger one', async () => {
  show(3, 2);
  expect(screen.getByText('The mask seems too tight: the thing reaches up to 3 px out of it.')).toBeDefined();
  await userEvent.click(screen.getByRole('button', { name: 'Grow by 3 px and make again' }));
  await waitFor(() => expect(submitted).toMatchObject([{ action: 'inpaint', edit: 'remove', growPx: 5 }]));
  expect(useDraft.getState().growPx).toBe(5);
});

it('says nothing of a mask that holds the thing, and offers no more than a mask may grow', () => {
  show(undefined);
  expect(screen.queryByText(/too tight/)).toBeNull();
  cleanup();
  show(3, 99);
  expect(screen.getByText(/too tight/)).toBeDefined();
  expect(screen.queryByRole('button', { name: /Grow/ })).toBeNull();
});
