/** The mask of a removal as files: grey frames for what fills the hole, opacity for the patch. */
import { open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FailureError } from '../../../contract/errors.ts';
import { sentence, type Sentence } from '../../../contract/sentence.ts';
import { format } from '../../../ffmpeg/colour.ts';
import { filter, FilterGraph } from '../../../ffmpeg/filterGraph.ts';
import { halfRows, openFrames } from '../../../ffmpeg/layPatches.ts';
import type { SampleFormat } from '../../../ffmpeg/sampleFormat.ts';
import type { Box, Size } from '../../../render/place.ts';
import type { Rate } from '../../../time/ticks.ts';
import { drawShape, type Shape } from '../../generation/maskShapes.node.ts';
import { boxAround, opacityFrame } from '../../generation/opacity.ts';
import type { ResolvedMask } from '../../generation/resolved.ts';
import { framesOf } from '../../media/locateSource.node.ts';
import { streamFrames } from '../frameStream.node.ts';
import { grown, insideFrom } from './hole.ts';

/** A mask on disk. */
export interface PreparedMasks {
  /** Raw grey frames of the picture's size: one for all time, or one a frame. */
  readonly mask: { readonly path: string; readonly frameCount: number };
  /** Raw opacity of the box, as patches have it: as many frames. */
  readonly opacityPath: string;
  /** Around all that is masked at any time, whole chroma samples. */
  readonly box: Box;
}

/** What the mask is prepared for. */
export interface MaskTarget {
  readonly picture: Size;
  readonly samples: SampleFormat;
  readonly rate: Rate | null;
  readonly frameCount: number;
  /** How far the mask grows, px. */
  readonly growPx: number;
  readonly folder: string;
  readonly signal: AbortSignal;
  onNotice(said: Sentence): void;
}

/**
 * Draws a still mask once, or decodes a film of masks. The patch is opaque all over the mask, without a soft edge: what
 * is under it is hidden, and a soft edge would let it through. Throws FailureError 'badRequest' for an empty mask.
 */
export async function prepareMasks(mask: ResolvedMask, target: MaskTarget): Promise<PreparedMasks> {
  const path = join(target.folder, 'mask.grey');
  const opacityPath = join(target.folder, 'opacity.raw');
  const { picture, samples } = target;
  if (mask.kind === 'drawn') {
    const drawn = await drawShape(mask.mask, picture.width, picture.height, target.onNotice);
    const shape = { ...drawn, data: hard(drawn.data, picture, target.growPx) };
    const box = boxAround(shape, samples);
    if (!box) throw emptyMask();
    await writeFile(path, shape.data);
    await writeFile(opacityPath, opacityFrame(shape, box, samples, halfRows(box.height, samples)));
    return { mask: { path, frameCount: 1 }, opacityPath, box };
  }
  const union = await decodeMasks(mask, path, target);
  const box = boxAround(union, samples);
  if (!box) throw emptyMask();
  await writeOpacities(path, opacityPath, box, target);
  return { mask: { path, frameCount: target.frameCount }, opacityPath, box };
}

const emptyMask = (): FailureError => new FailureError('badRequest', sentence('generation.emptyMask'));

/** The mask without a soft edge, `growPx` larger. */
function hard(mask: Uint8Array, { width, height }: Size, growPx: number): Uint8Array {
  const inside = mask.map((value) => (value >= insideFrom ? 1 : 0));
  return (growPx > 0 ? grown(inside, width, height, growPx) : inside).map((value) => 255 * value);
}

/** Writes the film's frames as grey ones and answers their union. */
async function decodeMasks(
  mask: Extract<ResolvedMask, { kind: 'video' }>,
  path: string,
  target: MaskTarget,
): Promise<Shape> {
  const { picture, rate, frameCount, signal, growPx } = target;
  const { width, height } = picture;
  const { facts } = mask.file;
  const video = facts.video!;
  const union = new Uint8Array(width * height);
  const grey = new Uint8Array(width * height);
  const outputRate = rate ?? { num: 1, den: 1 };
  const file = await open(path, 'w');
  try {
    await streamFrames(
      (rereads) => {
        const graph = new FilterGraph(rereads);
        const frames = openFrames(graph, framesOf(mask.file, video), {
          ...{ sourceRate: facts.kind === 'image' ? null : video.rate, sourceDurationTicks: facts.durationTicks },
          ...{ startTicks: 0, speed: { num: 1, den: 1 }, reversed: false, outputRate, frameCount },
        });
        const fitted = [filter('scale', { w: width, h: height, flags: 'bilinear' }), format('gray')];
        const picture = graph.chain([frames.stream], [...fitted, ...frames.finish]);
        return { graph, picture, pixelFormat: 'gray', about: mask.file.path, signal };
      },
      grey.length,
      frameCount,
      {
        begin: () => void union.fill(0),
        nextBuffer: () => grey,
        take: async (index) => {
          const made = hard(grey, picture, growPx);
          for (let i = 0; i < made.length; i++) union[i]! |= made[i]!;
          await file.write(made, 0, made.length, index * made.length);
        },
      },
    );
  } finally {
    await file.close();
  }
  return { data: union, width, height };
}

async function writeOpacities(
  from: string,
  to: string,
  box: Box,
  { picture, samples, frameCount }: MaskTarget,
): Promise<void> {
  const grey = new Uint8Array(picture.width * picture.height);
  const rows = halfRows(box.height, samples);
  const [masks, opacities] = [await open(from, 'r'), await open(to, 'w')];
  try {
    for (let index = 0; index < frameCount; index++) {
      await masks.read(grey, 0, grey.length, index * grey.length);
      await opacities.write(opacityFrame({ data: grey, ...picture }, box, samples, rows));
    }
  } finally {
    await masks.close();
    await opacities.close();
  }
}
