import { frameAtTicks, framesPerSecond, ticksAtFrame, type Rate, type Ticks } from './ticks.ts';

/** Non-drop SMPTE timecode `HH:MM:SS:FF`, frames counted at the rounded rate (SMPTE ST 12-1). Negative gets a '-'. */
export function formatTimecode(ticks: Ticks, rate: Rate): string {
  const base = Math.round(framesPerSecond(rate));
  const sign = ticks < 0 ? '-' : '';
  const frame = Math.abs(frameAtTicks(ticks, rate));
  const two = (n: number) => String(n).padStart(2, '0');
  const seconds = Math.floor(frame / base);
  const fields = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60, frame % base];
  return sign + fields.map(two).join(':');
}

/**
 * Reads `HH:MM:SS:FF`, shorter forms from the right (`12:05` is 12 s 5 frames), or plain seconds (`7.5`).
 * Returns null when it is none of these.
 */
export function parseTimecode(text: string, rate: Rate): Ticks | null {
  const base = Math.round(framesPerSecond(rate));
  const trimmed = text.trim();
  if (/^-?\d+(\.\d+)?$/.test(trimmed)) {
    return ticksAtFrame(Math.round(Number(trimmed) * framesPerSecond(rate)), rate);
  }
  const parts = trimmed.split(/[:;]/);
  if (parts.length < 2 || parts.length > 4 || !parts.every((part) => /^\d{1,3}$/.test(part))) return null;
  const numbers = parts.map(Number);
  while (numbers.length < 4) numbers.unshift(0);
  const [hours, minutes, seconds, frames] = numbers as [number, number, number, number];
  if (minutes > 59 || seconds > 59 || frames >= base) return null;
  return ticksAtFrame(((hours * 60 + minutes) * 60 + seconds) * base + frames, rate);
}

/** '0:39', '2:12', '1:02:03': for lists, where frames would be noise. */
export function formatDuration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const two = (n: number) => String(n).padStart(2, '0');
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}
