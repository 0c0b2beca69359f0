/** A patch as the window plays it: H.264 in short GOPs, colours over opacity as in `stackedPicture.ts`. */
import { colourOf, type VideoFacts } from '../../disk/facts.ts';
import { makeWholeFile } from '../../disk/wholeFile.node.ts';
import { toBt709 } from '../../ffmpeg/colour.ts';
import { filter, FilterGraph } from '../../ffmpeg/filterGraph.ts';
import { halfRows, samplesOf } from '../../ffmpeg/layPatches.ts';
import { runFfmpeg } from '../../ffmpeg/run.node.ts';
import { opaque } from '../../ffmpeg/sampleFormat.ts';
import type { Box } from '../../render/place.ts';
import { proxyPictureOptions, proxySize } from './makeProxy.node.ts';
import { opacityAsGrey, toHalf } from './stackedPicture.ts';

/** `source`: of the film that the patch lies over. Throws FailureError as `runFfmpeg`. */
export async function makePatchProxy(
  path: string,
  box: Box,
  source: VideoFacts,
  to: string,
  signal?: AbortSignal,
): Promise<void> {
  const samples = opaque(samplesOf(source));
  const scaled = toHalf(proxySize(box));
  const graph = new FilterGraph();
  const grid = filter('fps', { fps: source.rate, round: 'near', start_time: 0 });
  const [upper, lower] = graph.split(graph.chain([graph.open({ path }).first('video')], [grid]), 2);
  const half = (y: number) => filter('crop', { w: box.width, h: box.height, x: 0, y, exact: 1 });
  const colours = graph.chain([upper!], [half(0), ...scaled, ...toBt709(colourOf(source), false)]);
  const opacity = graph.chain([lower!], [half(halfRows(box.height, samples)), ...opacityAsGrey(samples), ...scaled]);
  const video = graph.chain([colours, opacity], [filter('vstack')]);
  await makeWholeFile(to, async (temporary) => {
    await runFfmpeg({
      graph,
      outputs: [
        {
          to: temporary,
          streams: [video],
          format: 'mp4',
          options: [...proxyPictureOptions, ['map_metadata', -1], ['movflags', 'faststart']],
        },
      ],
      about: path,
      signal,
    });
  });
}
