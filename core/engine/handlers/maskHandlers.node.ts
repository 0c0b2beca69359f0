/** masks.*: what is found in a picture, answered at once. */
import type { Handlers } from '../../contract/contract.ts';
import { selectInProject, type SelectDependencies } from '../footage/select/selectInProject.node.ts';

/** Selects things for the window. */
export function maskHandlers(dependencies: SelectDependencies): Pick<Handlers, 'masks.select'> {
  return { 'masks.select': (asked) => selectInProject(asked, dependencies) };
}
