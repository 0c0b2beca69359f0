/** Small films of each way of continuing or bridging a project's footage: what the panel shows before one is made. */
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { leadTicks, pictureWays } from '../../../actions/extend/ways.ts';
import { bridgeWays } from '../../../actions/fillGap/ways.ts';
import type { RequestOf } from '../../../actions/schema.ts';
import { FailureError } from '../../../contract/errors.ts';
import type { JoinPreview } from '../../../contract/joins.ts';
import { sentence } from '../../../contract/sentence.ts';
import { colourOf, type VideoFacts } from '../../../disk/facts.ts';
import { exactScaling } from '../../../ffmpeg/colour.ts';
import { filter, FilterGraph } from '../../../ffmpeg/filterGraph.ts';
import { runFfmpeg } from '../../../ffmpeg/run.node.ts';
import { sampleFormatOf } from '../../../ffmpeg/sampleFormat.ts';
import type { ResolvedRequest } from '../../generation/resolved.ts';
import { withReadableStills } from '../../generation/withReadableStills.node.ts';
import type { PackStore } from '../../packs/packStore.node.ts';
import type { Scratch } from '../../scratch.node.ts';
import { ticksPerSecond, type Rate } from '../../../time/ticks.ts';
import { pictureSize } from '../../generation/pictureSize.ts';
import { runFootage, type FootageRooms } from '../runFootage.node.ts';
import type { JoinMade, JoinRun, JoinTask } from './joinRun.ts';
import { joinGraphs } from './makeJoin.node.ts';
import { planBridge, planExtension, type JoinPlan, type Reduction } from './planJoin.ts';

/** Frames a second of a preview, at most. */
const previewFps = 12.5;
const longestExtraTicks = 2 * ticksPerSecond;
/** Of the shots themselves, on either side. Seconds. */
const contextSeconds = 0.6;
const delayOf = (rate: Rate): number => Math.round((1000 * rate.den) / rate.num);

/** The rooms that previews stand on. */
export interface PreviewRooms extends FootageRooms {
  readonly packs: PackStore;
  readonly scratch: Scratch;
}

/** A request that can be previewed. */
export type JoinRequest = RequestOf<'extend' | 'fillGap'>;

/** Draws all ways of one request, or those named. Throws FailureError as `planBridge` and `planExtension`. */
export async function drawPreviews(
  resolved: ResolvedRequest<JoinRequest>,
  longestPx: number,
  rooms: PreviewRooms,
  signal: AbortSignal,
  ways: readonly JoinTask['way'][] = [...pictureWays, ...bridgeWays],
): Promise<readonly JoinPreview[]> {
  const folder = await rooms.scratch.take('joins');
  try {
    const { plan, tasks: all } = planAll(await withReadableStills(resolved, folder), longestPx, folder);
    const tasks = all.filter(({ way }) => ways.includes(way));
    const graphs = await joinGraphs(rooms.packs);
    const run: JoinRun = { task: 'join', ...plan.frames, ways: tasks, graphs: graphs?.graphs ?? null };
    const context = { signal, setDevice: () => undefined };
    const { result } = await runFootage(run, folder, rooms, context, () => undefined);
    return await Promise.all(result.made.map((made, index) => previewOf(made, tasks[index]!, run, plan.video, folder)));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function planAll(resolved: ResolvedRequest<JoinRequest>, longestPx: number, folder: string) {
  const { request, source, firstFrame, lastFrame } = resolved;
  const file = source?.file ?? firstFrame?.file;
  const video = file?.facts.video;
  if (!file || !video) throw new FailureError('badRequest', sentence('join.needsBoth'));
  const reduction = reductionFor(video, longestPx);
  const context = Math.round((contextSeconds * reduction.rate.num) / reduction.rate.den);
  const taskOf = (way: JoinTask['way'], { count, lead }: JoinPlan): JoinTask => ({
    ...{ way, count, lead },
    output: { path: join(folder, `${way}.raw`), format: null, options: [], context },
  });
  if (request.action === 'fillGap') {
    const plan = planBridge({ request, firstFrame, lastFrame }, reduction);
    return { plan, tasks: bridgeWays.map((way) => taskOf(way, plan)) };
  }
  const extraTicks = Math.min(longestExtraTicks, request.durationTicks - (request.leadTicks ?? 0));
  const plans = pictureWays.map((way) => {
    const lead = leadTicks(way, extraTicks, source?.durationTicks ?? 0);
    const asked = { ...request, way, durationTicks: extraTicks + lead, leadTicks: lead };
    return { way, plan: planExtension({ request: asked, source }, reduction) };
  });
  return { plan: plans[0]!.plan, tasks: plans.map(({ way, plan }) => taskOf(way, plan)) };
}

/** Small, in plain samples, with every n-th frame. */
function reductionFor(video: VideoFacts, longestPx: number): Reduction {
  const { width, height } = pictureSize(video);
  const scale = Math.min(1, longestPx / Math.max(width, height));
  const side = (px: number): number => Math.max(2, 2 * Math.round((px * scale) / 2));
  const every = Math.max(1, Math.round(video.rate.num / video.rate.den / previewFps));
  return {
    size: { width: side(width), height: side(height) },
    rate: { num: video.rate.num, den: video.rate.den * every },
    samples: sampleFormatOf('yuv420p'),
  };
}

async function previewOf(
  { way, refusal }: JoinMade,
  { output }: JoinTask,
  run: JoinRun,
  video: VideoFacts,
  folder: string,
): Promise<JoinPreview> {
  if (refusal !== null) return { way, film: null, refusal: sentence(`join.${refusal}`) };
  const rgb = join(folder, `${way}.rgb`);
  const graph = new FilterGraph();
  const raw = graph.open({
    path: output.path,
    format: 'rawvideo',
    options: [
      ['pixel_format', run.samples.name],
      ['video_size', run.size],
      ['framerate', run.rate],
    ],
  });
  const { matrix, range } = colourOf(video);
  const colours = filter('scale', {
    in_color_matrix: /^(bt470bg|smpte170m)$/.test(matrix) ? 'bt601' : 'bt709',
    in_range: range === 'pc' ? 'pc' : 'tv',
    out_range: 'pc',
    flags: exactScaling,
  });
  const asRgb = filter('format', { pix_fmts: 'rgb24' });
  await runFfmpeg({
    graph,
    outputs: [{ to: rgb, streams: [graph.chain([raw.stream(0)], [colours, asRgb])], format: 'rawvideo', options: [] }],
    about: output.path,
  });
  return { way, film: await filmOf(await readFile(rgb), run), refusal: null };
}

/** An animated WebP as a data URL: the window plays it as a picture. */
async function filmOf(data: Buffer, { size: { width, height }, rate }: JoinRun): Promise<string> {
  const pages = data.length / (width * height * 3);
  const raw = { width, height: height * pages, channels: 3 as const, pageHeight: height };
  const delay = Array.from({ length: pages }, () => delayOf(rate));
  const webp = await sharp(data, { raw }).webp({ quality: 70, loop: 0, delay, effort: 2 }).toBuffer();
  return `data:image/webp;base64,${webp.toString('base64')}`;
}
