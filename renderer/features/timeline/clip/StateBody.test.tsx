// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, beforeAll, expect, it } from 'vitest';
import type { Job } from '../../../../core/contract/jobs.ts';
import { createClip } from '../../../../core/document/create.ts';
import { i18n, startI18n } from '../../../i18n/i18n.ts';
import { StateBody } from './StateBody.tsx';

beforeAll(() => startI18n('en'));
afterEach(cleanup);

function show(job: Pick<Job, 'state'> | null): void {
  const clip = createClip('A balloon', { kind: 'generated' }, 0, 10);
  render(<StateBody clip={clip} state="draft" job={job as Job | null} room="full" reachable={false} aiEnabled />);
}

it('an empty clip says whether it was never sent or cancelled, in the language of the window', async () => {
  show(null);
  expect(screen.getByText('Not sent')).toBeDefined();
  cleanup();
  show({ state: 'cancelled' });
  expect(screen.getByText('Cancelled')).toBeDefined();
  expect(screen.queryByText('Not sent')).toBeNull();
  cleanup();
  await i18n.changeLanguage('zh');
  show({ state: 'cancelled' });
  expect(screen.getByText('已取消')).toBeDefined();
});
