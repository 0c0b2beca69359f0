/** masks.*: what is found in a picture, and what has been followed. */
import type { Handlers } from '../../contract/contract.ts';
import type { FollowRoom } from '../footage/follow/followRoom.node.ts';
import { overlaysInProject } from '../footage/overlays/overlaysInProject.node.ts';
import { selectInProject, type SelectDependencies } from '../footage/select/selectInProject.node.ts';

/** Selects things, and shows followed masks, for the window. */
export function maskHandlers(
  dependencies: SelectDependencies,
  follow: FollowRoom,
): Pick<Handlers, 'masks.select' | 'masks.overlays' | 'masks.followed' | 'masks.moves' | 'masks.frame'> {
  return {
    'masks.select': (asked) => selectInProject(asked, dependencies),
    'masks.overlays': (asked) => overlaysInProject(asked, dependencies),
    'masks.followed': ({ projectId, source, mask }) => follow.state(projectId, source, mask),
    'masks.moves': async ({ projectId, source, sourceTicks, mask }) => ({
      moves: await follow.moves(projectId, source, sourceTicks, mask),
    }),
    'masks.frame': async ({ id, sourceTicks }) => ({ png: await follow.frame(id, sourceTicks) }),
  };
}
