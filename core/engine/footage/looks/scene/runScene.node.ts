/** Looks at a scene, in the inference child. */
import { join } from 'node:path';
import type { FootageContext } from '../../footageContext.ts';
import { readScene } from './readScene.node.ts';
import type { SceneResult, SceneRun } from './sceneRun.ts';

/** Writes the maps into the scratch folder. */
export async function runScene(run: SceneRun, context: FootageContext): Promise<SceneResult> {
  const people = run.people && (await context.readerOf(run.people.pack).session(run.people.graph));
  const scene = await readScene(run, join(context.scratchFolder, 'scene.gray'), {
    people,
    checkCancelled: () => context.checkCancelled(),
    onFrame: (index) => context.report({ fraction: (index + 1) / run.frameCount, stage: 'look' }),
  });
  return { task: 'scene', scene };
}
