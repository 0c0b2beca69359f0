/** Colour arithmetic on display values, 0..1. */

/** Red, green, blue as a screen shows them, 0..1. */
export type Rgb = readonly [red: number, green: number, blue: number];
/** A change of colour. */
export type ColourChange = (colour: Rgb) => Rgb;

/** The value, held within 0..1. */
export function unit(value: number): number {
  return Math.min(1, Math.max(0, value));
}

/** From `a` (share 0) to `b` (share 1). */
export function between(a: number, b: number, share: number): number {
  return a + (b - a) * share;
}

/** The same for colours. */
export function mixed(a: Rgb, b: Rgb, share: number): Rgb {
  return [between(a[0], b[0], share), between(a[1], b[1], share), between(a[2], b[2], share)];
}

/** Each channel through a function. */
export function eachOf(colour: Rgb, change: (value: number) => number): Rgb {
  return [change(colour[0]), change(colour[1]), change(colour[2])];
}

/** Rises smoothly from 0 at `from` to 1 at `to`. */
export function smoothStep(from: number, to: number, value: number): number {
  const t = unit((value - from) / (to - from));
  return t * t * (3 - 2 * t);
}

/** Luma of BT.709. */
export function lumaOf([r, g, b]: Rgb): number {
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** More colour for amounts above 1, less below. */
export function saturated(colour: Rgb, amount: number): Rgb {
  const grey = lumaOf(colour);
  return eachOf(colour, (value) => grey + (value - grey) * amount);
}

/** More contrast around `middle`, without clipping: a power curve on either side. */
export function contrasted(value: number, amount: number, middle = 0.5): number {
  const v = unit(value);
  return v < middle ? middle * (v / middle) ** amount : 1 - (1 - middle) * ((1 - v) / (1 - middle)) ** amount;
}

/** A colour of a ramp and its place, 0..1. */
export interface Stop {
  readonly at: number;
  readonly colour: Rgb;
}

/** A ramp through colours at places 0..1, in their order. */
export function ramp(stops: readonly Stop[], place: number): Rgb {
  const above = stops.findIndex(({ at }) => at >= place);
  if (above <= 0) return (above < 0 ? stops.at(-1)! : stops[0]!).colour;
  const [low, high] = [stops[above - 1]!, stops[above]!];
  return mixed(low.colour, high.colour, (place - low.at) / (high.at - low.at));
}

/** '#rrggbb' as values 0..1. */
export function hex(text: `#${string}`): Rgb {
  const value = Number.parseInt(text.slice(1), 16);
  return [(value >> 16) / 255, ((value >> 8) & 255) / 255, (value & 255) / 255];
}

/** Hue in degrees 0..360, saturation and value 0..1 (HSV). */
export function hsvOf([r, g, b]: Rgb): { hue: number; saturation: number; value: number } {
  const value = Math.max(r, g, b);
  const range = value - Math.min(r, g, b);
  if (range === 0) return { hue: 0, saturation: 0, value };
  const sector = value === r ? (g - b) / range : value === g ? 2 + (b - r) / range : 4 + (r - g) / range;
  return { hue: (sector * 60 + 360) % 360, saturation: range / value, value };
}

/** The way back from `hsvOf`. */
export function fromHsv(hue: number, saturation: number, value: number): Rgb {
  const channel = (n: number): number => {
    const k = (n + hue / 60) % 6;
    return value - value * saturation * Math.max(0, Math.min(k, 4 - k, 1));
  };
  return [channel(5), channel(3), channel(1)];
}
