/** Looks through a media file in the inference child: every frame small, some by the detector, all its sound. */
import { setImmediate } from 'node:timers/promises';
import { findThings } from '../../../../models/families/footage/select/nanodet.ts';
import type { GraphSession } from '../../../../models/families/pipeline.ts';
import { seenVersion, type SeenLook } from '../../../contract/seen.ts';
import type { VideoFacts } from '../../../disk/facts.ts';
import { format } from '../../../ffmpeg/colour.ts';
import { filter, FilterGraph } from '../../../ffmpeg/filterGraph.ts';
import { openFrames } from '../../../ffmpeg/layPatches.ts';
import { framesPerSecond, secondsFromTicks, ticksAtFrame } from '../../../time/ticks.ts';
import { framesOf } from '../../media/locateSource.node.ts';
import { readFrames } from '../../media/readFrames.node.ts';
import type { FootageContext } from '../footageContext.ts';
import { streamFrames, type FrameSourceBuild } from '../frameStream.node.ts';
import { asError, loadOpenCv } from '../opencv/openCv.node.ts';
import { CameraReader } from './cameraReader.node.ts';
import type { CameraStretch } from './cameraMoves.ts';
import { CutFinder } from './cutFinder.ts';
import { hearSound } from './hearSound.node.ts';
import { goLast } from './lowPriority.node.ts';
import { momentsOf, type JudgedLook } from './moments.ts';
import { pictureQuality } from './pictureQuality.ts';
import type { SeenResult, SeenRun } from './seenRun.ts';
import { smallFrame } from './smallFrame.ts';

/** Longer side of the frames that are looked at: what the detector takes, px. */
const longestSidePx = 416;
/** Looks of the detector a second, in films that have room for no more than `mostLooks`. */
const looksPerSecond = 2;
const mostLooks = 4000;
/** Frames a second that the camera is found from. */
const cameraPerSecond = 10;

interface Seeing {
  readonly looks: readonly JudgedLook[];
  readonly cuts: SeenResult['seen']['cuts'];
  readonly camera: readonly CameraStretch[];
  readonly everyTicks: number;
}

/** Looks at all of it. */
export async function runSeen(run: SeenRun, context: FootageContext): Promise<SeenResult> {
  if (run.inBackground) goLast();
  const { facts } = run.source;
  const { video, sounds, durationTicks, kind } = facts;
  const hasFilm = video !== null && kind === 'video';
  const pictureShare = hasFilm ? (sounds.length > 0 ? 0.85 : 1) : 0;
  const part = (from: number, share: number) => (fraction: number) =>
    context.report({ fraction: from + share * fraction, stage: 'seen' });
  const seeing =
    video === null || kind === 'audio'
      ? { looks: [], cuts: [], camera: [], everyTicks: 0 }
      : kind === 'image'
        ? await seePicture(run, video, context)
        : await seeFilm(run, video, context, part(0, pictureShare));
  const sound = sounds.length === 0 ? [] : await hearSound(run, context, part(pictureShare, 1 - pictureShare));
  const looks: SeenLook[] = seeing.looks.map(({ ticks, things }) => ({ ticks, things }));
  const aspect = video ? video.width / video.height : 1;
  return {
    task: 'seen',
    seen: {
      version: seenVersion,
      durationTicks: kind === 'image' ? 0 : durationTicks,
      cuts: seeing.cuts,
      looks,
      moments: momentsOf({ ...seeing, sound, aspect, durationTicks: kind === 'image' ? 0 : durationTicks }),
    },
  };
}

function sizeOf({ width, height }: VideoFacts): { width: number; height: number } {
  const scale = longestSidePx / Math.max(width, height);
  return { width: Math.max(16, Math.round(width * scale)), height: Math.max(16, Math.round(height * scale)) };
}

function detector({ pack, graphs }: SeenRun, context: FootageContext): Promise<GraphSession> | null {
  return graphs.things === null ? null : context.readerOf(pack).session(graphs.things);
}

async function lookAt(
  data: Uint8Array,
  { width, height }: { width: number; height: number },
  ticks: number,
  session: GraphSession | null,
): Promise<JudgedLook> {
  const found = session ? await findThings(session, { data, width, height }) : [];
  const within = (value: number) => Math.min(1, Math.max(0, value));
  const round = (value: number) => Math.round(value * 1e4) / 1e4;
  const things = found.slice(0, 100).map(({ name, score, box }) => {
    const [left, top] = [within(box.left / width), within(box.top / height)];
    const [right, bottom] = [within(box.right / width), within(box.bottom / height)];
    const edges: SeenLook['things'][number]['box'] = [
      round(left),
      round(top),
      round(Math.max(0, right - left)),
      round(Math.max(0, bottom - top)),
    ];
    return { name, score: round(within(score)), box: edges };
  });
  return { ticks, things, quality: pictureQuality(data, width, height) };
}

async function seePicture(run: SeenRun, video: VideoFacts, context: FootageContext): Promise<Seeing> {
  const size = sizeOf(video);
  const { data } = await readFrames({ startTicks: 0, frameCount: 1, fps: 1, ...size, onWhite: true }, run.source);
  context.checkCancelled();
  const look = await lookAt(data, size, 0, (await detector(run, context)) ?? null);
  return { looks: [look], cuts: [], camera: [], everyTicks: 0 };
}

async function seeFilm(
  run: SeenRun,
  video: VideoFacts,
  context: FootageContext,
  onFraction: (fraction: number) => void,
): Promise<Seeing> {
  const { cv } = await loadOpenCv();
  const { rate, frameCount } = video;
  const fps = framesPerSecond(rate);
  const size = sizeOf(video);
  const lookEvery = Math.max(1, Math.round(fps / looksPerSecond), Math.ceil(frameCount / mostLooks));
  const cameraEvery = Math.max(1, Math.round(fps / cameraPerSecond));
  const session = (await detector(run, context)) ?? null;
  const buffer = new Uint8Array(size.width * size.height * 3);
  const begin = () => ({
    cuts: new CutFinder(fps),
    camera: new CameraReader(cv, size.width, size.height),
    looks: [] as JudgedLook[],
  });
  let at = begin();
  try {
    await streamFrames(reading(run, video, size), buffer.length, frameCount, {
      begin: () => (at = begin()),
      nextBuffer: () => buffer,
      take: async (index) => {
        await context.untilAllowed?.();
        at.cuts.take(smallFrame(buffer, size.width, size.height));
        if (index % lookEvery === 0) {
          const look = await lookAt(buffer, size, ticksAtFrame(index, rate), session);
          at.looks.push(look);
          at.camera.hide(look.things);
        }
        if (index % cameraEvery === 0) at.camera.take(buffer, secondsFromTicks(ticksAtFrame(index, rate)));
        onFraction((index + 1) / frameCount);
        await setImmediate();
        context.checkCancelled();
      },
    });
  } catch (error) {
    throw asError(cv, error);
  }
  const cuts = at.cuts.finish().map(({ frame, kind }) => ({ ticks: ticksAtFrame(frame, rate), kind }));
  const camera = at.camera.finish(cuts.map(({ ticks }) => secondsFromTicks(ticks)));
  return { looks: at.looks, cuts, camera, everyTicks: ticksAtFrame(lookEvery, rate) };
}

/** Every frame on the source's own grid, small. What is see-through shows whatever lies below. */
function reading(run: SeenRun, video: VideoFacts, { width, height }: { width: number; height: number }) {
  const build: FrameSourceBuild = (rereads) => {
    const graph = new FilterGraph(rereads);
    const frames = openFrames(graph, framesOf(run.source, video), {
      ...{ sourceRate: video.rate, sourceDurationTicks: run.source.facts.durationTicks, startTicks: 0 },
      ...{ speed: { num: 1, den: 1 }, reversed: false, outputRate: video.rate, frameCount: video.frameCount },
    });
    const small = [filter('scale', { w: width, h: height, flags: 'area' }), format('rgb24')];
    const picture = graph.chain([frames.stream], [...small, ...frames.finish]);
    return { graph, picture, pixelFormat: 'rgb24', about: run.source.path };
  };
  return build;
}
