/** How near the people of a look are, judged by how wide the nearest is against the picture's height. Pure. */
import type { momentNames, SeenLook } from '../../../contract/seen.ts';

/** A shot size. */
export type ShotName = (typeof momentNames.shot)[number];

/**
 * A person is seen whole in a box that is about twice as high as wide or more. Of others, shoulders with arms are about
 * a third of the height that is not seen: from the waist up they are as wide as half of the picture's height, as head
 * and shoulders nine tenths or more.
 */
const thresholds = { whole: 1.8, closeUp: 0.85, medium: 0.38, widthOfTall: 0.6, edge: 0.03, leastScore: 0.5 };

/** null where nobody is seen, or only an arm comes in. `aspect`: width of the picture over its height. */
export function shotSize(things: SeenLook['things'], aspect: number): ShotName | null {
  const people = things.filter(({ name, score }) => name === 'person' && score >= thresholds.leastScore);
  if (people.length === 0) return null;
  const nearest = people.reduce((most, { box }) => (box[2] * box[3] > most[2] * most[3] ? box : most), people[0]!.box);
  const [left, top, width, height] = nearest;
  const { edge } = thresholds;
  const isCutAbove = top < edge;
  if (isCutAbove && (left < edge || left + width > 1 - edge) && width < 1 - 2 * edge) return null;
  const shoulders = width * aspect;
  const fillsWidth = width > thresholds.widthOfTall;
  if (height / shoulders >= thresholds.whole && !fillsWidth) return 'wide';
  // a person whose head is out of the picture does not make a close-up
  if (shoulders >= thresholds.closeUp && height > 0.5 && !isCutAbove) return 'closeUp';
  return (shoulders >= thresholds.medium || fillsWidth) && height > 0.4 ? 'medium' : 'wide';
}
