/**
 * Picture features for the sound models, at the latent rate: V = 8 rows of 0..1, see README.md. 0 motion, 1 movement
 * onsets, 2 cuts, 3 brightness, 4 requested hits, 5 motion over a second, 6 colour, 7 whether there is a picture.
 */
import type { Frames } from '../pipeline.ts';
import type { FrameSource } from './contract.ts';

/** Row of each picture feature in the `video_features` tensor. */
export const featureRows = {
  motion: 0,
  onset: 1,
  cut: 2,
  brightness: 3,
  hit: 4,
  slowMotion: 5,
  colour: 6,
  present: 7,
} as const;
/** Rows of the `video_features` tensor. */
export const featureChannels = 8;

/** A moment of the picture, in seconds, and its strength. */
export interface Moment {
  readonly seconds: number;
  /** 0..1 */
  readonly strength: number;
}

/** Measurements of the picture, frame by frame. */
export interface PictureAnalysis {
  readonly durationSeconds: number;
  readonly fps: number;
  /** One value per picture frame, 0..1. */
  readonly motion: Float32Array;
  readonly brightness: Float32Array;
  readonly colour: Float32Array;
  /** Red, green, blue over the whole picture, 0..1. */
  readonly meanColour: readonly [number, number, number];
  readonly onsets: readonly Moment[];
  readonly cuts: readonly number[];
}

interface Seen {
  readonly brightness: Float32Array;
  readonly colour: Float32Array;
  readonly meanColour: readonly [number, number, number];
  /** Mean absolute change from the frame before, less the change of overall brightness. */
  readonly change: Float32Array;
  /** Row of the centre of whatever moves, 0 (top) to 1 (bottom). */
  readonly centre: Float32Array;
}

/** Measures every frame in one pass, each against the one before. */
function watch(frames: Frames | FrameSource): Seen {
  const { frameCount, width, height } = frames;
  const pixels = width * height;
  const seen = {
    brightness: new Float32Array(frameCount),
    colour: new Float32Array(frameCount),
    change: new Float32Array(frameCount),
    centre: new Float32Array(frameCount).fill(0.5),
  };
  const total: [number, number, number] = [0, 0, 0];
  let luma = new Float32Array(pixels);
  let before = new Float32Array(pixels);
  for (let f = 0; f < frameCount; f++) {
    let sum = 0;
    let chroma = 0;
    const data = 'read' in frames ? frames.read(f) : frames.data.subarray(f * pixels * 3, (f + 1) * pixels * 3);
    for (let p = 0; p < pixels; p++) {
      const i = p * 3;
      const r = data[i]! / 255;
      const g = data[i + 1]! / 255;
      const b = data[i + 2]! / 255;
      const y = 0.2126 * r + 0.7152 * g + 0.0722 * b;
      luma[p] = y;
      sum += y;
      total[0] += r;
      total[1] += g;
      total[2] += b;
      chroma += Math.max(r, g, b) - Math.min(r, g, b);
    }
    seen.brightness[f] = sum / pixels;
    seen.colour[f] = Math.min(1, (2 * chroma) / pixels);
    if (f > 0) {
      const drift = seen.brightness[f]! - seen.brightness[f - 1]!;
      let change = 0;
      let weight = 1e-6;
      let rows = 0.5e-6;
      for (let p = 0; p < pixels; p++) {
        const difference = luma[p]! - before[p]!;
        change += Math.max(0, Math.abs(difference - drift) - 0.01);
        const moved = Math.max(0, Math.abs(difference) - 0.03);
        weight += moved;
        rows += (moved * (Math.floor(p / width) + 0.5)) / height;
      }
      seen.change[f] = change / pixels;
      seen.centre[f] = weight > 1e-4 ? rows / weight : seen.centre[f - 1]!;
    }
    [luma, before] = [before, luma];
  }
  const count = Math.max(1, frameCount * pixels);
  return { ...seen, meanColour: [total[0] / count, total[1] / count, total[2] / count] };
}

function percentile(values: ArrayLike<number>, share: number): number {
  const sorted = Float32Array.from(values).sort();
  return sorted.length === 0 ? 0 : sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;
}

/** Finds cuts: frames with far more change than just before and just after, over much of the picture. */
function findCuts(change: Float32Array, fps: number): number[] {
  const cuts: number[] = [];
  for (let f = 1; f < change.length; f++) {
    let around = 0;
    for (let d = -3; d <= 3; d++) if (d !== 0) around = Math.max(around, change[f + d] ?? 0);
    if (change[f]! > 0.06 && change[f]! > 2.5 * around && (cuts.length === 0 || f / fps - cuts[cuts.length - 1]! > 0.2))
      cuts.push(f / fps);
  }
  return cuts;
}

/** Finds movement that begins, jumps or hits the ground. Onsets are at least 0.12 s apart; the strongest are kept. */
function findOnsets(motion: Float32Array, centre: Float32Array, cuts: readonly number[], fps: number): Moment[] {
  const found: Moment[] = [];
  for (let f = 1; f < motion.length; f++) {
    const before = Math.max(motion[f - 1]!, 0.6 * (motion[f - 2] ?? 0));
    const rise = motion[f]! - before;
    const falling = centre[f]! - (centre[f - 2] ?? centre[f]!);
    const rising = centre[f]! - (centre[f + 2] ?? centre[f]!);
    const bounce = motion[f]! > 0.05 && falling > 0.02 && rising > 0.02 ? Math.min(1, 6 * (falling + rising)) : 0;
    const strength = Math.max(rise > 0.12 ? Math.min(1, 1.4 * rise) : 0, bounce);
    if (strength > 0.1 && !cuts.some((cut) => Math.abs(cut - f / fps) < 1.5 / fps))
      found.push({ seconds: f / fps, strength });
  }
  const kept: Moment[] = [];
  for (const moment of [...found].sort((a, b) => b.strength - a.strength)) {
    if (kept.every((other) => Math.abs(other.seconds - moment.seconds) >= 0.12)) kept.push(moment);
  }
  return kept.sort((a, b) => a.seconds - b.seconds);
}

/** Analyses the whole picture in one pass. Frames of about 64x36 are enough. */
export function analysePicture(frames: Frames | FrameSource, fps: number): PictureAnalysis {
  const { change, centre, ...seen } = watch(frames);
  const cuts = findCuts(change, fps);
  for (const cut of cuts) change[Math.round(cut * fps)] = change[Math.round(cut * fps) - 1] ?? 0;
  // the liveliest moments of the film are 1, but a nearly still film stays near 0
  const scale = Math.max(0.008, percentile(change, 0.97));
  const motion = change.map((value) => Math.min(1, value / scale));
  const onsets = findOnsets(motion, centre, cuts, fps);
  return { durationSeconds: frames.frameCount / fps, fps, motion, ...seen, onsets, cuts };
}

/** Adds a pulse shared by the two nearest frames, so that its time is finer than a frame. */
function pulse(
  rows: Float32Array,
  row: number,
  frameCount: number,
  seconds: number,
  strength: number,
  rateHz: number,
): void {
  const x = seconds * rateHz - 0.5;
  const i = Math.floor(x);
  for (const [j, share] of [
    [i, 1 - (x - i)],
    [i + 1, x - i],
  ] as const) {
    if (j >= 0 && j < frameCount)
      rows[row * frameCount + j] = Math.min(1, rows[row * frameCount + j]! + share * strength);
  }
}

/** The feature rows, f32[8, frameCount] at rateHz. Without a picture only the hits are set, as if they were seen. */
export function featureRowsFor(
  picture: PictureAnalysis | null,
  hitSeconds: readonly number[],
  frameCount: number,
  rateHz: number,
): Float32Array {
  const rows = new Float32Array(featureChannels * frameCount);
  for (const hit of hitSeconds) {
    pulse(rows, featureRows.hit, frameCount, hit, 1, rateHz);
    // most hits in training were also visible: marking them as seen makes the hit sharper
    pulse(rows, featureRows.onset, frameCount, hit, 0.9, rateHz);
  }
  if (picture === null) {
    if (hitSeconds.length > 0) rows.fill(1, featureRows.present * frameCount, (featureRows.present + 1) * frameCount);
    return rows;
  }
  const at = (values: Float32Array, i: number): number => {
    const x = Math.min(values.length - 1, Math.max(0, ((i + 0.5) / rateHz) * picture.fps));
    const low = Math.floor(x);
    return values[low]! * (1 - (x - low)) + (values[low + 1] ?? values[low]!) * (x - low);
  };
  for (let i = 0; i < frameCount; i++) {
    rows[featureRows.motion * frameCount + i] = at(picture.motion, i);
    rows[featureRows.brightness * frameCount + i] = at(picture.brightness, i);
    rows[featureRows.colour * frameCount + i] = at(picture.colour, i);
    rows[featureRows.present * frameCount + i] = 1;
  }
  const half = Math.round(rateHz / 2);
  for (let i = 0; i < frameCount; i++) {
    let sum = 0;
    for (let d = -half; d < half; d++)
      sum += rows[featureRows.motion * frameCount + Math.min(frameCount - 1, Math.max(0, i + d))]!;
    rows[featureRows.slowMotion * frameCount + i] = sum / (2 * half);
  }
  for (const onset of picture.onsets) pulse(rows, featureRows.onset, frameCount, onset.seconds, onset.strength, rateHz);
  for (const cut of picture.cuts) pulse(rows, featureRows.cut, frameCount, cut, 1, rateHz);
  return rows;
}
