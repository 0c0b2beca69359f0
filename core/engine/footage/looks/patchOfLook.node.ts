/** What a look drew, as a patch in the source's own samples. */
import { filter, type FilterGraph, type Stream } from '../../../ffmpeg/filterGraph.ts';
import { fromRgb } from '../../../ffmpeg/fromRgb.ts';
import { halfRows } from '../../../ffmpeg/layPatches.ts';
import { overOpacity } from '../../generation/encodePatch.node.ts';
import type { PatchShape, PatchTarget } from '../../generation/patchShape.ts';

/** The colours of the patch's box over their opacity. `drawn`: gbrp, of the source's size. */
export function patchOfLook(graph: FilterGraph, drawn: Stream, shape: PatchShape, target: PatchTarget): Stream {
  const { box, picture } = shape;
  const rows = halfRows(box.height, target.samples);
  const colours = graph.chain(
    [drawn],
    [
      ...fromRgb(target.colour, target.samples, picture),
      filter('crop', { w: box.width, h: box.height, x: box.x, y: box.y, exact: 1 }),
      ...(rows === box.height ? [] : [filter('pad', { w: box.width, h: rows, x: 0, y: 0 })]),
    ],
  );
  return overOpacity(graph, colours, shape, target);
}
