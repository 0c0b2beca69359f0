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
import type { MediaRoom } from '../../media/mediaService.node.ts';
import type { Scratch } from '../../scratch.node.ts';
import type { ProjectStore } from '../../services.node.ts';
import { locatePicture } from '../select/selectInProject.node.ts';
import { drawLooks } from './drawLooks.ts';
import { openStage } from './lookGraph.node.ts';
import { writePlates } from './writePlates.node.ts';

/** The rooms that pictures of looks stand on. */
export interface LookPictureRooms {
  readonly projects: Pick<ProjectStore, 'document'>;
  readonly media: MediaRoom;
  readonly scratch: Scratch;
}

/** What is asked for; see 'looks.pictures' of the contract. */
export interface LookPicturesAsked {
  readonly projectId: string;
  readonly picture: PictureRef;
  readonly looks: readonly (readonly LookId[])[];
  readonly strength: number;
  readonly longestPx: number;
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
  { projectId, picture, looks, strength, longestPx }: LookPicturesAsked,
  { projects, media }: LookPictureRooms,
  folder: string,
  signal: AbortSignal,
): Promise<string[]> {
  const source = await locatePicture(picture, projectId, projects.document(projectId), media);
  const size = fitted(source, longestPx);
  const to = join(folder, 'pictures.rgb');
  const build = (rereads?: Parameters<typeof openStage>[2]) => {
    const video = source.facts.video!;
    const range = { file: { ...source, name: source.path }, startTicks: picture.sourceTicks, durationTicks: 1 };
    const wanted = { range, video, rate: video.rate, frameCount: 1, size, folder };
    const opened = openStage(wanted, pictureSize(video), rereads);
    const { graph, stage } = opened;
    const copies = stage.copies(opened.source, looks.length);
    const drawn = looks.map((each, index) =>
      stage.chain(drawLooks(stage, copies[index]!, each, strength), format('rgb24')),
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

/** The shown size, brought within a square; sides even. px */
function fitted({ facts, path }: LocatedSource, longestPx: number): Size {
  const { video } = facts;
  if (!video) throw new FailureError('badRequest', sentence('media.noPicture', { name: path }), path);
  const scale = Math.min(1, longestPx / Math.max(video.width, video.height));
  const side = (px: number): number => Math.max(2, 2 * Math.round((px * scale) / 2));
  return { width: side(video.width), height: side(video.height) };
}
