/** A frame of a project's footage with looks, small: what the panel shows before anything is made. */
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import type { LookId } from '../../../actions/restyle/looks.ts';
import { FailureError } from '../../../contract/errors.ts';
import { sentence } from '../../../contract/sentence.ts';
import type { PictureRef } from '../../../document/schema.ts';
import { format } from '../../../ffmpeg/colour.ts';
import { filter } from '../../../ffmpeg/filterGraph.ts';
import { runFrames } from '../../../ffmpeg/run.node.ts';
import type { Size } from '../../../render/place.ts';
import { pictureSize } from '../../generation/pictureSize.ts';
import type { LocatedSource } from '../../media/locateSource.node.ts';
import { readableStill } from '../../media/readableStill.node.ts';
import type { MediaRoom } from '../../media/mediaService.node.ts';
import type { Scratch } from '../../scratch.node.ts';
import type { ProjectStore } from '../../services.node.ts';
import { locatePicture } from '../select/selectInProject.node.ts';
import { drawLooks } from './drawLooks.ts';
import type { PackStore } from '../../packs/packStore.node.ts';
import type { SourceRange } from '../../generation/resolved.ts';
import { runFootage, type FootageRooms } from '../runFootage.node.ts';
import { looksOfScenes } from './lookDrawings.ts';
import { openStage } from './lookGraph.node.ts';
import { learnFrom } from './reference/learnFrom.node.ts';
import type { Lesson } from './reference/learnedLook.ts';
import { peopleFinder } from './scene/peopleFinder.node.ts';
import { readScene } from './scene/readScene.node.ts';
import type { Scene } from './scene/sceneRun.ts';
import { writePlates } from './writePlates.node.ts';

/** The rooms that pictures of looks stand on. */
export interface LookPictureRooms extends FootageRooms {
  readonly projects: Pick<ProjectStore, 'document'>;
  readonly media: MediaRoom;
  readonly scratch: Scratch;
  readonly packs: PackStore;
}

/** What is asked for; see 'looks.pictures' of the contract. */
export interface LookPicturesAsked {
  readonly projectId: string;
  readonly picture: PictureRef;
  readonly looks: readonly (readonly LookId[])[];
  readonly strength: number;
  readonly longestPx: number;
  /** A picture whose look is drawn after them. */
  readonly reference: PictureRef | null;
  readonly keepFaces: boolean;
}

/** Draws pictures of looks; of calls with one size only the newest goes on. */
export function createLookPictures(
  rooms: LookPictureRooms,
): (asked: LookPicturesAsked) => Promise<{ pictures: readonly string[] }> {
  const running = new Map<number, AbortController>();
  return async (asked) => {
    const stop = new AbortController();
    running.get(asked.longestPx)?.abort();
    running.set(asked.longestPx, stop);
    const folder = await rooms.scratch.take('looks');
    try {
      return { pictures: await drawPictures(asked, rooms, folder, stop.signal) };
    } finally {
      if (running.get(asked.longestPx) === stop) running.delete(asked.longestPx);
      await rm(folder, { recursive: true, force: true });
    }
  };
}

async function drawPictures(
  asked: LookPicturesAsked,
  rooms: LookPictureRooms,
  folder: string,
  signal: AbortSignal,
): Promise<string[]> {
  const { projectId, picture, looks, longestPx } = asked;
  const document = rooms.projects.document(projectId);
  const located = await locatePicture(picture, projectId, document, rooms.media);
  const source = await readableStill(located, folder);
  const size = fitted(source, longestPx);
  const to = join(folder, 'pictures.rgb');
  const range = { file: { ...source, name: source.path }, startTicks: picture.sourceTicks, durationTicks: 1 };
  const scene = await sceneOfFrame(range, asked, rooms, folder, signal);
  const learned = await learnedFor(range, asked, rooms, signal);
  const { strength, keepFaces } = asked;
  const build = (rereads?: Parameters<typeof openStage>[2]) => {
    const video = source.facts.video!;
    const wanted = { range, video, rate: video.rate, frameCount: 1, size, folder, scene };
    const opened = openStage(wanted, pictureSize(video), rereads);
    const { graph, stage } = opened;
    const copies = stage.copies(opened.source, looks.length);
    const drawn = looks.map((each, index) =>
      stage.chain(drawLooks(stage, copies[index]!, { looks: each, learned, strength, keepFaces }), format('rgb24')),
    );
    const all = drawn.length === 1 ? drawn[0]! : graph.chain(drawn, [filter('vstack', { inputs: drawn.length })]);
    return { graph, stage, all };
  };
  await writePlates(build().stage, signal);
  await runFrames((rereads) => {
    const { graph, all } = build(rereads);
    const output = { to, streams: [all], format: 'rawvideo' as const, options: [['frames:v', 1] as const] };
    return { graph, outputs: [output], signal, about: source.path };
  });
  const data = await readFile(to);
  const bytes = size.width * size.height * 3;
  return Promise.all(
    looks.map(async (_each, index) => {
      const raw = { width: size.width, height: size.height, channels: 3 as const };
      const jpeg = await sharp(data.subarray(index * bytes, (index + 1) * bytes), { raw })
        .jpeg({ quality: 86 })
        .toBuffer();
      return `data:image/jpeg;base64,${jpeg.toString('base64')}`;
    }),
  );
}

/** What the frame shows, where a look or the faces in it ask for it. */
async function sceneOfFrame(
  range: SourceRange,
  { looks, keepFaces }: LookPicturesAsked,
  rooms: LookPictureRooms,
  folder: string,
  signal: AbortSignal,
): Promise<Scene | null> {
  const { video } = range.file.facts;
  if (!video || (!keepFaces && !looks.flat().some((look) => looksOfScenes.has(look)))) return null;
  const wanted = { range, video, coded: pictureSize(video), rate: video.rate, frameCount: 1 };
  if (!keepFaces)
    return readScene(wanted, join(folder, 'scene.gray'), {
      people: null,
      signal,
      checkCancelled: () => signal.throwIfAborted(),
      onFrame: () => undefined,
    });
  const { finder } = await peopleFinder(rooms.packs);
  const run = { task: 'scene' as const, ...wanted, people: finder };
  const context = { signal, setDevice: () => undefined };
  return (await runFootage(run, folder, rooms, context, () => undefined)).result.scene;
}

/** The look of the reference, as learned for this frame; the take learns it for its whole stretch. */
async function learnedFor(
  range: SourceRange,
  { reference, projectId }: LookPicturesAsked,
  { projects, media }: LookPictureRooms,
  signal: AbortSignal,
): Promise<Lesson | null> {
  if (!reference) return null;
  const document = projects.document(projectId);
  const file = await locatePicture(reference, projectId, document, media);
  const item = reference.kind === 'media' ? document.media[reference.mediaId] : undefined;
  return learnFrom({ file: { ...file, name: item?.name ?? file.path }, ticks: reference.sourceTicks }, range, signal);
}

/** The shown size, brought within a square; sides even. px */
function fitted({ facts, path }: LocatedSource, longestPx: number): Size {
  const { video } = facts;
  if (!video) throw new FailureError('badRequest', sentence('media.noPicture', { name: path }), path);
  const scale = Math.min(1, longestPx / Math.max(video.width, video.height));
  const side = (px: number): number => Math.max(2, 2 * Math.round((px * scale) / 2));
  return { width: side(video.width), height: side(video.height) };
}
