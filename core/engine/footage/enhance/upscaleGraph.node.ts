import type { EnhanceRequest } from '../../../actions/enhance/schema.ts';
import { FailureError } from '../../../contract/errors.ts';
import { sentence } from '../../../contract/sentence.ts';
import { footageFamily, type LoadedPack } from '../../packs/packStore.node.ts';

/** The pack's graph for a request; null where nothing is enlarged. Throws FailureError 'packMissing' without it. */
export function upscaleGraph(
  pack: LoadedPack,
  { scale, compressed }: Pick<EnhanceRequest, 'scale' | 'compressed'>,
): string | null {
  if (scale === 1) return null;
  const { upscale2x, upscale2xDenoise1 } = footageFamily(pack).graphs;
  const graph = compressed ? upscale2xDenoise1 : upscale2x;
  if (graph !== undefined) return graph;
  throw new FailureError('packMissing', sentence('pack.cannotUpscale', { name: pack.manifest.name }));
}
