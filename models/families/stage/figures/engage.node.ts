/** Turns a figure of a scene into something that can be drawn, by the kind of its entry in the cast. */
import { fromHex, mixRgb, scaleRgb, type Rgb } from '../colour.ts';
import type { StageFigure } from '../scene.ts';
import type { Engage } from '../stage.node.ts';
import { prepareAnimal } from './animal.node.ts';
import { headHeight, type Outfit } from './doll.ts';
import { lightDrawing, rasterise, type Drawing } from './drawing.node.ts';
import { drawingOf, type FigureEntry } from './entry.ts';
import { colourNamed, recolouring } from './recolour.ts';
import { mannerOf, mirroredFor } from './manner.node.ts';
import { drawingWorn, putOn } from './wear.node.ts';
import {
  createAnimalPerformer,
  createBustPerformer,
  createDollPerformer,
  createDrawingPerformer,
} from './performer.node.ts';

/** Largest and smallest height of a drawing in pixels: beyond it a figure is enlarged or shrunk. */
const pixels = { fewest: 48, most: 1200 } as const;

/** A cast: entries by name and the texts of their drawings. `svgOf` throws for a drawing that is not there. */
export function engageFrom(entries: ReadonlyMap<string, FigureEntry>, svgOf: (drawing: string) => string): Engage {
  return (figure, light, height) => {
    const entry = entries.get(figure.name);
    if (!entry) throw new Error(`The cast has no figure '${figure.name}'.`);
    const svg = svgOf(drawingOf(entry, figure.tone));
    const mirrored = mirroredFor(entry, figure.way);
    const sized = (share: number): number => Math.min(pixels.most, Math.max(pixels.fewest, Math.ceil(height * share)));
    if (entry.kind === 'walker' && walksOnLegs(entry) && figure.wears === '') {
      const tint = { mirrored, recolour: recolourOf(rasterise(Buffer.from(svg), 64), figure.colour) };
      return createAnimalPerformer(prepareAnimal(svg, sized(1), light, figure.z, tint));
    }
    const share = entry.kind === 'doll' ? headHeight : entry.kind === 'bust' ? bustHeight : 1;
    const bare = coloured(rasterise(Buffer.from(svg), sized(share)), figure.colour);
    const dressed = dress(bare, entry, figure.wears, svgOf);
    const drawing = lightDrawing(dressed, light, figure.z, { mirrored, recolour: null });
    const outfit = outfitOf(entry, figure, bare);
    if (entry.kind === 'doll') return createDollPerformer(drawing, outfit, light, figure);
    if (entry.kind === 'bust') return createBustPerformer(drawing, outfit, light, figure);
    const isRigid = figure.motion === 'stand' && !breathing.has(entry.kind);
    return createDrawingPerformer(drawing, false, { ...mannerOf(entry, figure, svg, bare), isRigid });
  };
}

/** What breathes while it stands; a house or a sofa does not. */
const breathing: ReadonlySet<FigureEntry['kind']> = new Set(['walker', 'hopper', 'swimmer', 'flyer']);

/** Drawings that a figure needs: its own, and that of what it wears. */
export function drawingsOf(
  entry: FigureEntry,
  { tone, wears }: Pick<StageFigure, 'tone' | 'wears'>,
): readonly string[] {
  const worn = drawingWorn(garmentOf(wears).garment);
  return worn === '' ? [drawingOf(entry, tone)] : [drawingOf(entry, tone), worn];
}

/** 'red hat' as its colour and its garment. */
function garmentOf(wears: string): { readonly colour: string; readonly garment: string } {
  const [first = '', ...rest] = wears.split(' ');
  return colourNamed(first) && rest.length > 0
    ? { colour: first, garment: rest.join(' ') }
    : { colour: '', garment: wears };
}

function recolourOf({ surface }: Drawing, name: string): ((colour: Rgb) => Rgb) | null {
  const target = colourNamed(name);
  return target && recolouring(surface.context.getImageData(0, 0, surface.width, surface.height).data, target);
}

/** The drawing in a colour by name; as it is without one. */
function coloured(drawing: Drawing, name: string): Drawing {
  const recolour = recolourOf(drawing, name);
  if (!recolour) return drawing;
  const { context, height, width } = drawing.surface;
  const image = context.getImageData(0, 0, width, height);
  for (let at = 0; at < image.data.length; at += 4) {
    if (image.data[at + 3] === 0) continue;
    const colour = recolour([image.data[at]! / 255, image.data[at + 1]! / 255, image.data[at + 2]! / 255]);
    for (let channel = 0; channel < 3; channel++) image.data[at + channel] = 255 * colour[channel]! + 0.5;
  }
  context.putImageData(image, 0, 0);
  return drawing;
}

function dress(bare: Drawing, entry: FigureEntry, wears: string, svgOf: (drawing: string) => string): Drawing {
  const { colour, garment } = garmentOf(wears);
  const worn = drawingWorn(garment);
  if (worn === '') return bare;
  const item = coloured(rasterise(Buffer.from(svgOf(worn)), Math.ceil(bare.boxHeight * 0.6)), colour);
  return putOn(bare, entry, garment, item);
}

/** Height of a bust's drawing over the whole figure's. */
export const bustHeight = 0.74;

const walksOnLegs = ({ group }: FigureEntry): boolean => group.startsWith('animals (whole body');

const trousers = ['#3B4166', '#5A4A3C', '#3E5A4E', '#6A3F4C', '#4A4A52'].map(fromHex);
const shoes = fromHex('#4A332E');
const dressed = /\b(girl|woman|princess|bride|mother)\b/;
/** Heads whose animals have a bushy tail. */
const tailed = new Set(['fox', 'wolf', 'raccoon', 'cat in clothes', 'dog in clothes', 'lion', 'tiger in clothes']);

/** Clothes from the entry's shirt, the skin from the drawing itself: the middle of its lower half. */
function outfitOf(entry: FigureEntry, figure: StageFigure, head: Drawing): Outfit {
  const skin = colourIn(head, entry.kind === 'bust' ? [0.4, 0.3, 0.6, 0.42] : [0.3, 0.62, 0.7, 0.86]);
  const { colour, garment } = garmentOf(figure.wears);
  const own = entry.kind === 'bust' ? colourIn(head, [0.3, 0.86, 0.7, 0.98]) : fromHex(entry.shirt ?? '#8B5FBF');
  const isCloth = garment === 'shirt' || garment === 'coat' || garment === 'dress';
  const cloth = isCloth ? (colourNamed(colour) ?? own) : own;
  const person = entry.group.startsWith('people');
  const wearsDress = garment === 'dress' || (garment === '' && person && dressed.test(entry.name));
  const below =
    entry.kind === 'bust'
      ? scaleRgb(mixRgb(cloth, trousers[4]!, 0.45), 0.8)
      : trousers[entry.name.length % trousers.length]!;
  return {
    skin,
    top: cloth,
    sleeves: 'long',
    bottom:
      wearsDress && entry.kind === 'doll' ? { kind: 'dress', colour: cloth } : { kind: 'trousers', colour: below },
    coat: garment === 'coat',
    scarf: garment === 'scarf' ? (colourNamed(colour) ?? fromHex('#C8433F')) : null,
    shoes,
    gloves: skin,
    tail: tailed.has(figure.name) ? skin : null,
  };
}

/** The middle colour of what is opaque in a part of the drawing's box; grey where nothing is. */
function colourIn(
  { boxHeight, boxWidth, pad, surface }: Drawing,
  [left, top, right, bottom]: readonly [number, number, number, number],
): Rgb {
  const { data, height, width } = surface.context.getImageData(
    Math.round(pad + left * boxWidth),
    Math.round(pad + top * boxHeight),
    Math.max(1, Math.round((right - left) * boxWidth)),
    Math.max(1, Math.round((bottom - top) * boxHeight)),
  );
  const channels: [number[], number[], number[]] = [[], [], []];
  for (let pixel = 0; pixel < width * height; pixel++)
    if (data[pixel * 4 + 3]! > 200) channels.forEach((values, channel) => values.push(data[pixel * 4 + channel]!));
  const middle = (values: number[]): number => (values.toSorted((a, b) => a - b)[values.length >> 1] ?? 128) / 255;
  return [middle(channels[0]), middle(channels[1]), middle(channels[2])];
}
