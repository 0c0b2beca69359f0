/** Ducking: how a stem makes way for speech. */
import type { SpeechCurve } from '../footage/speech.ts';

/** The gain is fully down this long before the first word. */
const downSeconds = 0.25;
/** The gain is fully back this long after the last word. */
const backSeconds = 0.5;

/** Linear gain at a sample (48 kHz): `underDb` (negative) during speech, 1 elsewhere, eased in between. */
export function duckingGain(curve: SpeechCurve, underDb: number): (sample: number) => number {
  const { speaking, frameSeconds } = curve;
  const frames = speaking.length;
  const depth = new Float32Array(frames);
  const rise = frameSeconds / downSeconds;
  const fall = frameSeconds / backSeconds;
  let level = 0;
  for (let f = 0; f < frames; f++) depth[f] = level = speaking[f] ? 1 : Math.max(0, level - fall);
  level = 0;
  for (let f = frames - 1; f >= 0; f--) {
    level = Math.max(depth[f]!, level - rise);
    depth[f] = level;
  }
  const perFrame = 48000 * frameSeconds;
  const gains = depth.map((share) => 10 ** ((underDb * (0.5 - 0.5 * Math.cos(Math.PI * share))) / 20));
  return (sample) => {
    const x = sample / perFrame - 0.5;
    const low = Math.max(0, Math.min(frames - 1, Math.floor(x)));
    const part = Math.min(1, Math.max(0, x - low));
    const here = gains[low] ?? 1;
    return here + ((gains[low + 1] ?? here) - here) * part;
  };
}
