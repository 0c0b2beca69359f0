/** Lays the picture into one frame after the other. Pure but for its masks, which are read as they are needed. */
import type { Box } from '../../../render/place.ts';
import type { FrameLayout, Samples } from '../plate/planes.ts';
import type { AddRun, LightMatch } from './addRun.ts';
import { colourDistance, gradeFor, rangeOf, statisticsOf, type LightStatistics } from './lightMatch.ts';
import { brightnessIn, edgeBlur, grainAt, grainOf } from './measurePlate.ts';
import { lightOfPicture, PictureLevels } from './pictureLevels.ts';
import type { PlateColour } from './plateColour.ts';
import { betweenQuads, boundsOf, heightOf, longestWay, widthOf, type Quad } from './quad.ts';
import { drawShadow, footOf, shadowMargin, shadowQuad, type Foot } from './shadow.ts';
import { blurred } from './softly.ts';

/** Share of a frame's time that a shutter is open. */
const shutter = 0.5;
const mostMoments = 16;
/** Blur that a sharp picture has in the frame, px. */
const ownBlur = 0.5;
/** Below this nobody sees it, levels of 8 bits. */
const unseenGrain = 0.4;
/** Opacity and darkness that count as a change. */
const seenFrom = 1 / 400;

type Wanted = Pick<AddRun, 'quad' | 'addition' | 'shadow' | 'shadowSide' | 'light' | 'blur'>;

/** A picture, matched to the footage on the frame it was placed on. */
export class Composer {
  readonly match: LightMatch;
  private readonly wanted: Wanted;
  private readonly layout: FrameLayout;
  private readonly colour: PlateColour;
  private readonly picture: PictureLevels;
  private readonly foot: Foot | null;
  private readonly blurPx: number;
  private readonly placedWidth: number;

  /** `planes`: the frame that the picture was placed on. */
  constructor(wanted: Wanted, rgba: Uint8Array, layout: FrameLayout, colour: PlateColour, planes: readonly Samples[]) {
    this.wanted = wanted;
    this.layout = layout;
    this.colour = colour;
    this.foot = wanted.shadow > 0 ? footOf(rgba, wanted.addition.width, wanted.addition.height) : null;
    this.placedWidth = widthOf(wanted.quad);
    const own = new PictureLevels(wanted.addition, rgba);
    const around = this.measure(own, planes);
    this.blurPx = around.blurPx;
    this.picture = around.grade ? new PictureLevels(wanted.addition, rgba, around.grade) : own;
    const after = this.colourOf(this.picture, wanted.quad);
    const distance = (of: LightStatistics | null) =>
      of && around.statistics ? colourDistance(of.mean, around.statistics.mean) : 0;
    this.match = {
      blurPx: around.blurPx,
      grain: around.grain,
      colourBefore: distance(around.own),
      colourAfter: distance(after),
    };
  }

  /** Everything that the picture and its shadow may touch at a place; null outside the frame. */
  reach(quad: Quad, before: Quad, after: Quad): Box | null {
    const { layout } = this;
    const quads = [quad, ...this.moments(before, quad, after)];
    if (this.foot) quads.push(shadowQuad(quad, this.foot, this.wanted.shadowSide));
    const margin = 3 * this.blurOf(quad) + (this.foot ? shadowMargin(quad) : 0) + 2;
    return boundsOf(quads, margin, layout.width, layout.height);
  }

  /**
   * Changes the frame's samples inside `reach`, and answers which pixels of that box changed. `exposure`: how much
   * brighter the surroundings are than on the frame it was placed on.
   */
  compose(
    planes: readonly Samples[],
    frame: number,
    [before, quad, after]: readonly [Quad, Quad, Quad],
    exposure: number,
    occluder: { readonly mask: Uint8Array; readonly featherPx: number } | null,
  ): { readonly box: Box; readonly changed: Uint8Array } | null {
    const box = this.reach(quad, before, after);
    if (!box) return null;
    const drawn = this.picture.draw(this.moments(before, quad, after), box);
    const [red, green, blue, opacity] = this.focused(drawn.data, box, this.blurOf(quad));
    const dark = this.foot ? drawShadow(this.picture, quad, this.foot, this.wanted, box) : null;
    const open = occluder && this.openAt(occluder.mask, occluder.featherPx, box);
    const ground = this.colour.read(planes, box);
    const made = { ...box, rgb: new Float32Array(ground.rgb.length) };
    const count = box.width * box.height;
    const changed = new Uint8Array(count);
    const strength = this.match.grain < unseenGrain ? 0 : this.match.grain / 255;
    const grain = strength > 0 ? new Float32Array(count) : null;
    const light = [red, green, blue] as const;
    for (let i = 0; i < count; i++) {
      const shown = open ? open[i]! : 1;
      const cover = opacity[i]! * shown;
      const shade = (dark?.[i] ?? 0) * shown * (1 - opacity[i]!);
      if (cover < seenFrom && shade < seenFrom) continue;
      changed[i] = 1;
      for (let channel = 0; channel < 3; channel++) {
        const under = ground.rgb[i * 3 + channel]! * (1 - shade);
        made.rgb[i * 3 + channel] = under * (1 - cover) + light[channel]![i]! * exposure * shown;
      }
      if (grain)
        grain[i] = cover * strength * grainAt(box.x + (i % box.width), box.y + Math.floor(i / box.width), frame);
    }
    this.colour.write(planes, ground, made, changed, grain);
    return { box, changed };
  }

  /** Where the shutter sees it; one place where it hardly moves. */
  private moments(before: Quad, quad: Quad, after: Quad): Quad[] {
    const open = shutter * this.wanted.blur;
    const way = Math.max(longestWay(before, quad), longestWay(quad, after)) * open;
    const count = Math.min(mostMoments, Math.ceil(way));
    if (count < 2) return [quad];
    return Array.from({ length: count }, (_, i) => {
      const at = ((i + 0.5) / count - 0.5) * open;
      return at < 0 ? betweenQuads(quad, before, -at) : betweenQuads(quad, after, at);
    });
  }

  /** Blur that brings the picture to the footage's focus at a place, px. */
  private blurOf(quad: Quad): number {
    const drawnFrom = Math.max(1, widthOf(quad) / this.wanted.addition.width);
    const own = ownBlur * drawnFrom;
    return this.wanted.blur * Math.sqrt(Math.max(0, this.blurPx ** 2 - own ** 2));
  }

  /** The four parts of what was drawn, blurred. */
  private focused(data: Float32Array, { width, height }: Box, sigma: number) {
    const parts = [0, 1, 2, 3].map((channel) => {
      const plane = new Float32Array(width * height);
      for (let i = 0; i < plane.length; i++) plane[i] = data[i * 4 + channel]!;
      return blurred(plane, width, height, sigma);
    });
    return parts as unknown as readonly [Float32Array, Float32Array, Float32Array, Float32Array];
  }

  /** 1 where nothing stands before the picture, softly. */
  private openAt(mask: Uint8Array, featherPx: number, box: Box): Float32Array {
    const { width } = this.layout;
    const open = new Float32Array(box.width * box.height);
    for (let i = 0, y = box.y; y < box.y + box.height; y++)
      for (let x = box.x; x < box.x + box.width; x++, i++) open[i] = mask[y * width + x]! >= 128 ? 0 : 1;
    return blurred(open, box.width, box.height, Math.max(0.7, this.blurPx) + featherPx / 3);
  }

  private colourOf(picture: PictureLevels, quad: Quad): LightStatistics | null {
    const box = boundsOf([quad], 0, this.layout.width, this.layout.height);
    if (!box) return null;
    const drawn = picture.draw([quad], box);
    return statisticsOf(lightOfPicture(drawn), (pixel) => drawn.data[pixel * 4 + 3]!);
  }

  private measure(own: PictureLevels, planes: readonly Samples[]) {
    const { layout, wanted } = this;
    const { quad } = wanted;
    const whole = { x: 0, y: 0, width: layout.width, height: layout.height };
    const size = Math.max(24, 0.35 * Math.max(heightOf(quad), this.placedWidth));
    const box = boundsOf([quad], size, layout.width, layout.height) ?? whole;
    const values = brightnessIn(planes, layout, box);
    const frame = brightnessIn(planes, layout, whole);
    const blurPx = edgeBlur(values, box.width, box.height) ?? edgeBlur(frame, layout.width, layout.height) ?? ownBlur;
    const grain = Math.sqrt(Math.max(0, grainOf(values, box.width, box.height) ** 2));
    const inner = boundsOf([quad], 0, layout.width, layout.height);
    const region = this.colour.read(planes, box);
    const statistics = statisticsOf(region, (pixel) => {
      const [x, y] = [box.x + (pixel % box.width), box.y + Math.floor(pixel / box.width)];
      const isUnder = inner && x >= inner.x && y >= inner.y && x < inner.x + inner.width && y < inner.y + inner.height;
      return isUnder ? 0.25 : 1;
    });
    const picture = this.colourOf(own, quad);
    const range = rangeOf(this.colour.read(planes, whole));
    const grade = picture && statistics ? gradeFor(picture, statistics, range, wanted.light) : null;
    return { blurPx, grain, statistics, own: picture, grade };
  }
}
