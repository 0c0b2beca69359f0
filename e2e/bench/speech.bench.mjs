/**
 * Clean speech: a clean reading mixed with running water and with pink noise, at 0 and 10 dB, cleaned by
 * `framewright clean-speech` and by ffmpeg's afftdn, whose delay is taken off. SI-SDR against the reading alone. The
 * reading is the file that FRAMEWRIGHT_SPEECH names; the card's figures are of two_cities.wav, which the Python package
 * moonshine-voice 0.1.5 carries. `npm run bench -- speech`.
 */
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ffmpeg, framewright, mediaFolder } from './realClips.mjs';

const rate = 48_000;
const seconds = 30;
/** Least gain of each mix, dB (issue 14). */
const bars = { 0: 6, 10: 4 };
const water = 'mdn_stream-of-water.mp4';
const afftdn = 'afftdn=nr=20:nf=-30:tn=1';
/** Longest delay that is looked for, samples. */
const longestDelay = 8192;

export async function run({ projectRoot, say }) {
  const reading = process.env.FRAMEWRIGHT_SPEECH;
  if (!reading || !existsSync(reading))
    throw new Error('FRAMEWRIGHT_SPEECH must name a recording of read speech without noise.');
  const media = mediaFolder(projectRoot, [water]);
  const folder = await mkdtemp(join(tmpdir(), 'framewright-speech-'));
  try {
    const speech = scaled(await samplesOf(['-i', reading]), 0.5);
    const noises = {
      'running water': ['-stream_loop', '-1', '-i', join(media, water)],
      'pink noise': ['-f', 'lavfi', '-i', `anoisesrc=color=pink:seed=7:sample_rate=${rate}`],
    };
    const rows = [];
    for (const [name, words] of Object.entries(noises)) {
      const noise = await samplesOf(words);
      for (const [level, bar] of Object.entries(bars)) {
        const found = await cleaned(projectRoot, folder, speech, mixed(speech, noise, Number(level)));
        const gain = found.ours - found.before;
        say(
          `  ${name}, ${level} dB: SI-SDR before ${found.before.toFixed(1)} dB, after ${found.ours.toFixed(1)}, ` +
            `afftdn ${found.theirs.toFixed(1)}`,
        );
        rows.push({
          figure: `clean speech, ${name} at ${level} dB: gain of SI-SDR (afftdn)`,
          measured: `${gain.toFixed(1)} dB (${(found.theirs - found.before).toFixed(1)} dB)`,
          bar: `>= ${bar} dB`,
          ok: gain >= bar,
        });
      }
    }
    return rows;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function cleaned(projectRoot, folder, speech, mix) {
  const [input, output] = ['mix.wav', 'clean.wav'].map((name) => join(folder, name));
  await ffmpeg(['-f', 'f32le', '-ar', String(rate), '-ac', '1', '-i', '-', '-c:a', 'pcm_f32le', input], bytesOf(mix));
  await framewright(projectRoot, ['clean-speech', input, '-o', output]);
  const ours = await samplesOf(['-i', output]);
  if (ours.length !== mix.length) throw new Error(`${ours.length} samples came of ${mix.length}`);
  const theirs = withoutDelay(mix, await samplesOf(['-i', input], ['-af', afftdn]));
  return { before: siSdr(speech, mix), ours: siSdr(speech, ours), theirs: siSdr(speech, theirs) };
}

/** One channel at `rate`, of at most `seconds`. */
async function samplesOf(input, filters = []) {
  const words = [...input, '-vn', ...filters, '-t', String(seconds), '-ac', '1', '-ar', String(rate)];
  const bytes = await ffmpeg([...words, '-f', 'f32le', '-']);
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + (bytes.length & ~3)));
}

const bytesOf = (samples) => Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);

function dot(a, b) {
  let sum = 0;
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) sum += a[i] * b[i];
  return sum;
}

/** Speech with noise that is `level` dB below it, not louder than 0.9. */
function mixed(speech, noise, level) {
  const length = Math.min(speech.length, noise.length);
  const [a, b] = [speech.subarray(0, length), noise.subarray(0, length)];
  const gain = Math.sqrt(dot(a, a) / dot(b, b) / 10 ** (level / 10));
  const mix = a.map((value, i) => value + gain * b[i]);
  return loudestOf(mix) > 0.9 ? scaled(mix, 0.9) : mix;
}

const loudestOf = (samples) => samples.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

function scaled(samples, peak) {
  const gain = peak / loudestOf(samples);
  return samples.map((value) => value * gain);
}

/** The scale-invariant ratio of a signal to what else is there, dB (Le Roux and others, 2019). */
function siSdr(truth, made) {
  const length = Math.min(truth.length, made.length);
  const scale = dot(truth, made) / dot(truth.subarray(0, length), truth);
  let [signal, rest] = [0, 0];
  for (let i = 0; i < length; i++) {
    signal += (scale * truth[i]) ** 2;
    rest += (made[i] - scale * truth[i]) ** 2;
  }
  return 10 * Math.log10(signal / Math.max(rest, 1e-12));
}

/** `made` moved forward by the delay at which it is most like `given`. */
function withoutDelay(given, made) {
  // two seconds from the middle say it
  const from = given.length >> 1;
  const piece = given.subarray(from, Math.min(given.length - longestDelay, from + 2 * rate));
  let best = { delay: 0, fit: -Infinity };
  for (let delay = 0; delay < longestDelay; delay++) {
    const fit = dot(piece, made.subarray(from + delay));
    if (fit > best.fit) best = { delay, fit };
  }
  return made.subarray(best.delay);
}
