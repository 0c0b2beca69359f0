import { FailureError } from '../../../contract/errors.ts';
import { sentence } from '../../../contract/sentence.ts';
import { footageFamily, type LoadedPack } from '../../packs/packStore.node.ts';

/** The pack's graph for motion between two frames. Throws FailureError 'packMissing' where it has none. */
export function betweenGraph(pack: LoadedPack): string {
  const graph = footageFamily(pack).graphs.between;
  if (graph !== undefined) return graph;
  throw new FailureError('packMissing', sentence('pack.cannotSmooth', { name: pack.manifest.name }));
}
