/**
 * OpenTimelineIO's time: a double `value` at a double `rate`. Ticks go over as (fractional) frames of the sequence and
 * come back exact: a double holds both. Schema: opentimelineio.readthedocs.io, 'OTIO file format specification'.
 */
import {
  commonRates,
  framesPerSecond,
  nearestFrame,
  ticksAtFrame,
  ticksPerSecond,
  type Rate,
  type Ticks,
} from '../../time/ticks.ts';

export type Json = Record<string, unknown>;

/** An OTIO RationalTime: frames at `rate`, fractional where `ticks` is not on a frame. */
export function rationalTime(ticks: Ticks, rate: Rate): Json {
  const frame = nearestFrame(ticks, rate);
  // a whole frame as a whole number: other programs compare it with ==
  const value = ticksAtFrame(frame, rate) === ticks ? frame : (ticks / ticksPerSecond) * framesPerSecond(rate);
  return { OTIO_SCHEMA: 'RationalTime.1', rate: framesPerSecond(rate), value };
}

/** An OTIO TimeRange at `rate`. */
export function timeRange(startTicks: Ticks, durationTicks: Ticks, rate: Rate): Json {
  return {
    OTIO_SCHEMA: 'TimeRange.1',
    start_time: rationalTime(startTicks, rate),
    duration: rationalTime(durationTicks, rate),
  };
}

/** 29.97 -> 30000/1001; other rates to a thousandth. null where it is not a frame rate. */
export function rateFromNumber(fps: unknown): Rate | null {
  if (typeof fps !== 'number' || !Number.isFinite(fps) || fps < 1 || fps > 240) return null;
  const common = commonRates.find((rate) => Math.abs(framesPerSecond(rate) - fps) < 0.005);
  return common ?? (Number.isInteger(fps) ? { num: fps, den: 1 } : { num: Math.round(fps * 1000), den: 1000 });
}

/** Ticks of a RationalTime; null when it is none. Rates near 23.976 or 29.97 count as exactly x/1001. */
export function readTime(value: unknown): Ticks | null {
  if (!isJson(value)) return null;
  const { rate, value: count } = value;
  if (typeof rate !== 'number' || typeof count !== 'number' || !Number.isFinite(count) || !(rate > 0)) return null;
  // sample rates are above the frame rates that a name is looked up for
  const exact = rateFromNumber(rate) ?? { num: rate, den: 1 };
  const ticks = Math.round(((count * exact.den) / exact.num) * ticksPerSecond);
  return Number.isSafeInteger(ticks) ? ticks : null;
}

/** The ticks of an OTIO TimeRange, or null when the value is not one. */
export function readRange(value: unknown): { startTicks: Ticks; durationTicks: Ticks } | null {
  if (!isJson(value)) return null;
  const startTicks = readTime(value['start_time']);
  const durationTicks = readTime(value['duration']);
  return startTicks === null || durationTicks === null ? null : { startTicks, durationTicks };
}

/** True for a JSON object; arrays and null are not. */
export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The objects of a JSON array; empty for any other value. */
export function listOf(value: unknown): Json[] {
  return Array.isArray(value) ? value.filter(isJson) : [];
}

/** 'Clip' for 'Clip.2'. */
export function schemaOf(value: Json): string {
  return typeof value['OTIO_SCHEMA'] === 'string' ? value['OTIO_SCHEMA'].replace(/\.\d+$/, '') : '';
}

/** The value if it is a string, else ''. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** '/films/a b.mov' -> 'file:///films/a%20b.mov', 'C:\\a.mov' -> 'file:///C:/a.mov'; relative paths stay relative. */
export function urlFromPath(path: string): string {
  const slashes = path.replaceAll('\\', '/');
  const encoded = slashes
    .split('/')
    .map(encodeURIComponent)
    .join('/')
    .replace(/^([a-zA-Z])%3A\//, '$1:/');
  if (slashes.startsWith('//')) return `file:${encoded}`;
  if (slashes.startsWith('/')) return `file://${encoded}`;
  return /^[a-zA-Z]:\//.test(encoded) ? `file:///${encoded}` : encoded;
}

/** The other way; relative URLs are joined to `baseFolder` when there is one. URLs of other kinds stay as they are. */
export function pathFromUrl(url: string, baseFolder: string | null): string {
  const local = /^file:\/\/(?:localhost)?(\/.*)$/i.exec(url)?.[1];
  if (local !== undefined) return decode(local).replace(/^\/([a-zA-Z]:\/)/, '$1');
  const host = /^file:(\/\/[^/].*)$/i.exec(url)?.[1];
  if (host !== undefined) return decode(host);
  const path = decode(url);
  if (
    /^[a-z][a-z\d+.-]+:\/\//i.test(url) ||
    path.startsWith('/') ||
    /^[a-zA-Z]:[\\/]/.test(path) ||
    baseFolder === null
  )
    return path;
  return `${baseFolder.replace(/[\\/]$/, '')}/${path}`;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // a bare '%' in a file name: written by a program that does not encode
    return text;
  }
}
