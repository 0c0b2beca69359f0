/** Speech, silence, loud and quiet stretches of a file's first sound, a few minutes at a time. */
import { Writable } from 'node:stream';
import { callbackify } from 'node:util';
import { findSpeech, speechRateHz } from '../../../../models/families/footage/speech.ts';
import type { GraphSession } from '../../../../models/families/pipeline.ts';
import { clockAlone } from '../../../disk/facts.ts';
import { filter, FilterGraph } from '../../../ffmpeg/filterGraph.ts';
import { runFfmpeg } from '../../../ffmpeg/run.node.ts';
import { inPlaceBy } from '../../../ffmpeg/soundGraph.ts';
import { clockOf, startsAtFirstSample } from '../../media/soundClock.ts';
import type { FootageContext } from '../footageContext.ts';
import type { SeenRun } from './seenRun.ts';
import { LevelMeter, soundLevels, type SoundStretch } from './soundLevels.ts';

/** Samples that speech is looked for in at once: a minute. */
const atOnce = 60 * speechRateHz;

/** Throws FailureError as `runFfmpeg`. */
export async function hearSound(
  run: SeenRun,
  context: FootageContext,
  onFraction: (fraction: number) => void,
): Promise<SoundStretch[]> {
  const { facts, path } = run.source;
  const [audio] = facts.sounds;
  if (!audio) return [];
  const session = run.graphs.speech === null ? null : await context.readerOf(run.pack).session(run.graphs.speech);
  const ear = new Ear(session, context, audio.endSeconds, onFraction);
  const graph = new FilterGraph();
  const opened = graph.open({ path, clock: clockAlone(facts, audio), options: [['vn']] });
  const placing = inPlaceBy(clockOf(facts, audio), startsAtFirstSample(facts) ? 'sound' : 'file');
  const sound = graph.chain(
    [opened.stream(audio.streamIndex)],
    [...placing, filter('aformat', { channel_layouts: 'mono' }), filter('aresample', { sample_rate: speechRateHz })],
  );
  await runFfmpeg({
    graph,
    outputs: [{ to: ear, streams: [sound], format: 's16le', options: [['c:a', 'pcm_s16le']] }],
    about: path,
  });
  return ear.stretches();
}

/** Takes 16-bit mono samples. */
class Ear extends Writable {
  private readonly meter = new LevelMeter(speechRateHz);
  private readonly spoken: SoundStretch[] = [];
  private readonly samples = new Int16Array(atOnce);
  private filled = 0;
  private done = 0;
  private oddByte: number | null = null;
  private readonly session: GraphSession | null;
  private readonly context: FootageContext;
  private readonly endSeconds: number;
  private readonly onFraction: (fraction: number) => void;

  constructor(
    session: GraphSession | null,
    context: FootageContext,
    endSeconds: number,
    onFraction: (fraction: number) => void,
  ) {
    super();
    this.session = session;
    this.context = context;
    this.endSeconds = endSeconds;
    this.onFraction = onFraction;
  }

  /** After the last sample. */
  stretches(): SoundStretch[] {
    this.meter.finish();
    return [...joined(this.spoken), ...soundLevels(this.meter.levels)];
  }

  override _write(chunk: Buffer, _encoding: string, done: (error?: Error | null) => void): void {
    callbackify(() => this.spread(chunk))(done);
  }

  override _final(done: (error?: Error | null) => void): void {
    callbackify(() => this.listen())(done);
  }

  private async spread(chunk: Buffer): Promise<void> {
    await this.context.untilAllowed?.();
    const bytes = this.oddByte === null ? chunk : Buffer.concat([Buffer.of(this.oddByte), chunk]);
    this.oddByte = bytes.length % 2 === 1 ? bytes.at(-1)! : null;
    for (let at = 0; at + 1 < bytes.length; at += 2) {
      this.samples[this.filled++] = bytes.readInt16LE(at);
      if (this.filled === atOnce) await this.listen();
    }
  }

  private async listen(): Promise<void> {
    const { context, session } = this;
    const samples = this.samples.slice(0, this.filled);
    this.filled = 0;
    if (samples.length === 0) return;
    this.meter.take(samples);
    const from = this.done / speechRateHz;
    if (session) {
      const { speaking, frameSeconds } = await findSpeech(session, samples, () => context.checkCancelled());
      this.spoken.push(...spokenIn(speaking, frameSeconds, from));
    }
    this.done += samples.length;
    this.onFraction(Math.min(1, this.done / speechRateHz / Math.max(0.001, this.endSeconds)));
  }
}

function spokenIn(speaking: Uint8Array, frameSeconds: number, offset: number): SoundStretch[] {
  const found: SoundStretch[] = [];
  for (let from = speaking.indexOf(1); from >= 0;) {
    const end = speaking.indexOf(0, from);
    const to = end < 0 ? speaking.length : end;
    found.push({ name: 'speech', fromSeconds: offset + from * frameSeconds, toSeconds: offset + to * frameSeconds });
    from = speaking.indexOf(1, to);
  }
  return found;
}

/** Speech that goes on from one minute to the next is one stretch. */
function joined(stretches: readonly SoundStretch[]): SoundStretch[] {
  const made: SoundStretch[] = [];
  for (const stretch of stretches) {
    const last = made.at(-1);
    if (last && stretch.fromSeconds - last.toSeconds < 0.8)
      made[made.length - 1] = { ...last, toSeconds: stretch.toSeconds };
    else made.push(stretch);
  }
  return made;
}
