/** Compares what Framewright made of a file with the truth about it. */
import { secondsFromTicks, ticksAtFrame, type Rate } from '../../time/ticks.ts';
import { frameCountOf, shownSeconds, type Piece } from './timeline.ts';
import { fitTone, roughness } from './tone.ts';
import type { TortureCase } from './torture.ts';
import type { Extent, SoundTruth } from './soundTruth.node.ts';
import type { Truth } from './truth.node.ts';

/** Decoded output: frame numbers and sound at 48 kHz. */
export interface Output {
  readonly numbers: readonly (number | null)[];
  readonly samples: Float32Array;
}

/** What Framewright made of a file. */
export interface Made {
  /** Rate of the source's grid, as imported; null without picture. */
  readonly grid: Rate | null;
  readonly lengthSeconds: number;
  readonly isImage: boolean;
  /** Sound streams that are offered, and whether the first is heard. */
  readonly soundStreams: number;
  readonly hasPicture: boolean;
  readonly pieces: readonly Piece[];
  /** Rate of the timeline. */
  readonly rate: Rate;
  readonly film: Output;
  /** The whole source frame by frame as a preview shows it, and a proxy's sound; null where there is none. */
  readonly preview: Output | null;
  /** Everything that was said about the file: remarks, damage, notices. */
  readonly said: readonly string[];
  /** What of it says that the file is damaged. */
  readonly damage: readonly string[];
}

/** What is wrong with a file, in words. All empty = right. */
export interface Verdict {
  readonly frames: readonly string[];
  readonly sound: readonly string[];
  readonly lengths: readonly string[];
  readonly losses: readonly string[];
}

const hz = 48000;

/** Judges one file. */
export function judge(made: TortureCase, truth: Truth, got: Made): Verdict {
  const picture = truth.frames.length > 0 && got.hasPicture && !got.isImage;
  return {
    frames: picture ? [...wrongFrames(made, truth, got), ...wrongPreview(made, truth, got)] : [],
    sound: truth.sounds.length > 0 && got.soundStreams > 0 ? wrongSound(made, truth, got) : [],
    lengths: wrongLengths(made, truth, got),
    losses: silentLosses(made, truth, got),
  };
}

/** Numbers that may be shown at a moment: two where it lies within a millisecond of a change. null = anything. */
function allowedAt(made: TortureCase, truth: Truth, seconds: number): Set<number> | null {
  const slack = 0.0011;
  const allowed = new Set<number>();
  for (const moment of [seconds - slack, seconds + slack]) {
    let on = truth.frames[0]!;
    for (const frame of truth.frames) if (frame.seconds <= moment) on = frame;
    if (on.number === null || (made.damaged && !isClean(truth, on))) return null;
    allowed.add(on.number);
    if (made.picture?.fields) allowed.add(on.number + 1);
  }
  return allowed;
}

/** In a damaged file: nothing around this frame is torn, doubled or missing, even for ffmpeg decoding in one go. */
function isClean({ frames }: Truth, frame: Truth['frames'][number]): boolean {
  const reach = 25;
  const index = frames.indexOf(frame);
  const around = frames.slice(Math.max(0, index - reach), index + reach);
  return around.every(({ number }, place) => number !== null && number - around[0]!.number! === place);
}

function wrongFrames(made: TortureCase, truth: Truth, got: Made): string[] {
  const wrong: string[] = [];
  const grid = gridOf(made, got);
  for (const piece of got.pieces) {
    for (let frame = 0; frame < piece.frameCount; frame++) {
      const seconds = shownSeconds(piece, frame, got.rate, grid);
      const allowed = allowedAt(made, truth, seconds);
      const shown = got.film.numbers[piece.startFrame + frame];
      if (allowed === null || (typeof shown === 'number' && allowed.has(shown))) continue;
      wrong.push(`${piece.kind} at slot ${piece.slot}, frame ${frame}: ${nameOf(shown)} instead of ${nameOf(allowed)}`);
    }
  }
  return wrong;
}

/** A regular source has the grid it was made with, whatever was measured. */
function gridOf({ picture }: TortureCase, got: Made): Rate {
  return picture && !picture.variable ? picture.rate : got.grid!;
}

function nameOf(number: number | null | undefined | Set<number>): string {
  if (number === undefined) return 'nothing';
  if (number === null) return 'a torn frame';
  return typeof number === 'number' ? String(number) : [...number].join(' or ');
}

function wrongPreview(made: TortureCase, truth: Truth, { preview, ...got }: Made): string[] {
  if (!preview || preview.numbers.length === 0) return [];
  const grid = gridOf(made, { ...got, preview });
  const wrong = preview.numbers.flatMap((shown, slot) => {
    const allowed = allowedAt(made, truth, ((slot + 0.5) * grid.den) / grid.num);
    if (allowed === null || (typeof shown === 'number' && allowed.has(shown))) return [];
    return [`preview, slot ${slot}: ${nameOf(shown)} instead of ${nameOf(allowed)}`];
  });
  const last = truth.frames.findLast(({ number }) => number !== null)?.number ?? null;
  const end = preview.numbers.at(-1);
  if (wrong.length === 0 && last !== null && typeof end === 'number' && end < last)
    wrong.push(`preview ends with frame ${end} instead of ${last}`);
  return wrong;
}

/** A stretch of output, and what of the file it should be. */
interface Stretch {
  readonly name: string;
  /** Samples of the output. */
  readonly from: number;
  readonly to: number;
  /** Position in the file of the first sample, and how far apart samples are, s. */
  readonly atSeconds: number;
  readonly stepSeconds: number;
}

function stretchOf(piece: Piece, rate: Rate): Stretch {
  const exactAt = (frame: number) => secondsFromTicks(ticksAtFrame(frame, rate)) * hz;
  const from = Math.round(exactAt(piece.startFrame));
  const speed = piece.speed.num / piece.speed.den;
  const inSeconds = secondsFromTicks(ticksAtFrame(piece.slot, rate));
  const lengthSeconds = secondsFromTicks(ticksAtFrame(piece.frameCount, rate)) * speed;
  const stepSeconds = ((piece.reversed ? -1 : 1) * speed) / hz;
  const begun = from - exactAt(piece.startFrame);
  return {
    name: `${piece.kind} at slot ${piece.slot}`,
    from,
    to: Math.round(exactAt(piece.startFrame + piece.frameCount)),
    // frames begin between samples
    atSeconds: (piece.reversed ? inSeconds + lengthSeconds - 1 / hz : inSeconds) + begun * stepSeconds,
    stepSeconds,
  };
}

/** Filters that change the speed are not exact at a piece's ends, s. */
const edgeSeconds = 0.006;
const shortestSeconds = 0.018;

function wrongSound(made: TortureCase, truth: Truth, got: Made): string[] {
  const wrong: string[] = [];
  const truths = truth.sounds;
  const { samples } = got.film;
  const stretches = got.pieces.map((piece) => stretchOf(piece, got.rate));
  stretches.forEach((stretch, index) => {
    const fault = wrongStretch(made, truth, samples, stretch);
    if (fault !== null) wrong.push(fault);
    const before = stretches[index - 1];
    const areJoined = before && [index, index - 1].every((each) => got.pieces[each]!.kind === 'joined');
    const click = areJoined ? clickAt(truths, samples, before, stretch) : null;
    if (click !== null) wrong.push(click);
  });
  const played = got.preview?.samples ?? new Float32Array(0);
  for (let from = 0; from + hz / 10 <= played.length; from += hz / 2) {
    const name = `preview at ${(from / hz).toFixed(1)} s`;
    const stretch = { name, from, to: from + hz / 10, atSeconds: from / hz, stepSeconds: 1 / hz };
    // a proxy's sound is AAC
    const fault = wrongStretch(
      { ...made, sound: made.sound && { ...made.sound, rough: true } },
      truth,
      played,
      stretch,
    );
    if (fault !== null) wrong.push(fault);
  }
  return wrong;
}

function wrongStretch(
  made: TortureCase,
  { sounds: truths, unclear }: Truth,
  samples: Float32Array,
  whole: Stretch,
): string | null {
  const truth = truthUnder(truths, whole);
  const heard = truth && heardPart(truth, whole);
  if (!truth || !heard)
    return made.sound?.partly || made.damaged ? null : loudSilence([...truths, ...unclear], samples, whole);
  const speed = Math.abs(whole.stepSeconds) * hz;
  const stretch = speed === 1 ? heard : shortened(heard, edgeSeconds);
  const part = samples.subarray(stretch.from, stretch.to);
  if (part.length < shortestSeconds * hz) return null;
  const fit = fitTone(part, stretch.atSeconds + truth.toneSeconds, stretch.stepSeconds, 0.3);
  const rough = made.sound?.rough ?? false;
  const isEdge = nearEdge(truth, stretch);
  if (isEdge && (rough || truth.edgeNoise > 0.3)) return null;
  const noise = isEdge ? Math.max(0.2, truth.edgeNoise * 1.6, truth.noise * 1.6) : Math.max(0.02, truth.noise * 1.6);
  if (!(fit.gain > 0.15) || fit.noise > noise + (rough ? 0.3 : 0.03)) {
    const amounts = `gain ${fit.gain.toFixed(2)}, residual ${(fit.noise * 100).toFixed(0)} %`;
    return `${whole.name}: not the sound of that place (${amounts})`;
  }
  // where a piece begins in the source and where its sound begins are each rounded to the nearest sample
  const most = rough ? 1 + truth.wobbleSamples : 1;
  const late = fit.offsetSeconds * Math.sign(stretch.stepSeconds) * hz;
  return Math.abs(late) > most + truth.noise ? `${whole.name}: ${late.toFixed(1)} samples off` : null;
}

/** The sound of the file that most of a stretch comes from; null where there is none. */
function truthUnder(truths: readonly SoundTruth[], { atSeconds, stepSeconds, from, to }: Stretch): SoundTruth | null {
  const ends = [atSeconds, atSeconds + (to - from) * stepSeconds].sort((a, b) => a - b) as [number, number];
  const shared = ({ startSeconds, endSeconds }: SoundTruth) =>
    Math.min(ends[1], endSeconds) - Math.max(ends[0], startSeconds);
  return truths.filter((each) => shared(each) > 0).sort((a, b) => shared(b) - shared(a))[0] ?? null;
}

/** Lossy encoders smear the beginning and the end of the tone. */
function nearEdge(truth: SoundTruth, { atSeconds, stepSeconds, from, to }: Stretch): boolean {
  const ends = [atSeconds, atSeconds + (to - from) * stepSeconds];
  return Math.min(...ends) < truth.startSeconds + 0.06 || Math.max(...ends) > truth.endSeconds - 0.06;
}

/** The part of a stretch that lies within the tone; null where too little does. */
function heardPart({ startSeconds, endSeconds }: SoundTruth, stretch: Stretch): Stretch | null {
  const index = (seconds: number) => (seconds - stretch.atSeconds) / stretch.stepSeconds;
  const [a, b] = [index(startSeconds), index(endSeconds)].sort((x, y) => x - y) as [number, number];
  const margin = 0.004 * hz;
  const from = a > 0 ? Math.ceil(a + margin) : 0;
  const to = b < stretch.to - stretch.from ? Math.floor(b - margin) : stretch.to - stretch.from;
  return to - from >= shortestSeconds * hz ? moved(stretch, from, to) : null;
}

function moved(stretch: Stretch, from: number, to: number): Stretch {
  return {
    ...stretch,
    from: stretch.from + from,
    to: stretch.from + to,
    atSeconds: stretch.atSeconds + from * stretch.stepSeconds,
  };
}

function shortened(stretch: Stretch, seconds: number): Stretch {
  const samples = Math.round(seconds * hz);
  return moved(stretch, samples, Math.max(samples, stretch.to - stretch.from - samples));
}

/** Where no tone is, nothing is heard; encoders ring for a while at its edges. */
function loudSilence(sounds: readonly Extent[], samples: Float32Array, stretch: Stretch): string | null {
  let sum = 0;
  let count = 0;
  for (let index = 0; index < stretch.to - stretch.from; index++) {
    const seconds = stretch.atSeconds + index * stretch.stepSeconds;
    if (sounds.some((sound) => seconds > sound.startSeconds - 0.05 && seconds < sound.endSeconds + 0.05)) continue;
    sum += (samples[stretch.from + index] ?? 0) ** 2;
    count++;
  }
  return count > 100 && Math.sqrt(sum / count) > 0.02 ? `${stretch.name}: sound where there is none` : null;
}

/** A step in the sound where one piece goes on in the next. */
function clickAt(truths: readonly SoundTruth[], samples: Float32Array, before: Stretch, after: Stretch): string | null {
  const reach = Math.min(480, before.to - before.from, after.to - after.from);
  const around = moved(before, before.to - before.from - reach, before.to - before.from + reach);
  const truth = truthUnder(truths, around);
  if (!truth || heardPart(truth, around)?.to !== around.to) return null;
  const part = samples.subarray(around.from, around.to);
  const atSeconds = around.atSeconds + truth.toneSeconds;
  const fit = fitTone(part, atSeconds, around.stepSeconds, 0);
  const step = roughness(part, fit, atSeconds, around.stepSeconds, [reach - 6, reach + 6]);
  const usual = 0.012 + 2 * truth.roughness * Math.max(0.1, fit.gain);
  return step > usual ? `a click of ${step.toFixed(3)} at the cut before ${after.name}` : null;
}

function wrongLengths(made: TortureCase, truth: Truth, got: Made): string[] {
  const wrong: string[] = [];
  const frames = frameCountOf(got.pieces);
  const seconds = secondsFromTicks(ticksAtFrame(frames, got.rate));
  if (got.hasPicture && got.film.numbers.length !== frames)
    wrong.push(`the film has ${got.film.numbers.length} frames instead of ${frames}`);
  if (Math.abs(got.film.samples.length - Math.round(seconds * hz)) > 1)
    wrong.push(`the film's sound has ${got.film.samples.length} samples instead of ${Math.round(seconds * hz)}`);
  const length = lengthOf(made, truth);
  if (made.damaged || made.sound?.partly || got.isImage || length === null) return wrong;
  if (got.lengthSeconds < length.least - length.slack || got.lengthSeconds > length.most + length.slack)
    wrong.push(`${got.lengthSeconds.toFixed(4)} s long instead of ${length.least.toFixed(4)} s`);
  return wrong;
}

/**
 * A file is as long as its longest stream; a quarter of a second of sound beyond the picture is an encoder's padding.
 * The last frame may lie between two slots: the file then ends with the slot whose start is nearest.
 */
function lengthOf(made: TortureCase, truth: Truth): { least: number; most: number; slack: number } | null {
  const { pictureEndSeconds: picture, frames } = truth;
  const sound = truth.sounds.at(-1);
  if (picture === null || !made.picture) {
    if (!sound) return null;
    // packets are counted, with what an encoder puts around the sound
    return { least: sound.endSeconds, most: sound.paddedEndSeconds, slack: 0.03 };
  }
  const step = made.picture.rate.den / made.picture.rate.num;
  const slack = step / 2 + 0.0005;
  const lastSlot = Math.floor(frames.at(-1)!.seconds / step + 0.5 + 0.05);
  const shown = Math.max(picture, (lastSlot + 1) * step);
  const heard = sound?.endSeconds ?? 0;
  if (heard <= picture + 0.25) return { least: picture, most: shown, slack };
  return { least: heard, most: Math.max(heard, sound!.paddedEndSeconds, shown), slack };
}

function silentLosses(made: TortureCase, truth: Truth, got: Made): string[] {
  const losses: string[] = [];
  const isSaid = got.said.length > 0;
  if (truth.frames.length > 1 && got.isImage && !isSaid) losses.push(`${truth.frames.length} frames became a still`);
  if (truth.frames.length > 0 && !got.hasPicture && !isSaid) losses.push('the picture is left out');
  if (truth.sounds.length > 0 && got.soundStreams === 0 && !isSaid) losses.push('the sound is left out');
  if (got.soundStreams > 0 && got.soundStreams < made.soundStreams && !isSaid)
    losses.push(`${got.soundStreams} of ${made.soundStreams} sound streams are offered`);
  if (made.damaged && !isSaid) losses.push('unreported damage');
  if (!made.damaged && got.damage.length > 0) losses.push(`damage that is not there: ${got.damage[0]}`);
  if (made.leavesOut && !isSaid) losses.push('something is left out without a notice');
  return losses;
}
