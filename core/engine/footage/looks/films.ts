/** Looks of film: stocks, black and white, old reels. */
import { call, multiply, variable, add, subtract } from '../../../ffmpeg/expression.ts';
import { filter, type Stream } from '../../../ffmpeg/filterGraph.ts';
import {
  between,
  contrasted,
  eachOf,
  hex,
  lumaOf,
  mixed,
  ramp,
  saturated,
  smoothStep,
  unit,
  type ColourChange,
  type Rgb,
} from './colourMath.ts';
import type { LookDrawing } from './drawing.ts';
import { grained, haloed, vignetted } from './parts.ts';
import type { LookStage } from './stage.ts';
import { greyPlate } from './plate.ts';
import { dustPlate, scratchPlate, smoothNoise } from './textures.ts';

/** What makes a film stock. */
interface Stock {
  readonly change: ColourChange;
  /** 0..1 */
  readonly grain: number;
  /** Red light around what is very bright, 0..1. */
  readonly halation: number;
  readonly vignette: number;
}

/** A stock whose parts grow with the strength. */
function film(name: string, { change, grain, halation, vignette }: Stock): LookDrawing {
  return (stage, source, strength) => {
    const graded = stage.recolour(stage.rgb(source), name, (colour) => mixed(colour, change(colour), strength));
    const lit =
      halation === 0
        ? graded
        : haloed(stage, graded, { from: 0.82, sigma: 7, colour: [1, 0.32, 0.1], amount: halation * strength });
    return grained(stage, vignette === 0 ? lit : vignetted(stage, lit, vignette * strength), grain * strength);
  };
}

/** Warm colour negative: soft contrast, creamy skin, green-blue shadows. */
export const warmNegative = film('warmNegative', {
  change(colour) {
    const toned = eachOf(colour, (value) => 0.035 + 0.945 * contrasted(value, 1.08, 0.42));
    const grey = lumaOf(toned);
    const warm: Rgb = [toned[0] * 1.05 + 0.015, toned[1] * 1.005 + 0.008, toned[2] * 0.9 + 0.02];
    const shaded = mixed(
      warm,
      [grey * 0.82, grey * 1.0 + 0.01, grey * 0.98 + 0.02],
      0.3 * (1 - smoothStep(0, 0.45, grey)),
    );
    return saturated(shaded, 0.94);
  },
  grain: 0.07,
  halation: 0.4,
  vignette: 0.12,
});

/** Slide film: deep blacks and strong, clean colours. */
export const vividSlide = film('vividSlide', {
  change(colour) {
    const toned = eachOf(colour, (value) => contrasted(value, 1.32, 0.46));
    const [r, g, b] = saturated(toned, 1.42);
    return [r * 1.02, g * 0.99, b * 1.03];
  },
  grain: 0.04,
  halation: 0.12,
  vignette: 0.15,
});

/** Print film of the cinema: teal shadows, warm light. */
export const cinema = film('cinema', {
  change(colour) {
    const toned = eachOf(colour, (value) => 0.02 + 0.95 * contrasted(value, 1.2, 0.42));
    const grey = lumaOf(toned);
    const cool: Rgb = [grey * 0.62, grey * 1.02 + 0.015, grey * 1.12 + 0.045];
    const warm: Rgb = [Math.min(1, grey * 1.13 + 0.02), grey * 1.0, grey * 0.8];
    const split = mixed(cool, warm, smoothStep(0.18, 0.68, grey));
    return saturated(mixed(toned, split, 0.42), 1.1);
  },
  grain: 0.07,
  halation: 0.3,
  vignette: 0.22,
});

/** Instant picture: lifted blacks, faded colour, a green cast in the light. */
export const instant = film('instant', {
  change(colour) {
    const [r, g, b] = eachOf(saturated(colour, 0.78), (value) => 0.1 + 0.83 * contrasted(value, 0.95, 0.5));
    return [r * 1.04, g * 1.0 + 0.01, between(b * 0.88 + 0.05, 0.72, 0.12)];
  },
  grain: 0.08,
  halation: 0.25,
  vignette: 0.3,
});

/** Black and white film, as seen by a panchromatic emulsion behind a yellow filter. */
export const monochrome = film('monochrome', {
  change(colour) {
    const grey = contrasted(0.38 * colour[0] + 0.5 * colour[1] + 0.12 * colour[2], 1.18, 0.45);
    return [grey, grey, grey];
  },
  grain: 0.1,
  halation: 0.15,
  vignette: 0.1,
});

/** Film noir: hard light, deep shade, dark corners. */
export const noir = film('noir', {
  change(colour) {
    const seen = 0.5 * colour[0] + 0.42 * colour[1] + 0.08 * colour[2];
    const grey = contrasted(unit(seen * 1.04 - 0.03), 1.75, 0.48);
    return [grey * 0.985, grey * 0.99, Math.min(1, grey * 1.01 + 0.006)];
  },
  grain: 0.11,
  halation: 0.3,
  vignette: 0.55,
});

const sepia: ColourChange = (colour) => {
  const grey = 0.06 + 0.86 * contrasted(0.42 * colour[0] + 0.5 * colour[1] + 0.08 * colour[2], 1.25, 0.48);
  return ramp(
    [
      { at: 0, colour: hex('#160d06') },
      { at: 0.5, colour: hex('#8a6a45') },
      { at: 1, colour: hex('#f6e7c4') },
    ],
    grey,
  );
};

/** An old reel: sepia, dust, scratches, a frame that does not stand still and light that is not even. */
export const oldFilm: LookDrawing = (stage, source, strength) => {
  const soft = stage.rgb(stage.blur(source, 0.9 * strength + 0.1));
  const toned = stage.recolour(soft, 'sepia', (colour) => mixed(colour, sepia(colour), strength));
  const woven = weaving(stage, toned, strength);
  const size = stage.textureSize;
  const dark = (grey: Stream) => stage.curve(grey, subtract(255, variable('val')));
  const bright = stage.blend(woven, stage.asRgb(stage.jumping(dustPlate(size, 92))), 'screen', 0.75 * strength);
  const specked = stage.blend(
    bright,
    stage.asRgb(dark(stage.jumping(dustPlate(size, 91)))),
    'multiply',
    0.8 * strength,
  );
  const scratches = stage.drifting(scratchPlate(size, 95), { right: 0.02, down: 0 });
  const scratched = stage.blend(specked, stage.asRgb(scratches), 'screen', 0.35 * strength);
  return flickering(stage, grained(stage, vignetted(stage, scratched, 0.6 * strength), 0.14 * strength), strength);
};

/** The gate's play: two units at most, slowly. */
function weaving(stage: LookStage, rgb: Stream, strength: number): Stream {
  const { width, height } = stage.frames.size;
  const play = Math.round(stage.px(2.5) * strength);
  if (play === 0) return rgb;
  const { num, den } = stage.frames.rate;
  const wave = (hertz: number, phase: number) =>
    call('sin', add(multiply(variable('n'), (2 * Math.PI * hertz * den) / num), phase));
  const place = (a: number, b: number) => call('round', multiply(add(2, wave(a, 0.3), wave(b, 1.1)), play / 2));
  return stage.chain(
    rgb,
    filter('scale', { w: width + 2 * play, h: height + 2 * play, flags: 'bicubic' }),
    filter('crop', { w: width, h: height, x: place(0.7, 2.3), y: place(1.1, 3.1), exact: 1 }),
  );
}

/** Light that wavers by a few per cent. */
function flickering(stage: LookStage, rgb: Stream, strength: number): Stream {
  const size = { width: 400, height: 400, scale: 1 };
  const light = greyPlate('flicker', size.width, size.height, () =>
    smoothNoise(size, 80, 96).map((value) => 1 - (0.05 + 0.05 * value) * strength),
  );
  return stage.blend(rgb, stage.asRgb(stage.jumping(light)), 'multiply');
}
