/** Names of the looks for footage, and the list of all of them. */
import { lookIds, looks, namesOfLooks, type LookId } from '../../actions/restyle/looks.ts';

/** One sentence for each look, 'all', and notices about looks. */
export const lookSentences = {
  look: {
    ...(Object.fromEntries(lookIds.map((id) => [id, looks[id].words[0]])) as Record<LookId, string>),
    all: namesOfLooks('en'),
    noSky: 'No sky was found in the picture: only the light was changed.',
    noFaces: 'No faces were found: the look covers everything.',
    packFindsNobody: 'The pack “{{name}}” has no model that finds people.',
    pictureEmpty: '“{{name}}” shows almost nothing: there is no look to learn from it.',
  },
} as const;
