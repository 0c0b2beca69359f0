import { create } from 'zustand';
import type { RecentProject } from '../../core/contract/contract.ts';
import { engine } from './connection.ts';
import { sayFailure } from './errors.ts';

/** Projects opened lately, newest first; null asked = not yet known. */
export const useRecent = create<{ projects: readonly RecentProject[]; asked: boolean }>()(() => ({
  projects: [],
  asked: false,
}));

/** Fetches the list of recent projects. */
export function refreshRecent(): void {
  engine()
    .call('project.recent', {})
    .then((projects) => useRecent.setState({ projects, asked: true }))
    .catch(sayFailure);
}
