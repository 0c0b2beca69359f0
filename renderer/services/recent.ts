import { create } from 'zustand';
import type { RecentProject } from '../../core/contract/contract.ts';
import { engine } from './connection.ts';
import { sayFailure } from './errors.ts';

/** Recent projects, newest first; `asked` is false until the list has been fetched. */
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
