/**
 * The sound of a range as one raw file: float, little endian, 48 kHz stereo, exactly as long as it should be. Its peak
 * is measured on the way, and what a source failed to give is found.
 */
import { open, type FileHandle } from 'node:fs/promises';
import { FailureError } from '../../contract/errors.ts';
import { sentence } from '../../contract/sentence.ts';
import type { SoundSegment } from '../../render/layers.ts';
import { soundGraph, type SoundSourceOf } from '../../ffmpeg/soundGraph.ts';
import { mixRateHz, samplesAt } from '../../ffmpeg/soundReading.ts';
import { endTicks, intersectRanges, secondsFromTicks, ticksFromSeconds, type TickRange } from '../../time/ticks.ts';
import { runFfmpeg } from '../../ffmpeg/run.node.ts';
import { writeFailure } from '../../disk/projectFs.node.ts';
import { MixSink, type MixPart } from './mixSink.node.ts';

const bytesPerSample = 8;
/** Inputs one ffmpeg run may open, and how much time one run covers: reversed sound is held in memory. */
const mostSegments = 24;
const longestChunkSeconds = 600;

/** A mix on disk: raw float, little endian, 48 kHz stereo. */
export interface SoundMix {
  readonly path: string;
  readonly sampleCount: number;
  /** Largest absolute sample; above 1 a limiter is needed. */
  readonly peak: number;
}

/** What to mix, and where to. */
export interface MixRequest {
  readonly range: TickRange;
  /** Segments of any part of the range. */
  segmentsIn(range: TickRange): readonly SoundSegment[];
  readonly sourceOf: SoundSourceOf;
  /** Decodes the sources of these segments to files of one format, which `sourceOf` then names. */
  decode(segments: readonly SoundSegment[]): Promise<void>;
  readonly path: string;
  readonly signal?: AbortSignal;
  onFraction(fraction: number): void;
  /** A source failed to give sound that it should have: there is silence. `atSeconds`: in the source. */
  onMissing(segment: SoundSegment, atSeconds: number): void;
}

/**
 * Throws FailureError as ffmpeg's runs do, 'diskFull' where the mix does not fit, 'damaged' where it has no numbers.
 */
export async function mixSound(request: MixRequest): Promise<SoundMix> {
  const origin = samplesAt(request.range.startTicks);
  const sampleCount = samplesAt(endTicks(request.range)) - origin;
  const file = await open(request.path, 'w').catch((error: unknown) => {
    throw writeFailure(error, request.path);
  });
  let peak = 0;
  try {
    for (const chunk of soundChunks(request)) {
      const start = samplesAt(chunk.startTicks) - origin;
      const part = await mixChunk(
        request,
        chunk,
        { file, position: start * bytesPerSample, path: request.path },
        (done) => request.onFraction(Math.min(1, (start + done * mixRateHz) / sampleCount)),
      );
      peak = Math.max(peak, part.peak);
    }
  } finally {
    await file.close();
  }
  if (!Number.isFinite(peak)) throw new FailureError('damaged', sentence('export.soundNotNumbers'));
  return { path: request.path, sampleCount, peak };
}

interface Place {
  readonly file: FileHandle;
  readonly position: number;
  readonly path: string;
}

/** Mixes a chunk; again where its sources have to be decoded first, or do not give what they should. */
async function mixChunk(
  request: MixRequest,
  chunk: TickRange,
  place: Place,
  onSeconds: (seconds: number) => void,
): Promise<MixPart> {
  const segments = request.segmentsIn(chunk);
  const mix = (marked: boolean) => runMix(request, segments, chunk, place, { marked, onSeconds });
  let part = await mix(true);
  // a source changes its format, which its facts do not tell: ffmpeg started the graph again; or it is damaged, and a
  // seek lands in the wrong place
  if (part.samples !== part.wanted || part.holes.length > 0) {
    await request.decode(segments);
    part = await mix(true);
  }
  if (part.samples !== part.wanted)
    throw new Error(`the mix of a chunk has ${part.samples} samples instead of ${part.wanted}`);
  if (part.holes.length === 0) return part;
  await nameMissing(request, segments, chunk);
  return mix(false);
}

/** Mixes each segment alone, to learn which of them fails and where. */
async function nameMissing(request: MixRequest, segments: readonly SoundSegment[], chunk: TickRange): Promise<void> {
  const named = new Set<string>();
  for (const segment of segments) {
    const range = intersectRanges(segment, chunk);
    // of one file a stream may be short and another whole
    const key = JSON.stringify([segment.source, segment.streamIndex]);
    if (!range || named.has(key)) continue;
    const { holes } = await runMix(request, [segment], range, null, { marked: true, onSeconds: () => undefined });
    const [hole] = holes;
    if (!hole) continue;
    named.add(key);
    request.onMissing(segment, sourceSeconds(segment, secondsFromTicks(range.startTicks) + hole.from / mixRateHz));
  }
}

/** Where in the source a moment of the sequence (s) lies. */
function sourceSeconds(segment: SoundSegment, atSeconds: number): number {
  const { num, den } = segment.speed;
  const into = ((atSeconds - secondsFromTicks(segment.startTicks)) * num) / den;
  const length = (secondsFromTicks(segment.durationTicks) * num) / den;
  return secondsFromTicks(segment.sourceInTicks) + (segment.reversed ? length - into : into);
}

async function runMix(
  request: Pick<MixRequest, 'sourceOf' | 'signal'>,
  segments: readonly SoundSegment[],
  range: TickRange,
  place: Place | null,
  { marked, onSeconds }: { readonly marked: boolean; onSeconds(seconds: number): void },
): Promise<MixPart> {
  const sourceOf: SoundSourceOf = (segment) => {
    const source = request.sourceOf(segment);
    return source && !marked ? { ...source, sampleCount: 0 } : source;
  };
  const sound = soundGraph(segments, range, sourceOf);
  const surplus = new AbortController();
  const sink = new MixSink(sound.sampleCount, place, () => surplus.abort());
  await runFfmpeg({
    graph: sound.graph,
    outputs: [{ to: sink, streams: [sound.mix], format: 'f32le', options: [['c:a', 'pcm_f32le']] }],
    signal: request.signal ? AbortSignal.any([request.signal, surplus.signal]) : surplus.signal,
    onProgress: (progress) => onSeconds(progress.seconds),
  }).catch((error: unknown) => {
    if (request.signal?.aborted || !surplus.signal.aborted) throw error;
  });
  return sink.part;
}

/** Cut where few segments are open: at most 24 in a run, ten minutes long. */
function soundChunks(request: MixRequest): TickRange[] {
  const chunks: TickRange[] = [];
  const end = endTicks(request.range);
  const longest = ticksFromSeconds(longestChunkSeconds);
  for (let startTicks = request.range.startTicks; startTicks < end;) {
    let durationTicks = Math.min(longest, end - startTicks);
    // halve until it fits; a second of more than 24 sounds at once is opened as it is
    while (
      durationTicks > ticksFromSeconds(1) &&
      request.segmentsIn({ startTicks, durationTicks }).length > mostSegments
    )
      durationTicks = Math.ceil(durationTicks / 2);
    chunks.push(intersectRanges({ startTicks, durationTicks }, request.range)!);
    startTicks += durationTicks;
  }
  return chunks;
}
