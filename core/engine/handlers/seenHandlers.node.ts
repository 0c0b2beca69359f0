/** What is known of files by the index, and when it has to rest. */
import type { Handlers } from '../../contract/contract.ts';
import type { SeenRoom } from '../footage/seen/seenRoom.node.ts';

/** Answers from the index for the window. */
export function seenHandlers(room: SeenRoom): Pick<Handlers, 'seen.list' | 'seen.looks' | 'app.playing'> {
  return {
    async 'seen.list'({ projectId, mediaIds }) {
      const found = await room.seen(projectId, mediaIds);
      return found.map((seen) => {
        if (!seen) return null;
        const { looks: _many, ...summary } = seen;
        return summary;
      });
    },
    async 'seen.looks'({ projectId, mediaId }) {
      return (await room.seen(projectId, [mediaId]))[0] ?? null;
    },
    async 'app.playing'({ playing }) {
      room.setPlaying(playing);
      return {};
    },
  };
}
