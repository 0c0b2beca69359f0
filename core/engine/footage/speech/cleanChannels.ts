/** Cleans interleaved sound channel by channel. Channels that are the same are cleaned once. */
import { VoiceCleaner, type VoiceGraphs } from '../../../../models/families/footage/voice/cleanVoice.ts';
import { hopSamples } from '../../../../models/families/footage/voice/voiceFrames.ts';

export interface Cleaning {
  readonly channels: number;
  readonly graphs: VoiceGraphs;
  readonly attenuationDb: number;
}

/** A hop of interleaved sound as it was and as it is. */
export interface CleanedHop {
  readonly before: Float32Array;
  readonly after: Float32Array;
}

/** `hops`: 480 samples of each channel, interleaved. As many come out, in order. */
export async function* cleanChannels(
  hops: AsyncIterable<Float32Array>,
  { channels, graphs, attenuationDb }: Cleaning,
): AsyncGenerator<CleanedHop> {
  const waiting: Float32Array[] = [];
  /** One for all channels while they are the same. */
  let cleaners: readonly VoiceCleaner[] = [new VoiceCleaner(graphs, attenuationDb)];
  const join = function* (parts: readonly (readonly Float32Array[])[]): Generator<CleanedHop> {
    const count = parts[0]!.length;
    for (let i = 0; i < count; i++)
      yield {
        before: waiting.shift()!,
        after: interleave(
          parts.map((part) => part[i]!),
          channels,
        ),
      };
  };
  for await (const hop of hops) {
    waiting.push(hop);
    if (cleaners.length < channels && !sameChannels(hop, channels)) {
      const [first] = cleaners;
      cleaners = Array.from({ length: channels }, (_, index) => (index === 0 ? first! : first!.copy()));
    }
    const parts: (readonly Float32Array[])[] = [];
    for (const [index, cleaner] of cleaners.entries()) parts.push(await cleaner.push(channelOf(hop, index, channels)));
    yield* join(parts);
  }
  const parts: (readonly Float32Array[])[] = [];
  for (const cleaner of cleaners) parts.push(await cleaner.end());
  yield* join(parts);
}

function sameChannels(hop: Float32Array, channels: number): boolean {
  for (let i = 0; i < hop.length; i++) if (hop[i] !== hop[i - (i % channels)]) return false;
  return true;
}

function channelOf(hop: Float32Array, index: number, channels: number): Float32Array {
  return Float32Array.from({ length: hopSamples }, (_, i) => hop[i * channels + index]!);
}

/** One part stands for all channels. */
function interleave(parts: readonly Float32Array[], channels: number): Float32Array {
  const both = new Float32Array(hopSamples * channels);
  for (let channel = 0; channel < channels; channel++) {
    const part = parts[Math.min(channel, parts.length - 1)]!;
    for (let i = 0; i < hopSamples; i++) both[i * channels + channel] = part[i]!;
  }
  return both;
}
