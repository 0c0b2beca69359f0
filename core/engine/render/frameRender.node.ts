/** One frame of a sequence as PNG in the project's cache, named by what it shows. */
import { createHash } from 'node:crypto';
import { utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { exists } from '../../disk/assetFiles.node.ts';
import { makeWholeFile } from '../../disk/wholeFile.node.ts';
import type { ProjectDocument, Sequence } from '../../document/schema.ts';
import { toRgb } from '../../ffmpeg/colour.ts';
import { requireFrames } from '../../ffmpeg/requireFrames.node.ts';
import { runFrames } from '../../ffmpeg/run.node.ts';
import { shownWindows } from '../../render/spans.ts';
import { pictureWindows } from '../../render/windows.ts';
import { frameAtTicks, type Ticks } from '../../time/ticks.ts';
import { forgetOldFrames, withWorkFolder } from './renderFolder.node.ts';
import { graphOf, planPicture } from './renderRange.node.ts';
import type { RenderSources } from './renderSources.node.ts';

/** Name of the PNG in `folder`: full-range RGB by bt709, as a browser shows the exported film. */
export async function renderFrameFile(
  { document, sequence }: { document: ProjectDocument; sequence: Sequence },
  ticks: Ticks,
  sources: RenderSources,
  folder: string,
): Promise<string> {
  const frame = frameAtTicks(Math.max(0, ticks), sequence.rate);
  const output = { width: sequence.width & ~1, height: sequence.height & ~1 };
  const name = `${await describeFrame(document, sequence, frame, output, sources)}.png`;
  const path = join(folder, name);
  if (await exists(path)) {
    await utimes(path, new Date(), new Date());
    return name;
  }
  await withWorkFolder(folder, async (workFolder) => {
    const range = { startTicks: 0, durationTicks: 1 };
    const request = { document, sequence, range, output, sources, workFolder, notice: () => undefined };
    const frames = { startFrame: frame, frameCount: 1 };
    const plan = await planPicture(request, frames);
    await makeWholeFile(path, async (temporary) => {
      const result = await runFrames((rereads) => {
        const { graph, picture } = graphOf(request, plan, frames, rereads);
        const rgb = graph.chain([picture], toRgb);
        return {
          graph,
          outputs: [
            {
              to: temporary,
              streams: [rgb],
              format: 'image2',
              options: [
                ['frames:v', 1],
                ['c:v', 'png'],
              ],
            },
          ],
        };
      });
      requireFrames(result, 1);
    });
  });
  await forgetOldFrames(folder);
  return name;
}

/** The same description and the same files give the same name. */
async function describeFrame(
  document: ProjectDocument,
  sequence: Sequence,
  frame: number,
  output: { width: number; height: number },
  sources: RenderSources,
): Promise<string> {
  const active = shownWindows(pictureWindows(document, sequence), sequence.rate).filter(
    (each) => each.startFrame <= frame && each.endFrame > frame,
  );
  await sources.locate(active.flatMap(({ window }) => window.source ?? []));
  const windows = active.map(({ window }) => [window, window.source && sources.contentKey(window.source)]);
  const description = JSON.stringify([frame, output, sequence.rate, windows]);
  return createHash('sha256').update(description).digest('hex').slice(0, 32);
}
