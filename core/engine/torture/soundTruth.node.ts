/** Where in the tone the sound of a file lies, as plain ffmpeg decodes it in one go. */
import { decodedHz, type Decoded } from './decode.node.ts';
import { fitTone, roughness } from './tone.ts';
import type { MadeSound, TortureCase } from './torture.ts';

/** s after the file's start. */
export interface Extent {
  readonly startSeconds: number;
  readonly endSeconds: number;
}

/** Sound of a file against the tone. */
export interface SoundTruth {
  /** s after the file's start, of what was made. */
  readonly startSeconds: number;
  readonly endSeconds: number;
  /** End of all decoded samples, the encoder's padding with them. */
  readonly paddedEndSeconds: number;
  /** Position in the tone of the file's start, s. */
  readonly toneSeconds: number;
  /** Of ffmpeg's own decoding: residual, also within 60 ms of the ends, and the largest step in it. */
  readonly noise: number;
  readonly edgeNoise: number;
  readonly roughness: number;
  /** How far ffmpeg's own decoding strays from the tone's even course at most, samples at 48 kHz. */
  readonly wobbleSamples: number;
}

const windowSamples = 1920;

/** A stretch shorter than this is looked at closely, s. */
const shortSeconds = 0.25;

/** What is known of a file's sound. */
export interface SoundTruths {
  readonly sounds: readonly SoundTruth[];
  readonly unclear: readonly Extent[];
}

/**
 * The sound of a file in stretches without a gap; `start`: of the file, s on its own clock. In a damaged file, and in
 * short stretches, those parts count that follow the tone.
 */
export function soundTruths(made: TortureCase, decoded: Decoded, start: number): SoundTruths {
  const { soundStarts, samples, numbers } = decoded;
  const sound = made.sound!;
  // a copy without encoding begins at a key frame
  const firstFrame = made.picture && numbers[0] ? (numbers[0] * made.picture.rate.den) / made.picture.rate.num : 0;
  const guesses = sound.cut ? [sound.fromSeconds, 0, firstFrame] : [sound.fromSeconds];
  const sounds: SoundTruth[] = [];
  const unclear: Extent[] = [];
  soundStarts.forEach(({ sample, seconds }, index) => {
    const part = samples.subarray(sample, soundStarts[index + 1]?.sample ?? samples.length);
    const begin = seconds - start;
    const tones = guesses.map((from) => from + sample / decodedHz);
    const isClose = made.damaged || part.length < shortSeconds * decodedHz;
    const extents = isClose ? followedParts(part, tones) : [{ from: 0, to: part.length, tones }];
    const found = extents.flatMap(({ from, to, tones: places }) => {
      const truths = places.map((tone) =>
        soundTruth(sound, part.subarray(from, to), begin + from / decodedHz, tone, isClose),
      );
      return truths.filter((truth) => truth !== null).sort((a, b) => a.noise - b.noise)[0] ?? [];
    });
    sounds.push(...found);
    if (isClose) unclear.push({ startSeconds: begin, endSeconds: begin + part.length / decodedHz });
  });
  return { sounds, unclear };
}

/** Parts of a stretch that follow the tone without a jump, and where in the tone the first sample of each may be, s. */
function followedParts(
  samples: Float32Array,
  tones: readonly number[],
): { from: number; to: number; tones: number[] }[] {
  const hop = windowSamples / 4;
  const parts: { from: number; to: number; tones: number[] }[] = [];
  let lead = tones[0]!;
  let last: { from: number; lead: number } | null = null;
  for (let from = 0; from + windowSamples <= samples.length; from += hop) {
    const window = samples.subarray(from, from + windowSamples);
    const fits = (last ? [lead] : [lead, ...tones]).map((each) => {
      const fit = fitTone(window, each + from / decodedHz, 1 / decodedHz, 0.35);
      return { noise: fit.gain > 0.15 ? fit.noise : 1, lead: each + fit.offsetSeconds };
    });
    const best = fits.sort((a, b) => a.noise - b.noise)[0]!;
    if (best.noise > 0.1) continue;
    lead = best.lead;
    const goesOn = last && from - last.from === hop && Math.abs(best.lead - last.lead) * decodedHz < 1.5;
    if (goesOn) parts.at(-1)!.to = from + windowSamples;
    else parts.push({ from, to: from + windowSamples, tones: [best.lead + from / decodedHz] });
    last = { from, lead };
  }
  return parts.filter(({ from, to }) => to - from > 2 * windowSamples);
}

/** `begin`: s after the file's start; `guess`: where in the tone the first sample should be, s. */
function soundTruth(
  made: MadeSound,
  samples: Float32Array,
  begin: number,
  guess: number,
  close: boolean,
): SoundTruth | null {
  let lead: number | null = null;
  const fitAt = (from: number) => {
    const part = samples.subarray(from, from + windowSamples);
    const atSeconds = from / decodedHz + (lead ?? guess);
    return { atSeconds, part, fit: fitTone(part, atSeconds, 1 / decodedHz, lead === null ? 0.3 : 0.002) };
  };
  const fits: ReturnType<typeof fitAt>[] = [];
  const hop = close ? windowSamples / 4 : made.rough ? windowSamples / 2 : 9600;
  const edge = close ? 0 : 4800;
  for (let from = edge; from + windowSamples < samples.length - edge; from += hop) {
    const found = fitAt(from);
    if (found.fit.noise >= 0.5) continue;
    lead ??= found.atSeconds - from / decodedHz + found.fit.offsetSeconds;
    fits.push(found);
  }
  if (fits.length === 0 || lead === null) return null;
  const shifts = fits
    .slice(1)
    .map(({ fit }) => fit.offsetSeconds)
    .sort((a, b) => a - b);
  const middle = shifts[shifts.length >> 1] ?? 0;
  const toneSeconds: number = lead + middle - begin;
  const end = begin + samples.length / decodedHz;
  const startSeconds = Math.max(begin, (made.cut ? 0 : made.fromSeconds) - toneSeconds);
  const endSeconds = Math.min(end, made.toSeconds - toneSeconds);
  const edges = [startSeconds, endSeconds - windowSamples / decodedHz].map(
    (seconds) => fitAt(Math.max(0, Math.round((seconds - begin) * decodedHz))).fit.noise,
  );
  return {
    startSeconds,
    endSeconds,
    paddedEndSeconds: end,
    toneSeconds,
    noise: Math.max(...fits.map(({ fit }) => fit.noise)),
    edgeNoise: Math.max(...edges),
    wobbleSamples: Math.max(0, ...shifts.map((shift) => Math.abs(shift - middle) * decodedHz)),
    roughness: Math.max(...fits.map(({ fit, atSeconds, part }) => roughness(part, fit, atSeconds, 1 / decodedHz))),
  };
}
