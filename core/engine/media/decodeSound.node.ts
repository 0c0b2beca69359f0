/**
 * One sound stream of a file, decoded whole and from its start to WAV: 48 kHz, each sample where it belongs, silence in
 * gaps. For streams that cannot be cut where they are: time stamps too coarse for a sample, or a format that changes.
 */
import { rm } from 'node:fs/promises';
import { makeWholeFile } from '../../disk/wholeFile.node.ts';
import { aloneAt, type AudioFacts, type MediaFacts } from '../../disk/facts.ts';
import type { FfmpegOutput } from '../../ffmpeg/command.node.ts';
import { filter, FilterGraph, type OpenedInput } from '../../ffmpeg/filterGraph.ts';
import type { OutputOption } from '../../ffmpeg/option.ts';
import { runFfmpeg } from '../../ffmpeg/run.node.ts';
import { inPlace, placedStereo, toStereo } from '../../ffmpeg/soundGraph.ts';
import { mixRateHz } from '../../ffmpeg/soundReading.ts';
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
  { signal, onFraction }: DecodingWork,
): Promise<void> {
  const graph = new FilterGraph();
  const opened = openAlone(graph, source, facts, audio);
  const mono = audio.channels === 1;
  const filters = mono ? [inPlace, filter('aformat', { channel_layouts: 'mono' })] : placedStereo;
  await runFfmpeg({
    graph,
    outputs: [
      {
        to,
        streams: [graph.chain([opened.stream(audio.streamIndex)], filters)],
        format: 'wav',
        options: waveOptions(audio),
      },
    ],
    about: source,
    signal,
    onProgress: fractionOf(audio, onFraction),
  });
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
  try {
    await runFfmpeg({
      ...alikeCommand(source, facts, audio, alike),
      about: source,
      signal,
      onProgress: fractionOf(audio, (fraction) => onFraction?.(fraction / 2)),
    });
    const graph = new FilterGraph();
    const sound = graph.chain([graph.open({ path: alike, format: 'nut' }).first('audio')], [inPlace]);
    await runFfmpeg({
      graph,
      outputs: [{ to, streams: [sound], format: 'wav', options: waveOptions(null) }],
      about: source,
      signal,
      onProgress: fractionOf(audio, (fraction) => onFraction?.((1 + fraction) / 2)),
    });
  } finally {
    await rm(alike, { force: true });
  }
}

function alikeCommand(source: string, facts: MediaFacts, audio: AudioFacts, to: string) {
  const graph = new FilterGraph();
  const opened = openAlone(graph, source, facts, audio);
  const sound = graph.chain([opened.stream(audio.streamIndex)], toStereo);
  const outputs: readonly FfmpegOutput[] = [
    {
      to,
      streams: [sound],
      format: 'nut',
      options: [
        ['c:a', 'pcm_f32le'],
        ['ac', 2],
        ['ar', mixRateHz],
      ],
    },
  ];
  return { graph, outputs };
}

/** The stream alone: joined recordings are then corrected by its own clock, and none waits for another. */
function openAlone(graph: FilterGraph, path: string, facts: MediaFacts, audio: AudioFacts): OpenedInput {
  return graph.open({ path, aloneAtSeconds: aloneAt(facts, audio) });
}

/** 32-bit float keeps what decoders give above full scale; 16 bit where the source has no more and nothing is mixed. */
function waveOptions(audio: AudioFacts | null): readonly OutputOption[] {
  const plain = audio !== null && audio.channels <= 2 && audio.sampleRateHz === mixRateHz;
  const encoder = plain && /^pcm_(s16|u8|s8)/.test(audio.codec) ? 'pcm_s16le' : 'pcm_f32le';
  return [
    ['c:a', encoder],
    ['map_metadata', -1],
    ['rf64', 'auto'],
  ];
}

function fractionOf({ endSeconds }: AudioFacts, onFraction: DecodingWork['onFraction']) {
  return (progress: { readonly seconds: number }) =>
    onFraction?.(Math.min(1, Math.max(0, progress.seconds) / Math.max(0.001, endSeconds)));
}
