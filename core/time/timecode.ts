/** Timecode of SMPTE ST 12-1: frames counted at the rounded rate, with or without dropped labels. */
import { frameAtTicks, framesPerSecond, ticksAtFrame, type Rate, type Ticks } from './ticks.ts';

/**
 * Labels that drop-frame timecode leaves out at the start of each minute but every tenth: 2 at 29.97, 4 at 59.94. Zero
 * where the rate has no drop-frame timecode.
 */
export function droppedLabels({ num, den }: Rate): number {
  const base = Math.round(num / den);
  return base % 30 === 0 && num * 1001 === base * 1000 * den ? base / 15 : 0;
}

/**
 * `HH:MM:SS:FF`; negative gets a '-'. With `dropFrame`, `HH:MM:SS;FF` where the rate has drop-frame timecode: it keeps
 * to the clock, while plain timecode at 29.97 falls 3.6 s behind in an hour.
 */
export function formatTimecode(ticks: Ticks, rate: Rate, dropFrame = false): string {
  const base = Math.round(framesPerSecond(rate));
  const dropped = dropFrame ? droppedLabels(rate) : 0;
  const sign = ticks < 0 ? '-' : '';
  const frame = Math.abs(frameAtTicks(ticks, rate));
  const label = dropped === 0 ? frame : labelOf(frame, base, dropped);
  const two = (n: number) => String(n).padStart(2, '0');
  const seconds = Math.floor(label / base);
  const fields = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map(two).join(':');
  return `${sign}${fields}${dropped === 0 ? ':' : ';'}${two(label % base)}`;
}

/** The label of a frame, counted without gaps at `base`: dropped labels are added. */
function labelOf(frame: number, base: number, dropped: number): number {
  const minute = base * 60 - dropped;
  const tenMinutes = minute * 10 + dropped;
  const tens = Math.floor(frame / tenMinutes);
  const rest = frame % tenMinutes;
  // the first minute of ten has all its labels
  const minutes = rest < base * 60 ? 0 : 1 + Math.floor((rest - base * 60) / minute);
  return frame + dropped * (tens * 9 + minutes);
}

/** Why a text is not a moment at a rate. */
export type TimecodeProblem = 'notTime' | 'noDropFrame' | 'droppedLabel';

/**
 * Reads `HH:MM:SS:FF`, shorter forms from the right (`12:05` is 12 s 5 frames), or plain seconds (`7.5`). A semicolon
 * (or a full stop before the frames of the whole form) means drop-frame timecode, which only 29.97 and 59.94 have.
 */
export function readTimecode(text: string, rate: Rate): Ticks | TimecodeProblem {
  const base = Math.round(framesPerSecond(rate));
  const trimmed = text.trim();
  if (/^-?\d+(\.\d+)?$/.test(trimmed)) {
    return ticksAtFrame(Math.round(Number(trimmed) * framesPerSecond(rate)), rate);
  }
  if (!/^\d{1,3}([:;]\d{1,3}){1,3}$|^(\d{1,3}:){2}\d{1,3}\.\d{1,3}$/.test(trimmed)) return 'notTime';
  const numbers = trimmed.split(/[:;.]/).map(Number);
  while (numbers.length < 4) numbers.unshift(0);
  const [hours, minutes, seconds, frames] = numbers as [number, number, number, number];
  if (minutes > 59 || seconds > 59 || frames >= base) return 'notTime';
  const label = ((hours * 60 + minutes) * 60 + seconds) * base + frames;
  if (!/[;.]/.test(trimmed)) return ticksAtFrame(label, rate);
  const dropped = droppedLabels(rate);
  if (dropped === 0) return 'noDropFrame';
  if (minutes % 10 !== 0 && seconds === 0 && frames < dropped) return 'droppedLabel';
  const allMinutes = hours * 60 + minutes;
  return ticksAtFrame(label - dropped * (allMinutes - Math.floor(allMinutes / 10)), rate);
}

/** As `readTimecode`; null for every text that is not a moment. */
export function parseTimecode(text: string, rate: Rate): Ticks | null {
  const read = readTimecode(text, rate);
  return typeof read === 'number' ? read : null;
}

/** '0:39', '2:12', '1:02:03': for lists, where frames would be noise. */
export function formatDuration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const two = (n: number) => String(n).padStart(2, '0');
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}
