import { writeFile } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import { throwIfAborted } from '../../../ffmpeg/run.node.ts';
import type { LookStage } from './stage.ts';

/** Draws and writes what a stage's graph reads. Throws FailureError 'cancelled'. */
export async function writePlates(stage: LookStage, signal?: AbortSignal): Promise<void> {
  for (const [path, plate] of stage.files) {
    throwIfAborted(signal);
    await writeFile(path, plate.draw());
    // others of this process come in between
    await setImmediate();
  }
}
