/** The photographs of a request as ffmpeg reads them; films and the keys of all files stay as they are. */
import { readableStill } from '../media/readableStill.node.ts';
import type { ResolvedRequest } from './resolved.ts';

/** `folder`: where they are drawn. Throws FailureError as `readableStill`. */
export async function withReadableStills<R extends ResolvedRequest>(resolved: R, folder: string): Promise<R> {
  const { source, firstFrame, lastFrame } = resolved;
  return {
    ...resolved,
    source: source && { ...source, file: await readableStill(source.file, folder) },
    firstFrame: firstFrame && { ...firstFrame, file: await readableStill(firstFrame.file, folder, 'first') },
    lastFrame: lastFrame && { ...lastFrame, file: await readableStill(lastFrame.file, folder, 'last') },
  };
}
