/**
 * A room tone as long as it takes: pieces of the quietest stretch near the end of a sound, in random order and faded
 * into each other at equal power, so that no loop is heard. It leaves the sound through its own mirror image, so that
 * there is no step. Pure; interleaved stereo.
 */
import { randomFrom } from '../randomFrom.ts';

const channels = 2;
/** Length of the windows whose loudness is compared, of the pieces, and of the fades. Seconds. */
const windowSeconds = 0.5;
const fadeSeconds = 0.12;
const leaveSeconds = 0.06;
/** Below this there is no room to be heard: silence that an editor or a codec left. */
const silence = 1e-5;

/** `tail`: the sound before the seam. Answers `count` frames after it. `seed`: of the order of the pieces. */
export function roomTone(tail: Float32Array, count: number, sampleRate: number, seed: number): Float32Array {
  const tone = new Float32Array(count * channels);
  const frames = tail.length / channels;
  const window = Math.min(frames, Math.round(windowSeconds * sampleRate));
  if (window < 2) return tone;
  const start = quietest(tail, frames, window, sampleRate);
  const fade = Math.max(1, Math.min(Math.floor(window / 3), Math.round(fadeSeconds * sampleRate)));
  const random = randomFrom(seed);
  const shortest = Math.max(2 * fade, Math.floor(window * 0.6));
  for (let at = -fade; at < count;) {
    const length = shortest + Math.floor(random() * (window - shortest + 1));
    const from = start + Math.floor(random() * (window - length + 1));
    layPiece(tone, tail, at, from, length, fade);
    at += length - fade;
  }
  return leaving(tone, tail, frames, Math.min(count, frames, Math.round(leaveSeconds * sampleRate)));
}

/** First frame of the quietest window that is not silent; the last window where all are. */
function quietest(tail: Float32Array, frames: number, window: number, sampleRate: number): number {
  const hop = Math.max(1, Math.round(0.05 * sampleRate));
  const levels = Array.from({ length: Math.floor(frames / hop) }, (_, i) => levelOf(tail, i * hop, hop));
  const perWindow = Math.ceil(window / hop);
  let [best, least] = [frames - window, Infinity];
  for (let first = 0; first + perWindow <= levels.length; first++) {
    const inside = levels.slice(first, first + perWindow);
    const level = Math.max(...inside);
    // where some of it is silent, the room was cut off
    if (Math.min(...inside) > silence && level < least) [best, least] = [first * hop, level];
  }
  return best;
}

function levelOf(sound: Float32Array, start: number, length: number): number {
  let power = 0;
  for (let i = start * channels; i < (start + length) * channels; i++) power += sound[i]! * sound[i]!;
  return Math.sqrt(power / length / channels);
}

/** Adds a piece with a fade at each end, the sum of whose squares is one where two meet. */
function layPiece(
  tone: Float32Array,
  tail: Float32Array,
  at: number,
  from: number,
  length: number,
  fade: number,
): void {
  for (let i = 0; i < length; i++) {
    const to = at + i;
    if (to < 0 || to >= tone.length / channels) continue;
    const share = Math.min(1, (i + 0.5) / fade, (length - i - 0.5) / fade);
    const gain = Math.sin((share * Math.PI) / 2);
    for (let channel = 0; channel < channels; channel++)
      tone[to * channels + channel]! += gain * tail[(from + i) * channels + channel]!;
  }
}

/** From the sound's last sample into the tone: what came before the seam, played backwards, fades away. */
function leaving(tone: Float32Array, tail: Float32Array, frames: number, length: number): Float32Array {
  for (let i = 0; i < length; i++) {
    const away = Math.cos(((i + 0.5) / length) * (Math.PI / 2));
    const into = Math.sin(((i + 0.5) / length) * (Math.PI / 2));
    for (let channel = 0; channel < channels; channel++) {
      const at = i * channels + channel;
      tone[at] = into * tone[at]! + away * tail[(frames - 1 - i) * channels + channel]!;
    }
  }
  return tone;
}
