/**
 * One sound stream of a file, decoded whole and from its start to WAV: 48 kHz, each sample where it belongs, silence in
 * gaps. For streams that cannot be cut where they are: time stamps too coarse for a sample, or a format that changes.
 */
import { rm } from 'node:fs/promises';
import { makeWholeFile } from '../../disk/wholeFile.node.ts';
import { clockAlone, type AudioFacts, type MediaFacts } from '../../disk/facts.ts';
import type { FfmpegOutput } from '../../ffmpeg/command.node.ts';
import { filter, FilterGraph, type Filter, type OpenedInput, type Stream } from '../../ffmpeg/filterGraph.ts';
import type { FfmpegInput, FileClock } from '../../ffmpeg/input.ts';
import type { OutputOption } from '../../ffmpeg/option.ts';
import { runFfmpeg } from '../../ffmpeg/run.node.ts';
import { inPlaceBy, numberedSamples, stereoBy, toStereo } from '../../ffmpeg/soundGraph.ts';
import { mixRateHz } from '../../ffmpeg/soundReading.ts';
import { clockOf, isOneOf, startsAtFirstSample } from './soundClock.ts';
import { readWaveHeader } from './waveHeader.node.ts';

/** Whether a stream has to be decoded to a file before it can be cut. */
export function needsDecoding(audio: AudioFacts): boolean {
  return !audio.sampleExact || audio.changes;
}

/** How a decoding is followed and ended. */
export interface DecodingWork {
  readonly signal?: AbortSignal;
  onFraction?(fraction: number): void;
}

/** Most bytes that the decoded stream takes, those of its making included. */
export function decodedBytes({ endSeconds, channels, changes }: AudioFacts): number {
  const samples = endSeconds * mixRateHz * (changes ? 2 : Math.min(2, channels));
  // a stream that changes is brought to one format first, in a file beside it
  return Math.ceil(samples * 4 * (changes ? 2 : 1));
}

/** A decoded file this much longer or shorter than was measured had its graph rebuilt on the way. */
const lengthSlackSeconds = 0.3;

/** Throws FailureError as `runFfmpeg`; nothing is left under `to` then. */
export async function decodeSound(
  source: string,
  facts: MediaFacts,
  audio: AudioFacts,
  to: string,
  work: DecodingWork = {},
): Promise<void> {
  await makeWholeFile(to, async (temporary) => {
    if (!audio.changes) {
      await decodeInOne(source, facts, audio, temporary, work);
      const decoded = await readWaveHeader(temporary);
      // a change of format that the header did not tell starts the filters again, and their silence with them
      if (decoded && Math.abs(decoded.sampleCount / mixRateHz - audio.endSeconds) < lengthSlackSeconds) return;
    }
    await decodeInTwo(source, facts, audio, temporary, work);
  });
}

async function decodeInOne(
  source: string,
  facts: MediaFacts,
  audio: AudioFacts,
  to: string,
  work: DecodingWork,
): Promise<void> {
  const graph = new FilterGraph();
  const clock = clockAlone(facts, audio);
  const toOrigin = fromOrigin(facts);
  const opened = openAlone(graph, source, toOrigin ? { ...clock, originSeconds: 0 } : clock);
  const placed = inPlaceBy(clockOf(facts, audio), startsAtFirstSample(facts) ? 'sound' : 'file');
  const placing = [...placed, ...(toOrigin ?? [])];
  const mono = audio.channels === 1;
  const filters = mono ? [...placing, filter('aformat', { channel_layouts: 'mono' })] : stereoBy(placing);
  const sound = graph.chain([opened.stream(audio.streamIndex)], filters);
  await runOutput(graph, waveOutput(to, sound, audio), { ...work, about: source, audio });
}

/**
 * Brings samples at 48 kHz that count from the file's start to its time 0, where that is on one of them; else null: the
 * file is shifted then, by whole samples of its own rate.
 */
function fromOrigin({ originSeconds }: MediaFacts): readonly Filter[] | null {
  const samples = Math.round(originSeconds * mixRateHz);
  if (Math.abs(samples / mixRateHz - originSeconds) > 1e-9) return null;
  if (samples < 0) return [filter('adelay', { delays: `${-samples}S`, all: 1 })];
  return samples > 0 ? [filter('atrim', { start_sample: samples }), numberedSamples] : [];
}

/**
 * ffmpeg rebuilds its filters when a stream's format changes. So it first brings all to one format, keeping the time
 * stamps; what counts samples reads that.
 */
async function decodeInTwo(
  source: string,
  facts: MediaFacts,
  audio: AudioFacts,
  to: string,
  { signal, onFraction }: DecodingWork,
): Promise<void> {
  const alike = `${to}.nut`;
  const half = (from: number) => (fraction: number) => onFraction?.(from + fraction / 2);
  try {
    const first = new FilterGraph();
    // the times that ffmpeg fills in between those that are stored assume one sample rate
    const stored = isOneOf(facts.formatName, ['mpegts']);
    const opened = openAlone(first, source, clockAlone(facts, audio), stored ? [['fflags', 'nofillin']] : []);
    // a container moves all of a stream that begins before 0
    const fromZero = filter('atrim', { start: 0 });
    const even = first.chain([opened.stream(audio.streamIndex)], [...toStereo, ...(stored ? [] : [fromZero])]);
    await runOutput(first, alikeOutput(alike, even), { signal, onFraction: half(0), about: source, audio });
    const graph = new FilterGraph();
    const read = graph.open({ path: alike, format: 'nut' }).first('audio');
    // ADTS has no times, and ffmpeg counts all its frames by the first one's rate
    const clock = isOneOf(facts.formatName, ['aac']) ? 'none' : clockOf(facts, audio);
    const placing = inPlaceBy(stored ? 'exact' : clock);
    const sound = graph.chain([read], [...placing, ...startingAt(audio, stored)]);
    await runOutput(graph, waveOutput(to, sound, null), { signal, onFraction: half(0.5), about: source, audio });
  } finally {
    await rm(alike, { force: true });
  }
}

/**
 * ffmpeg counts the time of a file from its first sample: moves that to where the stream begins. `whole`: what lies
 * before 0 is still there.
 */
function startingAt({ startSeconds }: AudioFacts, whole: boolean): readonly Filter[] {
  const late = Math.round(startSeconds * mixRateHz);
  if (late > 0) return [filter('adelay', { delays: `${late}S`, all: 1 })];
  return late < 0 && whole ? [filter('atrim', { start_sample: -late })] : [];
}

interface OutputWork extends DecodingWork {
  /** The file to name when it cannot be read. */
  readonly about: string;
  readonly audio: AudioFacts;
}

async function runOutput(
  graph: FilterGraph,
  output: FfmpegOutput,
  { signal, onFraction, about, audio }: OutputWork,
): Promise<void> {
  const length = Math.max(0.001, audio.endSeconds);
  await runFfmpeg({
    graph,
    outputs: [output],
    about,
    signal,
    onProgress: ({ seconds }) => onFraction?.(Math.min(1, Math.max(0, seconds) / length)),
  });
}

function alikeOutput(to: string, sound: Stream): FfmpegOutput {
  const options: readonly OutputOption[] = [
    ['c:a', 'pcm_f32le'],
    ['ac', 2],
    ['ar', mixRateHz],
  ];
  return { to, streams: [sound], format: 'nut', options };
}

/**
 * 32-bit float keeps what decoders give above full scale; 16 bit where the source has no more and nothing is mixed.
 * `audio` null: it was mixed before.
 */
function waveOutput(to: string, sound: Stream, audio: AudioFacts | null): FfmpegOutput {
  const plain = audio !== null && audio.channels <= 2 && audio.sampleRateHz === mixRateHz;
  const encoder = plain && /^pcm_(s16|u8|s8)/.test(audio.codec) ? 'pcm_s16le' : 'pcm_f32le';
  const options: readonly OutputOption[] = [
    ['c:a', encoder],
    ['map_metadata', -1],
    ['rf64', 'auto'],
  ];
  return { to, streams: [sound], format: 'wav', options };
}

/**
 * The stream alone: joined recordings are then corrected by its own clock, and none waits for another. In one thread:
 * with several, ffmpeg gives what follows a damaged packet the times of later ones (FLAC).
 */
function openAlone(
  graph: FilterGraph,
  path: string,
  clock: FileClock,
  options: NonNullable<FfmpegInput['options']> = [],
): OpenedInput {
  return graph.open({ path, clock, options: [['threads', 1], ...options] });
}
