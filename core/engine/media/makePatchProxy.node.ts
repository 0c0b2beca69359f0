/**
 * A patch as the window plays it: H.264 in short GOPs, the colours in the upper half of each frame, their opacity as
 * grey in the lower. Both halves fill the box, whatever its aspect, and begin on a macroblock, so that coding does not
 * carry one into the other.
 */
import { colourOf, type VideoFacts } from '../../disk/facts.ts';
import { makeWholeFile } from '../../disk/wholeFile.node.ts';
import { format, toBt709 } from '../../ffmpeg/colour.ts';
import { add, divide, multiply, variable } from '../../ffmpeg/expression.ts';
import { filter, FilterGraph, type Filter } from '../../ffmpeg/filterGraph.ts';
import { halfRows, samplesOf } from '../../ffmpeg/layPatches.ts';
import { runFfmpeg } from '../../ffmpeg/run.node.ts';
import { opaque, type SampleFormat } from '../../ffmpeg/sampleFormat.ts';
import type { Box } from '../../render/place.ts';
import { proxyPictureOptions, proxySize } from './makeProxy.node.ts';

const macroblockPx = 16;

/** `source`: of the film that the patch lies over. Throws FailureError as `runFfmpeg`. */
export async function makePatchProxy(
  path: string,
  box: Box,
  source: VideoFacts,
  to: string,
  signal?: AbortSignal,
): Promise<void> {
  const samples = opaque(samplesOf(source));
  const { width, height } = proxySize(box);
  const size = { w: width, h: Math.ceil(height / macroblockPx) * macroblockPx, flags: 'bicubic' };
  const graph = new FilterGraph();
  const grid = filter('fps', { fps: source.rate, round: 'near', start_time: 0 });
  const [upper, lower] = graph.split(graph.chain([graph.open({ path }).first('video')], [grid]), 2);
  const half = (y: number) => filter('crop', { w: box.width, h: box.height, x: 0, y, exact: 1 });
  const scaled = [filter('scale', size), filter('setsar', { sar: 1 })];
  const colours = graph.chain([upper!], [half(0), ...scaled, ...toBt709(colourOf(source), false)]);
  const opacity = graph.chain([lower!], [half(halfRows(box.height, samples)), ...grey(samples), ...scaled]);
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

/** Opacity, 0 to the greatest value, as the luma of limited range, which a screen shows as black to white. */
function grey({ model, name, bitDepth }: SampleFormat): Filter[] {
  const limited = format('yuv420p');
  if (model === 'gbr') return [filter('scale', { out_color_matrix: 'bt709', out_range: 'tv' }), limited];
  const unit = 2 ** (bitDepth - 8);
  const luma = add(16 * unit, multiply(divide(variable('val'), 2 ** bitDepth - 1), 219 * unit));
  return [
    // the planes hold opacity, whatever range the source's have
    filter('setparams', { range: 'tv', colorspace: 'bt709' }),
    ...(model === 'gray' ? [format(name.replace('gray', 'yuv444p'))] : []),
    filter('lutyuv', { y: luma, u: 128 * unit, v: 128 * unit }),
    limited,
  ];
}
