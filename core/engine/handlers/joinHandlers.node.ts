/** joins.*: the ways of continuing and bridging footage, shown and tried before anything is made. */
import type { Handlers } from '../../contract/contract.ts';
import { drawPreviews, type JoinRequest, type PreviewRooms } from '../footage/joins/joinPreviews.node.ts';
import { matchCut } from '../footage/joins/matchCut.node.ts';
import type { FollowRoom } from '../footage/follow/followRoom.node.ts';
import type { ResolvedRequest } from '../generation/resolved.ts';
import { resolveInProject } from '../generation/resolveInProject.node.ts';
import type { MediaRoom } from '../media/mediaService.node.ts';
import type { ProjectStore, RenderService } from '../services.node.ts';
import { ticksFromSeconds } from '../../time/ticks.ts';

/** Shortest and longest morph over a cut, and how far on each side its ends are searched. Seconds. */
const shortestMorph = 0.2;
const longestMorph = 0.5;
const searched = 0.3;

/** The rooms that these calls need. */
export interface JoinRooms extends PreviewRooms {
  readonly projects: Pick<ProjectStore, 'document'>;
  readonly media: MediaRoom;
  readonly render: RenderService;
  readonly follow: Pick<FollowRoom, 'standIn'>;
}

/** Draws previews; a newer call ends an older one, which fails with 'cancelled'. */
export function joinHandlers(rooms: JoinRooms): Pick<Handlers, 'joins.previews' | 'joins.matchCut'> {
  let running: AbortController | null = null;
  const resolve = async <R extends JoinRequest>(projectId: string, request: R) => {
    const { media, render, follow, projects } = rooms;
    const document = projects.document(projectId);
    return (await resolveInProject(request, {
      projectId,
      document,
      media,
      render,
      film: follow.standIn,
    })) as ResolvedRequest<R>;
  };
  return {
    'joins.previews': async ({ projectId, request, longestPx }) => {
      running?.abort();
      const own = new AbortController();
      running = own;
      const resolved = await resolve(projectId, request);
      return { previews: await drawPreviews(resolved, longestPx, rooms, own.signal) };
    },
    'joins.matchCut': async ({ projectId, request, rate, mostBefore, mostAfter }) => {
      const framesIn = (seconds: number): number => Math.round((seconds * rate.num) / rate.den);
      const reach = (most: number): number => Math.max(0, Math.min(most, framesIn(searched)));
      const resolved = await resolve(projectId, { ...request, durationTicks: ticksFromSeconds(shortestMorph) });
      return matchCut(
        {
          ...{ resolved, rate, mostBefore: reach(mostBefore), mostAfter: reach(mostAfter) },
          ...{ least: framesIn(shortestMorph), most: framesIn(longestMorph) },
        },
        rooms,
      );
    },
  };
}
