/** additions.*: a picture in a frame of footage, shown before it is made. */
import type { Handlers } from '../../contract/contract.ts';
import { previewAddition, type AdditionRooms } from '../footage/add/previewAddition.node.ts';
import type { FollowRoom } from '../footage/follow/followRoom.node.ts';
import type { InpaintRequest } from '../../actions/inpaint/schema.ts';
import type { ResolvedRequest } from '../generation/resolved.ts';
import { resolveInProject } from '../generation/resolveInProject.node.ts';
import type { MediaRoom } from '../media/mediaService.node.ts';
import type { ProjectStore, RenderService } from '../services.node.ts';

interface AddRooms extends AdditionRooms {
  readonly projects: Pick<ProjectStore, 'document'>;
  readonly media: MediaRoom;
  readonly render: RenderService;
  readonly follow: Pick<FollowRoom, 'standIn'>;
}

/** Draws a preview; a newer call ends an older one, which fails with 'cancelled'. */
export function addHandlers(rooms: AddRooms): Pick<Handlers, 'additions.preview'> {
  let running: AbortController | null = null;
  return {
    'additions.preview': async ({ projectId, request, longestPx }) => {
      running?.abort();
      const own = new AbortController();
      running = own;
      const { media, render, follow, projects } = rooms;
      const document = projects.document(projectId);
      const around = { projectId, document, media, render, film: follow.standIn };
      const resolved = (await resolveInProject(request, around)) as ResolvedRequest<InpaintRequest>;
      return { picture: await previewAddition(resolved, longestPx, rooms, own.signal) };
    },
  };
}
