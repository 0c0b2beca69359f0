/** Looks of the seasons. */
import { eachOf, fromHsv, hsvOf, mixed, saturated, smoothStep, unit, type ColourChange } from './colourMath.ts';
import type { LookDrawing } from './drawing.ts';
import { snowLaid } from './weather.ts';

/** Greens turn to orange and red. */
export const autumn: LookDrawing = (stage, source, strength) =>
  stage.recolour(stage.rgb(source), 'autumn', (colour) => mixed(colour, autumnal(colour), strength));

const autumnal: ColourChange = (colour) => {
  const { hue, saturation, value } = hsvOf(colour);
  const leaf = leafShare(hue, saturation * value);
  // yellow-green leaves become yellow and orange, dark green ones red and brown
  const turned = 18 + 26 * smoothStep(55, 130, 190 - hue) * smoothStep(0.15, 0.7, value);
  const leaves = fromHsv(turned, unit(saturation * 1.15 + 0.1), unit(value * 1.12));
  const [r, g, b] = mixed(colour, leaves, leaf);
  return [unit(r * 1.03), g, b * 0.95];
};

/** How much a colour is that of leaves and grass, 0..1. `chroma`: its greatest value less its smallest. */
function leafShare(hue: number, chroma: number): number {
  return smoothStep(42, 66, hue) * (1 - smoothStep(140, 168, hue)) * smoothStep(0.06, 0.16, chroma);
}

/** Greens turn to frost, snow lies on the ground and on what faces up, the light is low and blue. */
export const winter: LookDrawing = (stage, source, strength) => {
  const [forColour, forSnow] = stage.copies(source, 2);
  const frosted = stage.recolour(stage.rgb(forColour!), 'winter', (colour) => mixed(colour, wintry(colour), strength));
  return snowLaid(stage, frosted, forSnow!, 0.85 * strength);
};

const wintry: ColourChange = (colour) => {
  const { hue, saturation, value } = hsvOf(colour);
  const leaf = leafShare(hue, saturation * value);
  const frost = unit(0.36 + 0.66 * value);
  const frosted = mixed(colour, [frost * 0.95, frost * 0.985, frost], leaf * 0.88);
  const [r, g, b] = eachOf(saturated(frosted, 0.72), (each) => 0.03 + 0.97 * each);
  return [r * 0.95, g * 0.99, unit(b * 1.05 + 0.01)];
};
