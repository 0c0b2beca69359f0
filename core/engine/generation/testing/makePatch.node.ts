/** Patches over films of tests, encoded as takes are. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { colourOf } from '../../../disk/facts.ts';
import { keysOfName } from '../../../disk/cacheFolder.node.ts';
import { halfRows, samplesOf } from '../../../ffmpeg/layPatches.ts';
import { opaque } from '../../../ffmpeg/sampleFormat.ts';
import type { KnownFile } from '../../media/factsStore.node.ts';
import type { LocatedPatch } from '../../media/locateSource.node.ts';
import { probeFile } from '../../media/probe.node.ts';
import { encodePatch } from '../encodePatch.node.ts';
import { drawShape, featherInwards, type Shape } from '../maskShapes.node.ts';
import { boxAround, opacityFrame } from '../opacity.ts';
import { pictureSize } from '../pictureSize.ts';

/** A patch over `source`, `frameCount` frames of one colour, laid on by `shape`. Its file is `name` in `folder`. */
export async function makePatch(
  source: Pick<KnownFile, 'facts'>,
  shape: Shape,
  rgb: readonly number[],
  frameCount: number,
  folder: string,
  name: string,
): Promise<LocatedPatch> {
  const video = source.facts.video!;
  const format = opaque(samplesOf(video));
  const picture = pictureSize(video);
  const box = boxAround(shape, format)!;
  const madePath = join(folder, `${name}.rgb`);
  const frame = Buffer.from(Array.from({ length: 64 * 36 }, () => rgb).flat());
  await writeFile(madePath, Buffer.concat(Array.from({ length: 4 }, () => frame)));
  const opacityPath = join(folder, `${name}.opacity`);
  await writeFile(opacityPath, opacityFrame(shape, box, format, halfRows(box.height, format)));
  const path = join(folder, `${name}.mkv`);
  await encodePatch(
    {
      file: { path: madePath, frameCount: 4, width: 64, height: 36 },
      rate: { num: 16, den: 1 },
      kept: { from: 0, count: 4 },
    },
    { box, picture, opacityPath },
    { colour: colourOf(video), samples: format, rate: video.rate, frameCount },
    path,
    { signal: new AbortController().signal, metadata: [], onFraction: () => undefined },
  );
  return { path, facts: await probeFile(path), ...keysOfName(name), startTicks: 0, box, picture };
}

/** The opacity of a feathered box at these fractions of a source's picture. */
export async function opacityOver(source: Pick<KnownFile, 'facts'>, x: number, y: number): Promise<Shape> {
  const { width, height } = pictureSize(source.facts.video!);
  const shape = await drawShape(
    { kind: 'box', x, y, width: 0.301, height: 0.409, featherPx: 6 },
    width,
    height,
    () => undefined,
  );
  return featherInwards(shape, 6);
}
