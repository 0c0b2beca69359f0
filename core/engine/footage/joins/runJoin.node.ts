/** Continues a shot or bridges two, in the inference child: frames of both are stored, then each way makes its own. */
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { colourOf } from '../../../disk/facts.ts';
import { requireFrames } from '../../../ffmpeg/requireFrames.node.ts';
import { assertNever } from '../../../time/assertNever.ts';
import { asSource } from '../asSource.ts';
import type { FootageContext } from '../footageContext.ts';
import { encodeFrames } from '../makeFilm.node.ts';
import { FlowFinder } from '../interpolate/findFlow.ts';
import { frameShape } from '../interpolate/rawFrame.ts';
import { FramePreparer, workSizes } from '../interpolate/sourceFrames.ts';
import { planBlend, planMorph, planWhip, planZoom, type Gap } from './bridgeShots.ts';
import { planCarryOn, planHold, planPingPong, planSlow } from './continueShot.ts';
import { fittedBox, storeFrames, type FrameStore } from './frameStore.node.ts';
import type { JoinMade, JoinOutput, JoinResult, JoinRun, JoinSide, JoinTask } from './joinRun.ts';
import { Shot } from './shot.ts';
import type { Planned, Tools } from './ways.ts';

/** Share of the work that reading takes, and of that with what is looked at before the first frame is made. */
const readShare = 0.15;
const plannedShare = 0.2;

/** Runs the task. Throws FailureError as `runFfmpeg`, and what `checkCancelled` throws. */
export async function runJoin(run: JoinRun, context: FootageContext): Promise<JoinResult> {
  const first = run.before ?? run.after;
  if (!first) throw new Error('nothing to join');
  const shape = frameShape(run.samples, run.size);
  const colour = colourOf(first.source.facts.video!);
  const sizes = workSizes(run.size);
  const preparer = new FramePreparer(shape, sizes, colour);
  const stores: FrameStore[] = [];
  const sides = [run.before, run.after].filter((side) => side !== null);
  const readCount = sides.reduce((sum, { frameCount }) => sum + frameCount, 0);
  let read = 0;
  const opened = async (side: JoinSide | null, outward: 1 | -1): Promise<Shot | null> => {
    if (!side) return null;
    const form = { rate: run.rate, size: run.size, samples: run.samples, colour };
    const store = await storeFrames(side, form, join(context.scratchFolder, `side${outward}.raw`), () => {
      context.checkCancelled();
      context.report({ fraction: (readShare * ++read) / readCount, stage: 'look' });
    });
    stores.push(store);
    return new Shot(store, side.seam, outward, shape, preparer, fittedBox(side.source.facts, run.size));
  };
  try {
    const shots = { before: await opened(run.before, 1), after: await opened(run.after, -1) };
    const reader = run.graphs && context.readerOf(run.graphs.pack);
    const flow = run.graphs && reader ? new FlowFinder(await reader.session(run.graphs.between), sizes) : null;
    const things = run.graphs?.things && reader ? await reader.session(run.graphs.things) : null;
    const tools: Tools = { shape, sizes, flow, things, fps: run.rate.num / run.rate.den };
    const made: JoinMade[] = [];
    for (const [index, task] of run.ways.entries()) {
      const { way } = task;
      const planned = await planWay(task, shots, tools);
      made.push({ way, refusal: planned.refusal, found: planned.found });
      if (planned.refusal !== null) continue;
      const report = (done: number): void => {
        const fraction = plannedShare + ((1 - plannedShare) * (index + done / task.count)) / run.ways.length;
        context.report({ fraction, stage: 'between', step: done, stepCount: task.count });
      };
      // frames have a pace of their own from here on
      report(0);
      await write(planned, run, task, shots, context, report);
    }
    return { task: 'join', made };
  } finally {
    for (const store of stores) store.close();
  }
}

interface Shots {
  readonly before: Shot | null;
  readonly after: Shot | null;
}

/** How the frames of a way are made, once the shots allow it. */
export async function planWay(
  { way, count, lead }: Pick<JoinTask, 'way' | 'count' | 'lead'>,
  { before, after }: Shots,
  tools: Tools,
): Promise<Planned> {
  const shot = before ?? after;
  if (!shot) throw new Error('nothing to join');
  switch (way) {
    case 'slow':
      return planSlow(shot, count, lead, tools);
    case 'pingPong':
      return planPingPong(shot, lead, tools);
    case 'hold':
      return planHold(shot, tools);
    case 'carryOn':
      return planCarryOn(shot, tools);
    case 'blend':
      return planBlend(bothOf(before, after, count), tools);
    case 'whip':
      return planWhip(bothOf(before, after, count), tools);
    case 'zoom':
      return planZoom(bothOf(before, after, count), tools);
    case 'morph':
      return planMorph(bothOf(before, after, count), tools);
    default:
      return assertNever(way);
  }
}

function bothOf(before: Shot | null, after: Shot | null, count: number): Gap {
  if (!before || !after) throw new Error('a bridge needs two shots');
  return { before, after, count };
}

/** Frames go straight where they are to be; what leads up to a shot is made outwards and written forwards. */
async function write(
  planned: Extract<Planned, { refusal: null }>,
  run: JoinRun,
  { count, lead, output }: JoinTask,
  { before, after }: Shots,
  context: FootageContext,
  onFrame: (done: number) => void,
): Promise<void> {
  async function* frames(): AsyncGenerator<Uint8Array> {
    if (before) yield* ownFrames(before, -lead - output.context + 1, 1, output.context);
    for (let index = 0; index < count; index++) {
      // a stop reaches the child between frames
      await setImmediate();
      context.checkCancelled();
      yield await planned.frame(before ? index + 1 : count - index);
      onFrame(index + 1);
    }
    if (after) yield* ownFrames(after, before ? 0 : -lead, -1, output.context);
  }
  if (output.format !== null) return encode(frames(), run, output, output.format, count);
  const file = createWriteStream(output.path);
  for await (const frame of frames()) if (!file.write(frame)) await once(file, 'drain');
  file.end();
  await once(file, 'close');
}

/** Frames of a shot as they are, as many of them as there are. */
function* ownFrames(shot: Shot, first: number, step: 1 | -1, count: number): Generator<Uint8Array> {
  for (let i = 0, at = first; i < count; i++, at += step) if (at > -shot.inside && at <= 0) yield shot.raw(at);
}

async function encode(
  frames: AsyncGenerator<Uint8Array>,
  run: JoinRun,
  output: JoinOutput,
  format: NonNullable<JoinOutput['format']>,
  count: number,
): Promise<void> {
  const { size, bytes } = frameShape(run.samples, run.size);
  // the frames say of their colours and pixels what those of the first shot do
  const video = (run.before ?? run.after)!.source.facts.video!;
  const result = await encodeFrames(frames, {
    ...{ pixelFormat: run.samples.name, size, rate: run.rate, bytes },
    picture: (graph, raw) => graph.chain([raw], asSource(video, run.samples, size)),
    output: { path: output.path, format, options: [['r', run.rate], ['fps_mode', 'passthrough'], ...output.options] },
  });
  requireFrames(result, count);
}
