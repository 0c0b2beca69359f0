/**
 * A voice freed of its noise, made in the inference child: ffmpeg decodes into a pipe, each channel is cleaned, and the
 * result goes straight into the encoder. Memory does not grow with length.
 */
import { Readable } from 'node:stream';
import { LoudnessMeter } from '../../../../models/families/soundtrack/loudness.ts';
import type { VoiceGraphs } from '../../../../models/families/footage/voice/cleanVoice.ts';
import { hopSamples, voiceRateHz } from '../../../../models/families/footage/voice/voiceFrames.ts';
import { filter, FilterGraph } from '../../../ffmpeg/filterGraph.ts';
import { text } from '../../../ffmpeg/filterValue.ts';
import { runFfmpeg } from '../../../ffmpeg/run.node.ts';
import type { FootageContext } from '../footageContext.ts';
import { FrameQueue } from '../interpolate/frameQueue.node.ts';
import { cleanChannels } from './cleanChannels.ts';
import { readableSound, readSound } from './readSound.node.ts';
import type { SpeechResult, SpeechRun } from './speechRun.ts';

/** Sound before the stretch that the model hears first, so that it knows the noise. */
const leadSamples = 2 * voiceRateHz;
const bytesPerSample = 4;

/** Runs the task. Throws FailureError as `runFfmpeg`, and what `checkCancelled` throws. */
export async function runCleanSpeech(run: SpeechRun, context: FootageContext): Promise<SpeechResult> {
  const graphs = await graphsOf(run, context);
  const from = await readableSound(run, context.scratchFolder);
  const channels = from.decoded === null ? run.sound.channels : Math.min(2, run.sound.channels);
  const lead = Math.min(run.firstSample, leadSamples);
  const hops = Math.ceil((lead + run.sampleCount) / hopSamples);
  const stretch = { firstSample: run.firstSample - lead, sampleCount: hops * hopSamples, channels };
  const queue = new FrameQueue(hopSamples * channels * bytesPerSample);
  const meters = { before: new LoudnessMeter(), after: new LoudnessMeter() };
  const cleaned = cleanChannels(hopsOf(queue), { channels, graphs, attenuationDb: run.attenuationDb });
  const wanted = cut(cleaned, { ...run, channels, lead, hops, meters }, context);
  const encoding = encode(run, channels, Readable.from(wanted, { objectMode: false }));
  // the reader must not wait for an encoder that is gone, nor the encoder for sound that does not come
  encoding.catch((error: unknown) => queue.destroy(error as Error));
  await Promise.all([readSound(from, stretch, queue), encoding]);
  return { task: 'cleanSpeech', loudnessChangeDb: changeOf(meters) };
}

async function graphsOf({ pack, graphs }: SpeechRun, context: FootageContext): Promise<VoiceGraphs> {
  const reader = context.readerOf(pack);
  const [encoder, gains, filters] = [graphs.encoder, graphs.gains, graphs.filters];
  return {
    encoder: await reader.session(encoder),
    gains: await reader.session(gains),
    filters: await reader.session(filters),
  };
}

async function* hopsOf(queue: FrameQueue): AsyncGenerator<Float32Array> {
  for (let bytes = await queue.next(); bytes; bytes = await queue.next())
    yield new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / bytesPerSample);
}

interface Cut {
  readonly channels: number;
  readonly lead: number;
  readonly hops: number;
  readonly sampleCount: number;
  readonly meters: { readonly before: LoudnessMeter; readonly after: LoudnessMeter };
}

/** The stretch without the lead, as bytes; measures both sides of it and tells how far it has come. */
async function* cut(
  hops: ReturnType<typeof cleanChannels>,
  { channels, lead, hops: hopCount, sampleCount, meters }: Cut,
  context: FootageContext,
): AsyncGenerator<Uint8Array> {
  let at = -lead;
  let count = 0;
  for await (const { before, after } of hops) {
    context.checkCancelled();
    const [from, to] = [Math.max(0, -at), Math.min(hopSamples, sampleCount - at)];
    at += hopSamples;
    context.report({ fraction: ++count / hopCount, stage: 'voice' });
    if (to <= from) continue;
    const part = after.subarray(from * channels, to * channels);
    measure(meters.before, before.subarray(from * channels, to * channels), channels);
    measure(meters.after, part, channels);
    yield new Uint8Array(part.buffer, part.byteOffset, part.byteLength);
  }
}

/** The first two channels say how loud it is; one counts as both. */
function measure(meter: LoudnessMeter, interleaved: Float32Array, channels: number): void {
  const channel = (index: number): Float32Array =>
    Float32Array.from({ length: interleaved.length / channels }, (_, i) => interleaved[i * channels + index]!);
  meter.push(channel(0), channel(Math.min(1, channels - 1)));
}

function changeOf({ before, after }: Cut['meters']): number | null {
  const change = after.integrated - before.integrated;
  return Number.isFinite(change) ? change : null;
}

/** The sound at its own rate and length. */
async function encode(
  { sound, sampleCount, madeSampleCount, output }: SpeechRun,
  channels: number,
  stdin: Readable,
): Promise<void> {
  const graph = new FilterGraph();
  const given = graph.open({
    path: output.path,
    fromStdin: true,
    format: 'f32le',
    options: [
      ['ar', voiceRateHz],
      ['ac', channels],
    ],
  });
  // a known layout of as many channels; else the file says how many there are, and no more
  const layout = channels === sound.channels && sound.layout !== '' ? text(sound.layout) : undefined;
  const made = graph.chain(
    [given.stream(0)],
    [
      filter('atrim', { end_sample: sampleCount }),
      filter('aresample', { sample_rate: sound.sampleRateHz }),
      filter('apad', { whole_len: madeSampleCount }),
      filter('atrim', { end_sample: madeSampleCount }),
      ...(layout === undefined ? [] : [filter('aformat', { channel_layouts: layout })]),
    ],
  );
  await runFfmpeg({
    graph,
    outputs: [
      {
        to: output.path,
        streams: [made],
        format: output.format,
        options: [
          ['c:a', 'pcm_f32le'],
          ['rf64', 'auto'],
        ],
      },
    ],
    stdin,
    about: output.path,
  });
}
