/**
 * Maps of a scene: sky, distance, ground and skin, one of each a frame, steady over time, with their edges on those of
 * the picture. They lie below each other in one grey frame.
 */
import { boxMean } from '../../../../../models/families/footage/select/guidedFilter.ts';
import { farnessOf, groundOf } from './ground.ts';
import { findSky, skyIsThere } from './sky.ts';
import { smallFrameOf, type SmallFrame, type Values } from './smallFrame.ts';

/** The maps, from top to bottom. */
export const mapNames = ['sky', 'far', 'ground', 'skin'] as const;
export type MapName = (typeof mapNames)[number];

/** What of a new frame's guess enters the maps. */
const share = 0.4;
/** Mean change of luma that is a cut. */
const cutChange = 0.11;
/** Share of the picture from which skin counts as found. */
const leastSkin = 0.001;
const edgeRadius = 6;
const flatVariance = 6e-4;

/** Takes the frames of a film in order. */
export class SceneWatch {
  private readonly width: number;
  private readonly height: number;
  private held: Record<MapName, Values> | null = null;
  private before: Values | null = null;
  private horizon = 0;
  private mostSkin = 0;
  private readonly horizons: number[] = [];
  private readonly likenesses: number[] = [];

  constructor(width: number, height: number) {
    this.width = width;
    this.height = height;
  }

  /** `rgb`: rgb24; `people`: where people are, 0..1, or null. Answers one grey frame of all maps. */
  take(rgb: Uint8Array, people: Values | null): Uint8Array {
    const { width, height } = this;
    const frame = smallFrameOf(rgb, width, height);
    const sky = findSky(frame);
    this.likenesses.push(sky.likeness);
    const isNew = this.before === null || changeOf(this.before, frame.luma) > cutChange;
    this.horizon = isNew ? sky.horizon : this.horizon + (sky.horizon - this.horizon) * 0.2;
    this.horizons.push(this.horizon);
    const inside = sky.likeness >= 0.5 ? sky.inside : new Float32Array(frame.luma.length);
    const guess: Record<MapName, Values> = {
      sky: inside,
      far: farnessOf(frame, inside, this.horizon),
      ground: groundOf(frame, inside, this.horizon),
      skin: people ? skinOf(frame, people) : new Float32Array(frame.luma.length),
    };
    this.held = isNew || !this.held ? guess : mixedMaps(this.held, guess);
    this.before = frame.luma;
    this.mostSkin = Math.max(this.mostSkin, this.held.skin.reduce((sum, value) => sum + value, 0) / frame.luma.length);
    return this.drawn(frame, this.held, people !== null);
  }

  /** What was found in all frames so far. */
  get found(): { hasSky: boolean; horizon: number; hasSkin: boolean } {
    const horizons = this.horizons.toSorted((a, b) => a - b);
    return {
      hasSky: skyIsThere(this.likenesses),
      horizon: horizons[horizons.length >> 1] ?? 0,
      hasSkin: this.mostSkin > leastSkin,
    };
  }

  private drawn({ luma }: SmallFrame, maps: Record<MapName, Values>, hasPeople: boolean): Uint8Array {
    const { width, height } = this;
    const size = width * height;
    const out = new Uint8Array(mapNames.length * size);
    const guide = new EdgeGuide(luma, width, height);
    for (const [index, name] of mapNames.entries()) {
      if (name === 'skin' && !hasPeople) continue;
      const edged = guide.pulled(maps[name]);
      const stretch = name === 'sky' ? 1.5 : 1;
      for (let i = 0; i < size; i++)
        out[index * size + i] = 255 * Math.min(1, Math.max(0, 0.5 + (edged[i]! - 0.5) * stretch)) + 0.5;
    }
    return out;
  }
}

/** A guided filter (He, Sun, Tang, 2013) whose guide serves several maps. */
class EdgeGuide {
  private readonly luma: Values;
  private readonly mean: Values;
  private readonly variance: Values;
  private readonly box: (data: Values) => Values;

  constructor(luma: Values, width: number, height: number) {
    this.luma = luma;
    this.box = (data) => boxMean({ data, width, height }, edgeRadius).data;
    this.mean = this.box(luma);
    const square = this.box(luma.map((value) => value * value));
    this.variance = square.map((value, i) => value - this.mean[i]! ** 2 + flatVariance);
  }

  pulled(map: Values): Values {
    const { luma, mean, variance, box } = this;
    const mapMean = box(map);
    const both = box(map.map((value, i) => value * luma[i]!));
    const slope = both.map((value, i) => (value - mean[i]! * mapMean[i]!) / variance[i]!);
    const offset = mapMean.map((value, i) => value - slope[i]! * mean[i]!);
    const [a, b] = [box(slope), box(offset)];
    return luma.map((value, i) => a[i]! * value + b[i]!);
  }
}

function mixedMaps(held: Record<MapName, Values>, guess: Record<MapName, Values>): Record<MapName, Values> {
  const mix = (name: MapName): Values => held[name].map((value, i) => value + (guess[name][i]! - value) * share);
  return { sky: mix('sky'), far: mix('far'), ground: mix('ground'), skin: mix('skin') };
}

/** Faces and hands: what is coloured like skin on people, with eyes and mouths, which lie between. */
function skinOf({ skin, width, height }: SmallFrame, people: Values): Values {
  const radius = Math.max(2, Math.round(width / 64));
  const near = boxMean({ data: skin.map((value, i) => value * people[i]!), width, height }, radius).data;
  return near.map((value, i) => Math.min(1, Math.max(0, (value - 0.16) * 4)) * Math.min(1, people[i]! * 2));
}

function changeOf(before: Values, luma: Values): number {
  let sum = 0;
  for (let i = 0; i < luma.length; i++) sum += Math.abs(luma[i]! - before[i]!);
  return sum / luma.length;
}
