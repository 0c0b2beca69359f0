/**
 * Where somebody speaks, from a clip's own sound, without a model. Speech is loud against its background, voiced at
 * 75-400 Hz, and comes in syllables: within a second and a half its voiced parts come and go and its level moves by
 * many
 * decibels, at 2 to 8 times a second, while its pitch glides. Wind and traffic fail the second test, music and engines
 * the third.
 */

const frameSeconds = 0.02;

export interface SpeechCurve {
  /** 1 where somebody speaks, 0 elsewhere, one a frame of 20 ms. */
  readonly speaking: Uint8Array;
  readonly frameSeconds: number;
}

interface FrameFacts {
  readonly levelDb: Float32Array;
  /** 0 where unvoiced. */
  readonly pitchHz: Float32Array;
}

/** 120 to 900 Hz, where voices have most of their pitch and hiss has little. */
function voiceBand(samples: Int16Array, rateHz: number): Float32Array {
  const out = new Float32Array(samples.length);
  const low = 1 - Math.exp((-2 * Math.PI * 900) / rateHz);
  const high = 1 - Math.exp((-2 * Math.PI * 120) / rateHz);
  let [a, b, c] = [0, 0, 0];
  for (let i = 0; i < samples.length; i++) {
    a += low * (samples[i]! - a);
    b += low * (a - b);
    c += high * (b - c);
    out[i] = b - c;
  }
  return out;
}

/** Highest normalised autocorrelation at lags of 75 to 400 Hz over 40 ms, about frame by frame. */
function listen(heard: Int16Array, rateHz: number): FrameFacts {
  const samples = voiceBand(heard, rateHz);
  const step = Math.round(rateHz * frameSeconds);
  const frames = Math.floor(samples.length / step);
  const levelDb = new Float32Array(frames);
  const pitchHz = new Float32Array(frames);
  const shortest = Math.floor(rateHz / 400);
  const longest = Math.ceil(rateHz / 75);
  const span = 2 * step;
  for (let f = 0; f < frames; f++) {
    const start = f * step;
    let energy = 0;
    let mean = 0;
    for (let i = start; i < start + span; i++) mean += (samples[i] ?? 0) / span;
    for (let i = start; i < start + span; i++) energy += ((samples[i] ?? 0) - mean) ** 2;
    levelDb[f] = 10 * Math.log10(energy / span + 1e-3);
    if (energy / span < 100) continue; // -70 dBFS
    let best = 0;
    let bestLag = 0;
    for (let lag = shortest; lag <= longest; lag++) {
      let product = 0;
      let shifted = 0;
      for (let i = start; i < start + span; i += 2) {
        const later = (samples[i + lag] ?? 0) - mean;
        product += ((samples[i] ?? 0) - mean) * later;
        shifted += later * later;
      }
      const likeness = (2 * product) / (energy + 2 * shifted + 1);
      if (likeness > best) {
        best = likeness;
        bestLag = lag;
      }
    }
    if (best > 0.42 && bestLag > shortest) pitchHz[f] = rateHz / bestLag;
  }
  return { levelDb, pitchHz };
}

function percentile(values: ArrayLike<number>, share: number): number {
  const sorted = Float32Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}

/** Half a window of 1.5 s, in frames. */
const half = 37;

export function findSpeech(samples: Int16Array, rateHz: number): SpeechCurve {
  const { levelDb, pitchHz } = listen(samples, rateHz);
  const frames = levelDb.length;
  const raw = new Uint8Array(frames);
  for (let f = 0; f < frames; f += 5) {
    const from = Math.max(0, f - half);
    const to = Math.min(frames, f + half + 1);
    const level = levelDb.subarray(from, to);
    const loud = percentile(level, 0.9);
    const moves = loud - percentile(level, 0.15);
    let voiced = 0;
    let changes = 0;
    let glides = 0;
    let steps = 0;
    for (let i = from; i < to; i++) {
      const on = pitchHz[i]! > 0 && levelDb[i]! > loud - 22;
      if (on) voiced += 1;
      if (i === from) continue;
      const before = pitchHz[i - 1]! > 0 && levelDb[i - 1]! > loud - 22;
      if (on !== before) changes += 1;
      if (on && before) {
        steps += 1;
        const turn = Math.abs(Math.log2(pitchHz[i]! / pitchHz[i - 1]!));
        if (turn > 0.012 && turn < 0.25) glides += 1;
      }
    }
    const count = to - from;
    const syllables = changes / (2 * count * frameSeconds);
    const speaks =
      loud > 40 &&
      moves > 7.5 &&
      voiced > 0.13 * count &&
      voiced < 0.92 * count &&
      syllables > 1.2 &&
      syllables < 10 &&
      steps > 4 &&
      glides > 0.18 * steps;
    if (speaks) raw.fill(1, f, Math.min(frames, f + 5));
  }
  // a window that speaks does so somewhere within; short gaps between are part of it, single windows are chance
  const speaking = new Uint8Array(frames);
  for (let f = 0; f < frames;) {
    if (!raw[f]) {
      f += 1;
      continue;
    }
    let end = f;
    let gap = 0;
    while (end + gap < frames && gap < 50) {
      if (raw[end + gap]) {
        end += gap + 1;
        gap = 0;
      } else gap += 1;
    }
    if (end - f >= 30) speaking.fill(1, f, end);
    f = end + 1;
  }
  return { speaking, frameSeconds };
}

/**
 * Gain at each sample of 48 kHz: `underDb` while somebody speaks, reached a quarter of a second before and left half a
 * second after.
 */
export function duckingGain(curve: SpeechCurve, underDb: number): (sample: number) => number {
  const { speaking } = curve;
  const frames = speaking.length;
  const depth = new Float32Array(frames);
  const rise = 1 / (0.25 / frameSeconds);
  const fall = 1 / (0.5 / frameSeconds);
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
