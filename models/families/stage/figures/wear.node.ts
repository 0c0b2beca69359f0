/** Puts headgear and glasses on a drawing, at the anchors of its entry. */
import { createSurface } from '../surface.node.ts';
import type { Drawing } from './drawing.node.ts';
import type { FigureEntry } from './entry.ts';

/** What is worn on the head: the cast's name of its drawing, how wide it sits, and how deep. */
const headgear: Readonly<Record<string, { readonly drawing: string; readonly wide: number; readonly sunk: number }>> = {
  hat: { drawing: 'top-hat', wide: 1.05, sunk: 0.2 },
  crown: { drawing: 'crown', wide: 0.92, sunk: 0.16 },
  'straw hat': { drawing: 'womans-hat', wide: 1.5, sunk: 0.42 },
  cap: { drawing: 'billed-cap', wide: 1, sunk: 0.4 },
};
/** What is worn before the eyes: width over the distance of the eyes. */
const eyewear: Readonly<Record<string, { readonly drawing: string; readonly wide: number }>> = {
  glasses: { drawing: 'glasses', wide: 2.05 },
  sunglasses: { drawing: 'sunglasses', wide: 2.05 },
};

/** Name of the drawing of what is worn, '' for clothes that a doll's own parts show. */
export const drawingWorn = (garment: string): string => headgear[garment]?.drawing ?? eyewear[garment]?.drawing ?? '';

/** What the stage can dress an entry in. */
export function wearable({ anchors, kind }: FigureEntry): readonly string[] {
  return [
    ...(anchors?.hat ? Object.keys(headgear) : []),
    ...((anchors?.eyes?.length ?? 0) === 2 ? Object.keys(eyewear) : []),
    ...(kind === 'doll' ? ['scarf', 'dress', 'coat', 'shirt'] : []),
  ];
}

/** The drawing with what is worn on it; without an anchor for it, as it was. */
export function putOn(wearer: Drawing, entry: FigureEntry, garment: string, worn: Drawing): Drawing {
  const place = placeOf(wearer, entry, garment, worn);
  if (!place) return wearer;
  // room on all sides for what stands out over the box
  const room = Math.ceil(place.height + 4);
  const surface = createSurface(wearer.surface.width + 2 * room, wearer.surface.height + 2 * room);
  surface.context.drawImage(wearer.surface.canvas, room, room);
  const scale = place.width / worn.boxWidth;
  surface.context.drawImage(
    worn.surface.canvas,
    room + place.x - worn.pad * scale,
    room + place.y - worn.pad * scale,
    worn.surface.width * scale,
    worn.surface.height * scale,
  );
  const { data } = surface.context.getImageData(0, 0, surface.width, surface.height);
  const alpha = Uint8ClampedArray.from({ length: data.length / 4 }, (_, pixel) => data[pixel * 4 + 3]!);
  return { ...wearer, surface, pad: wearer.pad + room, alpha };
}

interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Top left corner of the garment's box in pixels of the wearer's surface, and its size. */
function placeOf(wearer: Drawing, { anchors }: FigureEntry, garment: string, worn: Drawing): Place | null {
  const { boxHeight, boxWidth, pad } = wearer;
  const ratio = worn.boxHeight / worn.boxWidth;
  const head = headgear[garment];
  if (head && anchors?.hat) {
    const width = Math.max(0.42, anchors.hat.w) * head.wide * boxWidth;
    const height = width * ratio;
    const x = pad + anchors.hat.u * boxWidth - width / 2;
    return { x, y: pad + anchors.hat.v * boxHeight - height * (1 - head.sunk), width, height };
  }
  const [left, right] = anchors?.eyes ?? [];
  const eye = eyewear[garment];
  if (!eye || !left || !right) return null;
  const width = Math.abs(right[0] - left[0]) * eye.wide * boxWidth;
  const height = width * ratio;
  const x = pad + ((left[0] + right[0]) / 2) * boxWidth - width / 2;
  return { x, y: pad + ((left[1] + right[1]) / 2) * boxHeight - height / 2, width, height };
}
