/** Times as clips and chips say them. */
import { secondsFromTicks, type Ticks } from '../../../../core/time/ticks.ts';

/** '2.0', '12.5', '0.04': seconds with as many places as they need to be told apart. */
export function secondsText(ticks: Ticks): string {
  const seconds = secondsFromTicks(ticks);
  return seconds < 0.1 ? seconds.toFixed(2) : seconds.toFixed(1);
}

/** '0:14', '2:05', '1:00:00' for time left. */
export function leftText(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const two = (n: number) => String(n).padStart(2, '0');
  const hours = Math.floor(whole / 3600);
  return hours > 0
    ? `${hours}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`
    : `${Math.floor(whole / 60)}:${two(whole % 60)}`;
}

/** '2nd', '第 2 位': the place in the queue as the language counts. `place` 1 = next. */
export function ordinalText(place: number, language: string): string {
  if (language.startsWith('zh')) return `${place} 位`;
  const suffixes: Readonly<Record<string, string>> = { one: 'st', two: 'nd', few: 'rd', other: 'th' };
  return `${place}${suffixes[new Intl.PluralRules('en', { type: 'ordinal' }).select(place)] ?? 'th'}`;
}

/** '−9 dB', '+2.5 dB'. */
export function decibelText(db: number): string {
  return `${db < 0 ? '−' : '+'}${Math.round(Math.abs(db) * 10) / 10} dB`;
}
