/** Names of the looks for footage, and the list of all of them. */
import { lookIds, looks, namesOfLooks, type LookId } from '../../actions/restyle/looks.ts';

/** One sentence a look, and 'all'. */
export const lookSentences = {
  look: {
    ...(Object.fromEntries(lookIds.map((id) => [id, looks[id].words[0]])) as Record<LookId, string>),
    all: namesOfLooks('en'),
  },
};
