/** A clip with an object laid over it without loss, its mask four pixels wider, and the truth behind it. */
import { spawnSync } from 'node:child_process';
import { openSync, closeSync, writeSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { samplesOf, inSamples, openFrames } from '../../../core/ffmpeg/layPatches.ts';
import { FilterGraph, filter } from '../../../core/ffmpeg/filterGraph.ts';
import { streamFrames } from '../../../core/engine/footage/frameStream.node.ts';
import { grown } from '../../../core/engine/footage/plate/hole.ts';
import { layoutOf, planesOf, type FrameLayout } from '../../../core/engine/footage/plate/planes.ts';
import { framesOf } from '../../../core/engine/media/locateSource.node.ts';
import { pictureSize } from '../../../core/engine/generation/pictureSize.ts';
import type { Size } from '../../../core/render/place.ts';
import { opaque } from '../../../core/ffmpeg/sampleFormat.ts';
import { inverted, objectAt } from './objects.ts';
import type { RemovalCase } from './cases.node.ts';

/** Everything about a case, in the clip's own luma at 8 bits. */
export interface Scene {
  readonly folder: string;
  readonly width: number;
  readonly height: number;
  readonly frameCount: number;
  readonly rate: { readonly num: number; readonly den: number };
  readonly pixelFormat: string;
  readonly layout: FrameLayout;
  /** The composite, FFV1. */
  readonly path: string;
  /** Grey frames, 8 bit, one a frame. */
  readonly maskPath: string;
  readonly truth: readonly Uint8Array[];
  readonly seen: readonly Uint8Array[];
  readonly masks: readonly Uint8Array[];
}

/** How much wider than the object its mask is, px; below 0 it cuts into the object. */
const growth = Number(process.env['REMOVAL_GROWTH'] ?? 4);
/** Wider clips are made this wide, px; 0 = none are. */
const mostWidth = Number(process.env['REMOVAL_WIDTH'] ?? 0);

function shownSize({ width, height }: Size): Size {
  if (mostWidth === 0 || width <= mostWidth) return { width, height };
  return { width: mostWidth, height: 2 * Math.round((height * mostWidth) / width / 2) };
}

/** `isInverted`: the object in the opposite colours. */
export async function composite(each: RemovalCase, parent: string, isInverted = false): Promise<Scene> {
  const folder = await mkdtemp(join(parent, 'case-'));
  const video = each.source.facts.video!;
  const samples = opaque(samplesOf(video));
  const size = shownSize(pictureSize(video));
  const layout = layoutOf(samples, size);
  const { rate } = video;
  const rawPath = join(folder, 'composite.raw');
  const raw = openSync(rawPath, 'w');
  const maskPath = join(folder, 'mask.raw');
  const maskFile = openSync(maskPath, 'w');
  const scene = { truth: [] as Uint8Array[], seen: [] as Uint8Array[], masks: [] as Uint8Array[] };
  let bytes = new Uint8Array(layout.byteCount);
  const { colour } = framesOf(each.source, video);
  await streamFrames(
    (rereads) => {
      const graph = new FilterGraph(rereads);
      const frames = openFrames(graph, framesOf(each.source, video), {
        ...{ sourceRate: rate, sourceDurationTicks: each.source.facts.durationTicks, startTicks: 0, outputRate: rate },
        ...{ speed: { num: 1, den: 1 }, reversed: false, frameCount: each.frameCount },
      });
      const tail = [
        ...inSamples({ colour, samples }),
        filter('scale', { w: size.width, h: size.height, flags: 'area' }),
        filter('setsar', { sar: 1 }),
        ...frames.finish,
      ];
      return { graph, picture: graph.chain([frames.stream], tail), pixelFormat: samples.name, about: each.source.path };
    },
    layout.byteCount,
    each.frameCount,
    {
      begin: () => undefined,
      nextBuffer: () => (bytes = new Uint8Array(layout.byteCount)),
      take: (index) => {
        const planes = planesOf(bytes, layout);
        scene.truth.push(toEight(planes[0]!, layout));
        const { mask } = lay(each.object, index, each.frameCount, layout, planes, isInverted);
        scene.seen.push(toEight(planes[0]!, layout));
        scene.masks.push(mask);
        writeSync(raw, bytes);
        writeSync(maskFile, mask);
      },
    },
  );
  closeSync(raw);
  closeSync(maskFile);
  const path = join(folder, 'composite.mkv');
  const words = [
    '-v',
    'error',
    '-y',
    '-f',
    'rawvideo',
    '-pix_fmt',
    samples.name,
    '-s',
    `${size.width}x${size.height}`,
    '-r',
    `${rate.num}/${rate.den}`,
  ];
  const made = spawnSync('ffmpeg', [...words, '-i', rawPath, '-c:v', 'ffv1', '-level', '3', '-slices', '4', path], {
    stdio: 'inherit',
  });
  if (made.status !== 0) throw new Error('the composite could not be written');
  return {
    ...scene,
    ...size,
    folder,
    path,
    maskPath,
    rate,
    layout,
    pixelFormat: samples.name,
    frameCount: each.frameCount,
  };
}

function toEight(plane: Uint8Array | Uint16Array, { level }: FrameLayout): Uint8Array {
  return level === 1 ? Uint8Array.from(plane) : Uint8Array.from(plane, (value) => Math.round(value / level));
}

function lay(
  object: RemovalCase['object'],
  index: number,
  count: number,
  layout: FrameLayout,
  planes: (Uint8Array | Uint16Array)[],
  isInverted: boolean,
): { mask: Uint8Array } {
  const { width, height, level } = layout;
  const laid = objectAt(object, index, count, width, height);
  const at = isInverted ? inverted(laid) : laid;
  const hit = new Uint8Array(width * height);
  const { box } = at;
  for (let y = Math.max(0, box.top); y < Math.min(height, box.bottom); y++) {
    for (let x = Math.max(0, box.left); x < Math.min(width, box.right); x++) {
      const colour = at.colour(x, y);
      if (!colour) continue;
      hit[y * width + x] = 1;
      planes[0]![y * width + x] = colour[0] * level;
      for (const plane of [1, 2] as const) {
        const shape = layout.planes[plane];
        if (shape) planes[plane]![(y >> shape.shift.y) * shape.width + (x >> shape.shift.x)] = colour[plane] * level;
      }
    }
  }
  const inside =
    growth >= 0
      ? grown(hit, width, height, growth)
      : grown(
          hit.map((value) => 1 - value),
          width,
          height,
          -growth,
        ).map((value) => 1 - value);
  return { mask: inside.map((value) => 255 * value) };
}
