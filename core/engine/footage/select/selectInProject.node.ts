/** Selects a thing in a frame of a project's footage: the mask as a PNG, white where the thing is. */
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { readWords, type WordsReading } from '../../../../models/families/footage/select/readWords.ts';
import { FailureError } from '../../../contract/errors.ts';
import type { Selected, WantedInPicture } from '../../../contract/masks.ts';
import { sentence } from '../../../contract/sentence.ts';
import type { PictureRef, ProjectDocument } from '../../../document/schema.ts';
import { sourceOfMedia, sourceOfTake } from '../../../render/playedSource.ts';
import type { Ticks } from '../../../time/ticks.ts';
import { pictureSize } from '../../generation/pictureSize.ts';
import { locateSource, type LocatedSource } from '../../media/locateSource.node.ts';
import type { MediaRoom } from '../../media/mediaService.node.ts';
import { readFrames } from '../../media/readFrames.node.ts';
import { footageFamily, type PackStore } from '../../packs/packStore.node.ts';
import type { Scratch } from '../../scratch.node.ts';
import type { ProjectStore } from '../../services.node.ts';
import { runFootage, type FootageRooms } from '../runFootage.node.ts';
import type { RawFrame, SelectGraphPaths, SelectWanted } from './selectRun.ts';
import { answerOf, unknownWords } from './wordsAnswer.ts';

/** Longer side of the picture that is looked at and of the mask that comes back, px. */
const longestSidePx = 1280;

/** The rooms that selecting stands on. */
export interface SelectDependencies extends FootageRooms {
  readonly projects: Pick<ProjectStore, 'document'>;
  readonly media: MediaRoom;
  readonly packs: PackStore;
  readonly scratch: Scratch;
}

/** Throws FailureError for a source or a pack that is not there. */
export async function selectInProject(
  { projectId, picture, wanted }: { projectId: string; picture: PictureRef; wanted: WantedInPicture },
  dependencies: SelectDependencies,
): Promise<Selected> {
  const { projects, media } = dependencies;
  const locate = () => locatePicture(picture, projectId, projects.document(projectId), media);
  return selectInSource(locate, picture.sourceTicks, wanted, dependencies);
}

/** The same in a source that is found once words are known to name anything. Throws FailureError. */
export async function selectInSource(
  locate: () => Promise<LocatedSource>,
  sourceTicks: Ticks,
  wanted: WantedInPicture,
  dependencies: Omit<SelectDependencies, 'projects' | 'media'>,
): Promise<Selected> {
  const reading = wanted.kind === 'words' ? readWords(wanted.text) : null;
  if (reading?.named.length === 0) return { png: null, said: unknownWords(reading) };
  const { packs, scratch } = dependencies;
  const pack = await packs.load('footage', 'footage');
  const { select, people, things } = footageFamily(pack).graphs;
  if (!select || !people || !things)
    throw new FailureError('packMissing', sentence('mask.packCannotSelect', { name: pack.manifest.name }));
  const source = await locate();
  const folder = await scratch.take('select');
  try {
    const frame = await writeFrame(source, sourceTicks, folder);
    const graphs: SelectGraphPaths = { select, people, things };
    const { result } = await runFootage(
      {
        task: 'select',
        pack: { id: pack.manifest.id, folder: pack.folder },
        graphs,
        picture: frame,
        wanted: wantedOf(wanted, reading),
      },
      folder,
      dependencies,
      { signal: new AbortController().signal, setDevice: () => undefined },
      () => undefined,
    );
    return {
      png: result.mask && (await pngOf(result.mask)),
      said: reading && result.named && answerOf(reading, result.named),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The source behind a picture of a project. Throws FailureError 'notFound'. */
export async function locatePicture(
  picture: PictureRef,
  projectId: string,
  document: ProjectDocument,
  media: MediaRoom,
): Promise<LocatedSource> {
  if (picture.kind === 'media') {
    const item = document.media[picture.mediaId];
    if (!item) throw new FailureError('notFound', sentence('generation.mediaGone', { id: picture.mediaId }));
    return locateSource(media, projectId, sourceOfMedia(item));
  }
  const take = document.takes[picture.takeId];
  if (!take) throw new FailureError('notFound', sentence('generation.inputTakeGone', { id: picture.takeId }));
  return locateSource(media, projectId, sourceOfTake(document, take));
}

/** What the child is asked for. */
function wantedOf(wanted: WantedInPicture, reading: WordsReading | null): SelectWanted {
  if (wanted.kind !== 'words') return wanted;
  const { named, isExcept } = reading!;
  return { kind: 'named', named, isExcept };
}

async function writeFrame(source: LocatedSource, startTicks: number, folder: string): Promise<RawFrame> {
  const { video } = source.facts;
  if (!video) throw new FailureError('badRequest', sentence('media.noPicture', { name: source.path }), source.path);
  const whole = pictureSize(video);
  const scale = Math.min(1, longestSidePx / Math.max(whole.width, whole.height));
  const width = Math.max(1, Math.round(whole.width * scale));
  const height = Math.max(1, Math.round(whole.height * scale));
  const fps = source.facts.kind === 'image' ? 1 : video.rate.num / video.rate.den;
  const { data } = await readFrames({ startTicks, frameCount: 1, fps, width, height }, source);
  const path = join(folder, 'picture.rgb');
  await writeFile(path, data);
  return { path, width, height };
}

async function pngOf({ path, width, height }: RawFrame): Promise<string> {
  const png = await sharp(await readFile(path), { raw: { width, height, channels: 1 } })
    .toColourspace('b-w')
    .png()
    .toBuffer();
  return `data:image/png;base64,${png.toString('base64')}`;
}
