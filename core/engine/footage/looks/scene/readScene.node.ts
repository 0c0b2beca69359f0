/** Looks through a stretch of footage once, small, and writes the maps of its scene. */
import { closeSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { peopleIn } from '../../../../../models/families/footage/select/subject.ts';
import type { GraphSession } from '../../../../../models/families/pipeline.ts';
import { format } from '../../../../ffmpeg/colour.ts';
import { streamFrames } from '../../frameStream.node.ts';
import { openStage } from '../lookGraph.node.ts';
import { SceneWatch } from './sceneMaps.ts';
import type { Scene, SceneWanted } from './sceneRun.ts';

/** Longer side of the frames that are looked at, px. */
const longestPx = 320;
/** People are looked for in every so many frames; between them they stay. */
const peopleEvery = 2;

/** What looking through reports to, and what finds people. */
export interface SceneContext {
  readonly people: GraphSession | null;
  readonly signal?: AbortSignal;
  checkCancelled(): void;
  onFrame(index: number): void;
}

/** `path`: where the maps go. Throws FailureError as `streamFrames`, and what `checkCancelled` throws. */
export async function readScene(wanted: SceneWanted, path: string, context: SceneContext): Promise<Scene> {
  const { range, video, coded, rate, frameCount } = wanted;
  const scale = longestPx / Math.max(coded.width, coded.height);
  const side = (px: number): number => Math.max(16, 2 * Math.round((px * scale) / 2));
  const size = { width: side(coded.width), height: side(coded.height) };
  const whole = { left: 0, top: 0, right: size.width, bottom: size.height };
  const file = openSync(path, 'w');
  let watch = new SceneWatch(size.width, size.height);
  let people: Float32Array | null = null;
  const buffer = new Uint8Array(size.width * size.height * 3);
  try {
    await streamFrames(
      (rereads) => {
        const opened = openStage({ range, video, rate, frameCount, size, folder: '' }, coded, rereads);
        const picture = opened.stage.chain(opened.stage.rgb(opened.source), format('rgb24'));
        return { graph: opened.graph, picture, pixelFormat: 'rgb24', about: range.file.path, signal: context.signal };
      },
      buffer.length,
      frameCount,
      {
        begin: () => {
          watch = new SceneWatch(size.width, size.height);
          ftruncateSync(file, 0);
        },
        nextBuffer: () => buffer,
        take: async (index) => {
          if (context.people && index % peopleEvery === 0)
            people = (await peopleIn(context.people, { data: buffer, ...size }, whole)).data;
          const maps = watch.take(buffer, people);
          writeSync(file, maps, 0, maps.length, index * maps.length);
          context.onFrame(index);
          await setImmediate();
          context.checkCancelled();
        },
      },
    );
  } finally {
    closeSync(file);
  }
  return { path, size, rate, ...watch.found };
}
