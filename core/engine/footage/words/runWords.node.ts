/**
 * Writes down what is said, in the inference child: ffmpeg decodes into a pipe, a detector leaves out what holds no
 * voice, and windows of at most 30 s are read one after the other. Memory does not grow with the sound's length.
 */
import { Writable } from 'node:stream';
import { callbackify } from 'node:util';
import { SpeechDetector, speechFrameSamples } from '../../../../models/families/footage/speech.ts';
import { MelReader, wordsRateHz } from '../../../../models/families/words/logMel.ts';
import { recognise, type WordsModel } from '../../../../models/families/words/recognise.ts';
import { tokenTable } from '../../../../models/families/words/tokens.ts';
import { recordingSeconds, VoicedSound, type VoicedFrame } from '../../../../models/families/words/voicedSound.ts';
import type { HeardWord, Transcript } from '../../../contract/transcript.ts';
import { clockAlone } from '../../../disk/facts.ts';
import { filter, FilterGraph } from '../../../ffmpeg/filterGraph.ts';
import { runFfmpeg } from '../../../ffmpeg/run.node.ts';
import { inPlaceBy } from '../../../ffmpeg/soundGraph.ts';
import { ticksFromSeconds } from '../../../time/ticks.ts';
import { clockOf, startsAtFirstSample } from '../../media/soundClock.ts';
import type { FootageContext } from '../footageContext.ts';
import { randomFrom } from '../randomFrom.ts';
import type { WordsResult, WordsRun } from './wordsRun.ts';

/** Texts that are followed at once. */
const beams = 5;
/** Frames that the detector hears before a window is looked for: about 2 s. */
const framesAtOnce = 64;
const bytesPerSample = 4;

/** Runs the task. Throws FailureError as `runFfmpeg`, and what `checkCancelled` throws. */
export async function runWords(run: WordsRun, context: FootageContext): Promise<WordsResult> {
  const listener = new Listener(run, await loadModel(run, context), await detectorOf(run, context), context);
  const { facts, path } = run.source;
  const graph = new FilterGraph();
  const opened = graph.open({ path, clock: clockAlone(facts, run.sound), options: [['vn']] });
  const placing = inPlaceBy(clockOf(facts, run.sound), startsAtFirstSample(facts) ? 'sound' : 'file');
  const sound = graph.chain(
    [opened.stream(run.sound.streamIndex)],
    [...placing, filter('aformat', { channel_layouts: 'mono' }), filter('aresample', { sample_rate: wordsRateHz })],
  );
  await runFfmpeg({
    graph,
    outputs: [{ to: listener, streams: [sound], format: 'f32le', options: [['c:a', 'pcm_f32le']] }],
    about: path,
  });
  return listener.result();
}

async function detectorOf({ speech }: WordsRun, context: FootageContext): Promise<SpeechDetector | null> {
  return speech && new SpeechDetector(await context.readerOf(speech.pack).session(speech.graph));
}

async function loadModel({ pack, model: family }: WordsRun, context: FootageContext): Promise<WordsModel> {
  const reader = context.readerOf(pack);
  const texts: unknown = JSON.parse(await reader.readText(family.tokens));
  const table = Array.isArray(texts) ? tokenTable(texts.map(String)) : null;
  if (!table) throw new Error(`${family.tokens} of the pack ${pack.id} is not a list of Whisper's tokens`);
  return {
    encoder: await reader.session(family.graphs.encoder),
    decoder: await reader.session(family.graphs.decoder),
    shape: { layers: family.decoderLayers, heads: family.heads, headSize: family.headSize },
    mel: new MelReader(family.melBands),
    table,
    suppressed: family.suppressed,
    suppressedFirst: family.suppressedFirst,
    textLength: family.textLength,
    lateSeconds: family.lateSeconds,
  };
}

/** Takes the sound as it is decoded: float, mono, 16 kHz. */
class Listener extends Writable {
  private readonly run: WordsRun;
  private readonly model: WordsModel;
  private readonly detector: SpeechDetector | null;
  private readonly context: FootageContext;
  private readonly voiced = new VoicedSound();
  private readonly random = randomFrom(1);
  private readonly words: HeardWord[] = [];
  private readonly doubtful: Transcript['doubtful'][number][] = [];
  private language: string | null;
  private waiting = Buffer.alloc(0);
  private heardSamples = 0;

  constructor(run: WordsRun, model: WordsModel, detector: SpeechDetector | null, context: FootageContext) {
    super({ highWaterMark: 4 * framesAtOnce * speechFrameSamples * bytesPerSample });
    this.run = run;
    this.model = model;
    this.detector = detector;
    this.context = context;
    this.language = run.model.languages.length === 1 ? run.model.languages[0]! : run.language;
  }

  result(): WordsResult {
    return { task: 'words', language: this.language ?? 'en', words: this.words, doubtful: this.doubtful };
  }

  override _write(chunk: Buffer, _encoding: string, done: (error?: Error | null) => void): void {
    callbackify(() => this.take(chunk, false))(done);
  }

  override _final(done: (error?: Error | null) => void): void {
    callbackify(() => this.take(Buffer.alloc(0), true))(done);
  }

  private async take(chunk: Buffer, isLast: boolean): Promise<void> {
    this.waiting = Buffer.concat([this.waiting, chunk]);
    const blockBytes = framesAtOnce * speechFrameSamples * bytesPerSample;
    while (this.waiting.length >= blockBytes || (isLast && this.waiting.length >= bytesPerSample)) {
      await this.hear(this.waiting.subarray(0, blockBytes));
      this.waiting = this.waiting.subarray(blockBytes);
    }
    if (isLast) this.voiced.end();
    for (let window = this.voiced.take(isLast); window; window = this.voiced.take(isLast)) await this.read(window);
    if (isLast) this.report(0);
  }

  private async hear(bytes: Buffer): Promise<void> {
    this.context.checkCancelled();
    const whole = bytes.length - (bytes.length % bytesPerSample);
    const samples = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + whole));
    const probabilities = new Float32Array(Math.ceil(samples.length / speechFrameSamples)).fill(1);
    if (this.detector)
      for (const i of probabilities.keys())
        probabilities[i] = await this.detector.hear(
          samples.subarray(i * speechFrameSamples, (i + 1) * speechFrameSamples),
        );
    this.voiced.push(samples, probabilities);
    this.heardSamples += samples.length;
    this.report(this.voiced.waitingFrames * speechFrameSamples);
  }

  private async read(frames: readonly VoicedFrame[]): Promise<void> {
    const { model, language, random, context } = this;
    const checkCancelled = () => context.checkCancelled();
    const found = await recognise(frames, model, { language, beams, random, checkCancelled });
    if (found.words.length > 0) this.language ??= found.language;
    const at = (seconds: number, isEnd: boolean) => ticksFromSeconds(recordingSeconds(frames, seconds, isEnd));
    for (const { text, spaced, fromSeconds, toSeconds, probability } of found.words) {
      const fromTicks = at(fromSeconds, false);
      this.words.push({
        ...{ text: text.slice(0, 200), spaced, fromTicks },
        toTicks: Math.max(fromTicks + 1, at(toSeconds, true)),
        probability: Math.round(probability * 1000) / 1000,
      });
    }
    if (found.isDoubtful)
      this.doubtful.push({ fromTicks: at(0, false), toTicks: at(frames.length * speechFrameSamples, true) });
    this.report(this.voiced.waitingFrames * speechFrameSamples);
  }

  /** Reading takes nearly all of the time: what is heard and not yet read does not count. */
  private report(unreadSamples: number): void {
    const whole = Math.max(1, this.run.sound.endSeconds * wordsRateHz);
    const fraction = Math.min(1, Math.max(0, this.heardSamples - unreadSamples) / whole);
    this.context.report({ fraction, stage: 'words' });
  }
}
