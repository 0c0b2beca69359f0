/** What is said in files, and how long it would take to find out. */
import type { Handlers } from '../../contract/contract.ts';
import type { WordsRoom } from '../footage/words/wordsRoom.node.ts';

/** Answers about transcripts for the window. */
export function transcriptHandlers(room: WordsRoom): Pick<Handlers, 'transcript.list' | 'transcript.estimate'> {
  return {
    'transcript.list': ({ projectId, mediaIds }) => room.transcripts(projectId, mediaIds),
    'transcript.estimate': ({ projectId, mediaId, ...wanted }) => room.estimate(projectId, mediaId, wanted),
  };
}
