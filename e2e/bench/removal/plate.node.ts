/** The product's removal on a case. */
import { cacheKeyOfContent } from '../../../core/disk/cacheFolder.node.ts';
import { readFileSync } from 'node:fs';
import { runPlate } from '../../../core/engine/footage/plate/runPlate.node.ts';
import { halfRows } from '../../../core/ffmpeg/layPatches.ts';
import { sampleFormatOf } from '../../../core/ffmpeg/sampleFormat.ts';
import { layoutOf, planesOf } from '../../../core/engine/footage/plate/planes.ts';
import type { PlateResult } from '../../../core/engine/footage/plate/plateRun.ts';
import { plainSource } from '../../../core/engine/media/locateSource.node.ts';
import { probeFile } from '../../../core/engine/media/probe.node.ts';
import type { ContentKey } from '../../../core/document/names.ts';
import type { Scene } from './composite.node.ts';

const noKey = '0'.repeat(64) as ContentKey;

export async function removeWithPlate(
  scene: Scene,
  folder: string,
): Promise<{ luma: Uint8Array[]; verdict: PlateResult['verdict']; seconds: number; cpuSeconds: number }> {
  const facts = await probeFile(scene.path);
  const started = performance.now();
  const cpu = process.cpuUsage();
  const source = plainSource({ path: scene.path, facts, contentKey: noKey, cacheKey: cacheKeyOfContent(noKey) });
  const { width, height } = scene;
  const result = await runPlate(
    {
      task: 'plate',
      still: null,
      source,
      startTicks: 0,
      rate: facts.video!.rate,
      frameCount: scene.frameCount,
      picture: { width, height },
      mask: { path: scene.maskPath, frameCount: scene.frameCount },
      box: { x: 0, y: 0, width, height },
    },
    {
      scratchFolder: folder,
      threads: 2,
      checkCancelled: () => undefined,
      report: () => undefined,
      readerOf: () => {
        throw new Error('no pack is needed');
      },
    },
  );
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  const format = sampleFormatOf(scene.pixelFormat);
  const layout = layoutOf(format, { width, height: halfRows(height, format) });
  const bytes = readFileSync(result.frames.path);
  const luma = Array.from({ length: scene.frameCount }, (_, index) => {
    const plane = planesOf(bytes.subarray(index * layout.byteCount, (index + 1) * layout.byteCount), layout)[0]!;
    return Uint8Array.from(plane.subarray(0, width * height), (value) => Math.round(value / layout.level));
  });
  return { luma, verdict: result.verdict, seconds, cpuSeconds: (user + system) / 1e6 };
}
