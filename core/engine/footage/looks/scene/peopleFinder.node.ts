/** The pack whose graph finds people. */
import type { PackManifest } from '../../../../../models/families/pack.ts';
import { FailureError } from '../../../../contract/errors.ts';
import { sentence } from '../../../../contract/sentence.ts';
import { footageFamily, type PackStore } from '../../../packs/packStore.node.ts';
import type { SceneRun } from './sceneRun.ts';

/** Throws FailureError 'packMissing' where the pack of footage tools is not there or finds no people. */
export async function peopleFinder(
  packs: Pick<PackStore, 'load'>,
): Promise<{ finder: NonNullable<SceneRun['people']>; manifest: PackManifest }> {
  const pack = await packs.load('footage', 'footage');
  const { manifest, folder } = pack;
  const graph = footageFamily(pack).graphs.people;
  if (!graph) throw new FailureError('packMissing', sentence('look.packFindsNobody', { name: manifest.name }));
  return { finder: { pack: { id: manifest.id, folder }, graph }, manifest };
}
