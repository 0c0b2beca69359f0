/** The sound as a signal, and what it costs: joints, clicks, loudness, time and memory of the command. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { players, soundFontPath } from './lab.mjs';
import { clickEnergy, decodeSound, logMel, mean, median, melStep, quantile } from './measure.mjs';

const cli = resolve(import.meta.dirname, '../../../dist/host/cli.mjs');

const beds = ['rain and wind', 'forest birds', 'quiet room', 'city traffic'];
const seedsPerBed = 3;

/** Share of draws of `count` with chance 1 % that give `least` or more. */
function chanceOf(least, count) {
  let [term, below] = [0.99 ** count, 0];
  for (let k = 0; k < least; k++) {
    below += term;
    term *= ((count - k) / (k + 1)) * (0.01 / 0.99);
  }
  return 1 - below;
}

export async function seams({ f, family, make, row }) {
  const ratios = [];
  let clicks = 0;
  let joints = 0;
  // the loudest joint of a bed against the loudest of as many moments drawn from between
  const loudest = [];
  for (const prompt of beds) {
    const own = [];
    for (let seed = 1; seed <= seedsPerBed; seed++) {
      const { stems } = await make({ prompt, seed: seed + beds.indexOf(prompt), durationSeconds: 45, stems: ['ambience'] });
      const x = stems.ambience.left;
      const windows = f.planWindows(1125, family.maxLatentFrames, f.overlapFrames);
      // each overlap: where the next window comes in, where both are even, where the last one is gone
      const frames = windows.slice(1).flatMap((window, k) => { const end = windows[k].start + windows[k].length; return [window.start, Math.round((window.start + end) / 2), end]; });
      const mel = logMel(f, x);
      const elsewhere = Array.from({ length: 210 }, (_, k) => 60 + k * 20).filter((t) => frames.every((frame) => Math.abs(frame * 4 - t) > 12));
      own.push(mean(frames.map((frame) => melStep(mel, frame * 4))) / median(elsewhere.map((t) => melStep(mel, t))));
      // the decoder's chunks are joints too
      const places = [...frames, ...Array.from({ length: 11 }, (_, k) => 96 * (k + 1))].map((frame) => frame * 1920);
      const moments = Array.from({ length: 4100 }, (_, k) => 28800 + k * 499).filter((at) => places.every((place) => Math.abs(place - at) > 480));
      const energies = moments.map((at) => clickEnergy(x, at));
      const limit = quantile(energies, 0.99);
      const atJoints = places.map((at) => clickEnergy(x, at));
      joints += places.length;
      clicks += atJoints.filter((energy) => energy > limit).length;
      const draws = Array.from({ length: Math.floor(energies.length / places.length) }, (_, k) => Math.max(...places.map((_place, i) => energies[(k + i * 80) % energies.length])));
      loudest.push(Math.max(...atJoints) / median(draws));
      if (process.env.VERBOSE) console.log(prompt, seed, own.at(-1), clicks, joints, loudest.at(-1));
    }
    ratios.push(mean(own));
  }
  row('seams: log-mel step at window joints over the median elsewhere', mean(ratios).toFixed(2), '<= 1.3', `${beds.length * seedsPerBed} beds of 45 s, by kind: ${ratios.map((r) => r.toFixed(2)).join(', ')}; in, middle and out of each overlap`);
  row('clicks: joints with more energy in 1 ms than 99 % of all moments', `${clicks} of ${joints}`, 'no more than chance', `windows’ and decoder’s joints; 1 % is chance: ${(joints / 100).toFixed(1)}, and ${clicks} or more come with p = ${chanceOf(clicks, joints).toFixed(2)}; the loudest joint of a bed over the loudest of as many moments between: ${median(loudest).toFixed(2)}, at most ${Math.max(...loudest).toFixed(2)}`);
}

export async function levels({ f, family, packFolder, make, row }) {
  const bytes = Object.values(family.graphs).reduce((sum, path) => sum + statSync(join(packFolder, path)).size, 0);
  row('weights of the sound half', `${(bytes / 1e6).toFixed(1)} MB`, '<= 12 MB');
  const request = { prompt: 'rain and wind, footsteps on gravel, happy music', durationSeconds: 45, stems: ['ambience', 'foley', 'music'], hitSeconds: [5, 10, 15, 20] };
  const measured = [];
  const peaks = [];
  let sum;
  for (const lufs of f.loudnessPresets) {
    const { stems } = await make({ ...request, loudnessLufs: lufs });
    sum = f.sumStems(Object.fromEntries(Object.entries(stems).map(([name, sound]) => [name, f.storeOf(sound)])));
    measured.push([lufs, f.integratedLoudness(sum)]);
    peaks.push(20 * Math.log10(f.truePeak(sum)));
  }
  row('loudness of the sum, presets -16, -14, -23 LUFS', measured.map(([, own]) => own.toFixed(2)).join(', '), 'target +-0.5', `largest miss ${Math.max(...measured.map(([want, own]) => Math.abs(own - want))).toFixed(2)} LU`);
  row('true peak', `${Math.max(...peaks).toFixed(2)} dBTP`, '<= -1', 'loudest of the three');
  row('DC', Math.max(Math.abs(mean([...sum.left])), Math.abs(mean([...sum.right]))).toExponential(1), '< 0.001');
  const fold = f.storeOf({ sampleRateHz: 48000, left: sum.left.map((v, i) => (v + sum.right[i]) / 2), right: sum.left.map((v, i) => (v + sum.right[i]) / 2) });
  row('folded down to mono', `${(f.integratedLoudness(fold) - f.integratedLoudness(sum)).toFixed(1)} LU`, '', 'nothing cancels: 0 is mono already, -3 unrelated channels');
  row('ends', [sum.left[0], sum.left.at(-1)].map((v) => Math.abs(v).toExponential(0)).join(', '), '', 'first and last sample');
}

/** A film to put sound to, with movement: 1280x720 at 30, as long as asked. */
function film(folder, seconds) {
  const path = join(folder, `film${seconds}.mp4`);
  spawnSync('ffmpeg', ['-v', 'error', '-y', '-f', 'lavfi', '-i', `testsrc2=s=1280x720:r=30:d=${seconds}`, '-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', path]);
  return path;
}

/** Proportional set size of a process and all its children, bytes. */
function memoryOf(pid) {
  const parents = new Map();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      parents.set(Number(name), Number(readFileSync(`/proc/${name}/stat`, 'utf8').split(') ')[1].split(' ')[1]));
    } catch {} // it has ended
  }
  const family = [pid];
  for (let i = 0; i < family.length; i++) for (const [child, parent] of parents) if (parent === family[i]) family.push(child);
  let sum = 0;
  for (const each of family) {
    try {
      sum += 1024 * Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${each}/smaps_rollup`, 'utf8'))?.[1] ?? 0);
    } catch {}
  }
  return sum;
}

/** Processor time of all children that have ended, s. */
function childSeconds() {
  const fields = readFileSync('/proc/self/stat', 'utf8').split(') ')[1].split(' ');
  return (Number(fields[13]) + Number(fields[14])) / 100;
}

function runCommand(args, watch, soundFont) {
  return new Promise((done, fail) => {
    const began = performance.now();
    const child = spawn(process.execPath, [cli, ...args], { stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, FRAMEWRIGHT_SOUNDFONT: soundFont ?? '' } });
    let said = '';
    child.stderr.on('data', (data) => (said += data));
    let peak = 0;
    const timer = watch ? setInterval(() => (peak = Math.max(peak, memoryOf(child.pid))), 200) : null;
    child.on('exit', (code) => {
      clearInterval(timer);
      if (code === 0) done({ seconds: (performance.now() - began) / 1000, peak });
      else fail(new Error(said.slice(-800)));
    });
  });
}

const words = 'rain and wind, footsteps on gravel, happy music';

export async function time({ row }) {
  if (!existsSync(cli)) return row('time', 'not measured', '', 'npm run build first');
  const folder = mkdtempSync(join(tmpdir(), 'soundtrack-time-'));
  try {
    const input = film(folder, 45);
    for (const [player, font] of players) {
      const soundFont = font && soundFontPath;
      const took = [];
      const load = [];
      const before = childSeconds();
      for (let i = 0; i < 3; i++) {
        load.push(readFileSync('/proc/loadavg', 'utf8').split(' ')[0]);
        took.push((await runCommand(['soundtrack', input, words, '-o', join(folder, `out${i}.mp4`), '--seed', '1'], false, soundFont)).seconds);
      }
      const processor = (childSeconds() - before) / 3;
      row(`45 s, three stems, whole command, two cores, ${player}`, `${Math.min(...took).toFixed(1)} s`, '<= 20 s', `best of ${took.map((s) => s.toFixed(1)).join(', ')}; load before each ${load.join(', ')}; ${processor.toFixed(1)} s of processor time a run; 720p film decoded in it`);
      const [one, two] = [0, 1].map((i) => decodeSound(join(folder, `out${i}.mp4`)));
      row(`same seed, same sound, two runs, ${player}`, one.length === two.length && one.every((v, i) => v === two[i]) ? 'yes' : 'no', 'yes');
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export async function memory({ row }) {
  if (!existsSync(cli)) return row('memory', 'not measured', '', 'npm run build first');
  const folder = mkdtempSync(join(tmpdir(), 'soundtrack-memory-'));
  try {
    for (const [player, font] of players) {
      const soundFont = font && soundFontPath;
      const peaks = [];
      for (const minutes of [1, 5, 10]) {
        const { peak, seconds } = await runCommand(['soundtrack', film(folder, 60 * minutes), words, '-o', join(folder, 'out.wav'), '--seed', '1'], true, soundFont);
        peaks.push(`${minutes} min ${(peak / 1e9).toFixed(2)} GB (${seconds.toFixed(0)} s)`);
        console.log(peaks.at(-1));
      }
      row(`memory at its peak, all processes of the command, ${player}`, peaks.at(-1).split(' (')[0], '<= 1.5 GB, no growth', peaks.join(', '));
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
