/** Imports files into the bin: each is probed and described, or refused with a reason. */
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { ImportResult } from '../../contract/contract.ts';
import { FailureError, toFailure } from '../../contract/errors.ts';
import { sentence } from '../../contract/sentence.ts';
import { mediaPathProblem } from '../../disk/mediaPath.node.ts';
import { newId } from '../../document/create.ts';
import type { MediaItem } from '../../document/schema.ts';
import type { Logger } from '../services.node.ts';
import type { FactsStore, KnownFile } from './factsStore.node.ts';

/** Files probed at once during one import: probing waits for child processes more than it computes. */
const importsAtOnce = 3;

/** The document's record of a file, under a new id. */
export async function describeFile({
  path: read,
  original: path = read,
  facts,
  contentKey,
}: KnownFile): Promise<MediaItem> {
  const { video, audio } = facts;
  return {
    id: newId(),
    name: basename(path),
    path,
    contentKey,
    sizeBytes: (await stat(path)).size,
    kind: facts.kind,
    durationTicks: facts.durationTicks,
    video: video && {
      width: video.width,
      height: video.height,
      rate: video.rate,
      codec: video.codec,
      rotationDegrees: video.rotationDegrees,
      hasAlpha: video.hasAlpha,
    },
    audio: audio && { sampleRateHz: audio.sampleRateHz, channels: audio.channels, codec: audio.codec },
    importedAt: new Date().toISOString(),
  };
}

/** Throws FailureError with the reason. */
export async function importFile(facts: FactsStore, path: string): Promise<MediaItem> {
  const problem = mediaPathProblem(path);
  if (problem !== null) throw new FailureError('notReadable', sentence('media.badPathImport', { path, problem }), path);
  return describeFile(await facts.of(path));
}

/** All of them, in the order given; `onItem` is called for each that was imported. */
export async function importFiles(
  paths: readonly string[],
  facts: FactsStore,
  logger: Logger,
  onItem: (item: MediaItem) => void,
): Promise<ImportResult> {
  const results: ({ item: MediaItem } | { refused: ImportResult['refused'][number] })[] = new Array(paths.length);
  let next = 0;
  const worker = async () => {
    for (let index = next++; index < paths.length; index = next++) {
      const path = paths[index]!;
      results[index] = await importFile(facts, path).then(
        (item) => ({ item }),
        (error: unknown) => ({ refused: refusalOf(path, error, logger) }),
      );
    }
  };
  await Promise.all(Array.from({ length: Math.min(importsAtOnce, paths.length) }, worker));
  const imported = results.flatMap((result) => ('item' in result ? [result.item] : []));
  imported.forEach(onItem);
  return { imported, refused: results.flatMap((result) => ('refused' in result ? [result.refused] : [])) };
}

function refusalOf(path: string, error: unknown, logger: Logger): ImportResult['refused'][number] {
  const failure = toFailure(error);
  if (failure.code === 'internal') logger.error({ path, error: String((error as Error).stack) }, 'import failed');
  return { ...failure, path };
}

/**
 * The record of `item` with another file behind it. Throws FailureError 'badRequest' for another kind of file, and for
 * another content unless `force`.
 */
export async function relinkFile(facts: FactsStore, item: MediaItem, path: string, force: boolean): Promise<MediaItem> {
  const found = await importFile(facts, path);
  const name = basename(path);
  if (found.contentKey !== item.contentKey && !force)
    throw new FailureError('badRequest', sentence('media.otherContent', { name, item: item.name }), path);
  if (found.kind !== item.kind)
    throw new FailureError(
      'badRequest',
      sentence('media.otherKind', {
        name,
        kind: sentence(`mediaKind.${found.kind}`),
        item: item.name,
        wasKind: sentence(`mediaKind.${item.kind}`),
      }),
      path,
    );
  return { ...found, id: item.id, importedAt: item.importedAt };
}
