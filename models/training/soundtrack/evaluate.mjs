/**
 * One command, one table: node evaluate.mjs PACK TESTSET [OUT.json]
 * PARTS=1,2,3,4 picks parts (autoencoder, foley, words, long piece); SEEDS=1,2,3 the seeds of part 3; QUICK=1 halves the clips.
 * PACK holds soundtrack/, TESTSET comes from makeTestSet.py. Everything runs through the shipped TypeScript and graphs.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { context, loadFamily, openPack, readFamily, readWav } from './lab.mjs';

const [packFolder, testFolder, outFile] = process.argv.slice(2);
const f = await loadFamily();
const family = readFamily(packFolder);
const pack = openPack(packFolder, 2);
const quiet = { checkCancelled() {} };
const parts = (process.env.PARTS ?? '1,2,3,4').split(',');
const half = process.env.QUICK ? 2 : 1;
const rows = [];
const row = (what, value, note = '') => {
  rows.push([what, value, note]);
  console.log(`${what}: ${value}  ${note}`);
};
const mean = (list) => list.reduce((a, b) => a + b, 0) / Math.max(1, list.length);
const median = (list) => [...list].sort((a, b) => a - b)[list.length >> 1];

/** ln power in 40 mel bands, 10 ms steps: [bands][frames]. Its own measure, not the model's bands. */
function logMel(x) {
  const shape = { fftSize: 1024, hopSize: 480 };
  const k = Math.floor(x.length / 480);
  const s = f.analyse(x, k, shape);
  const mel = (hz) => 2595 * Math.log10(1 + hz / 700);
  const edges = Array.from({ length: 42 }, (_, i) => 700 * (10 ** ((mel(40) + ((mel(20000) - mel(40)) * i) / 41) / 2595) - 1) / 46.875);
  return Array.from({ length: 40 }, (_, m) => {
    const lo = Math.max(0, Math.floor(edges[m]));
    const hi = Math.max(lo + 1, Math.ceil(edges[m + 2]));
    return Float32Array.from({ length: k }, (_, t) => {
      let sum = 0;
      for (let b = lo; b < hi && b < 513; b++) sum += s[b * k + t] ** 2 + s[(513 + b) * k + t] ** 2;
      return Math.log(sum / (hi - lo) + 1e-7);
    });
  });
}

/** Mean |difference| of two log-mels, dB. */
const melDistance = (a, b) => (10 / Math.LN10) * mean(a.map((band, m) => mean([...band].map((v, t) => Math.abs(v - b[m][t])))));

/** Onsets by spectral flux: seconds. */
function soundOnsets(x) {
  const mel = logMel(x);
  const frames = mel[0].length;
  const flux = new Float32Array(frames);
  for (let t = 2; t < frames; t++) for (const band of mel) flux[t] += Math.max(0, band[t] - Math.max(band[t - 1], band[t - 2])) / 40;
  const out = [];
  for (let t = 2; t < frames - 2; t++) {
    const around = flux.slice(Math.max(0, t - 4), t + 5);
    if (flux[t] === Math.max(...around) && flux[t] > 0.45 && (out.length === 0 || t / 100 - out.at(-1) > 0.1)) out.push((t + 0.5) / 100);
  }
  return out;
}

function f1(found, wanted, tolerance = 0.05) {
  const free = new Set(found);
  let hits = 0;
  const offsets = [];
  for (const w of wanted) {
    const near = [...free].filter((v) => Math.abs(v - w) <= tolerance).sort((a, b) => Math.abs(a - w) - Math.abs(b - w))[0];
    if (near !== undefined) {
      free.delete(near);
      hits++;
      offsets.push(Math.abs(near - w));
    }
  }
  return { hits, found: found.length, wanted: wanted.length, offsets };
}
const score = (list) => {
  const s = list.reduce((a, b) => ({ hits: a.hits + b.hits, found: a.found + b.found, wanted: a.wanted + b.wanted }), { hits: 0, found: 0, wanted: 0 });
  return (2 * s.hits) / Math.max(1, s.found + s.wanted);
};

// 1 autoencoder
const index = JSON.parse(readFileSync(join(testFolder, 'index.json'), 'utf8'));
const encoder = await pack.session(family.graphs.encoder);
const decoder = await pack.session(family.graphs.decoder);
const raw = { ...family, latentMean: family.latentMean.map(() => 0), latentStd: family.latentStd.map(() => 1) };
const latentsOf = async (x) => {
  const n = Math.floor(x.length / 1920);
  const out = await encoder.run({ spectrum: { type: 'float32', data: f.analyse(x, 5 * n, family.stft), dims: [1, 2, 513, 5 * n] } });
  return { z: out.latent.data, n };
};
const distances = { synth: [], real: [] };
const sums = new Map();
for (const [number, clip] of index.entries()) {
  if (!parts.includes('1') && !clip.name.startsWith('synth_')) continue;
  if (parts.includes('1') && number % half !== 0 && !parts.includes('3')) continue;
  const x = readWav(join(testFolder, `${clip.name}.wav`));
  const { z, n } = await latentsOf(x);
  if (!parts.includes('1')) {
    sums.set(clip.name, { kind: clip.kind, centre: Float64Array.from({ length: 32 }, (_, c) => mean([...z.subarray(c * n, (c + 1) * n)])) });
    continue;
  }
  const y = await f.decodeLatents(decoder, raw, z, n, x.length, { seed: 1, width: 0 }, quiet, () => {});
  distances[clip.kind.startsWith('real') ? 'real' : 'synth'].push(melDistance(logMel(x), logMel(y.left)));
  const centre = Float64Array.from({ length: 32 }, (_, c) => mean([...z.subarray(c * n, (c + 1) * n)]));
  sums.set(clip.name, { kind: clip.kind, centre });
}
if (parts.includes('1')) row('autoencoder, log-mel distance, held-out synthesised', `${mean(distances.synth).toFixed(2)} dB`, `${distances.synth.length} clips, their silences included`);
if (parts.includes('1')) row('autoencoder, log-mel distance, held-out CC0 recordings', `${mean(distances.real).toFixed(2)} dB`, `${distances.real.length} clips`);

// 2 foley against known events
const make = async (changes) => f.runSoundtrackPipeline({ prompt: '', durationSeconds: 8, seed: 1, stems: ['foley'], picture: null, hitSeconds: [], ...changes }, family, context(pack));
const prompts = ['footsteps on gravel', 'footsteps on wood', 'footsteps in snow', 'knocking on a door', 'ball bouncing', 'hammer', 'church bell', 'clap', 'water drops', 'twigs snapping', 'metal clang', 'splash'];
const random = new f.Random(99);
/** A small film in which a square jumps at each event: the picture's onsets, not the hit channel. */
function film(events, seconds) {
  const [w, h, fps] = [32, 18, 25];
  const data = new Uint8Array(w * h * 3 * fps * seconds).fill(40);
  let place = 0;
  for (let t = 0; t < fps * seconds; t++) {
    if (events.some((e) => Math.round(e * fps) === t)) place = 1 - place;
    for (let y = 7; y < 11; y++) for (let x = 8 + 8 * place; x < 12 + 8 * place; x++) data.fill(220, ((t * h + y) * w + x) * 3, ((t * h + y) * w + x) * 3 + 3);
  }
  return { frames: { data, frameCount: fps * seconds, width: w, height: h }, fps };
}
const results = { hit: [], shifted: [], seen: [], offsets: [] };
for (const [i, prompt] of parts.includes('2') ? prompts.filter((_, k) => k % half === 0).entries() : []) {
  const events = [];
  for (let t = 0.4 + 0.4 * random.next(); t < 7.6; t += 0.45 + 0.9 * random.next()) events.push(Math.round(t * 25) / 25);
  for (const mode of ['hit', 'seen']) {
    const changes = mode === 'hit' ? { hitSeconds: events } : { picture: film(events, 8) };
    const { stems } = await make({ prompt, seed: i + 1, ...changes });
    const found = soundOnsets(stems.foley.left);
    const s = f1(found, events);
    results[mode].push(s);
    results.offsets.push(...s.offsets);
    results.shifted.push(f1(found, events.map((e) => e + 0.2)));
  }
}
if (parts.includes('2')) {
row('foley onset F1 at 50 ms, events asked for as hits', score(results.hit).toFixed(3), `${results.hit.length} prompts, ${results.hit.reduce((a, b) => a + b.wanted, 0)} events`);
row('foley onset F1 at 50 ms, events seen in the picture', score(results.seen).toFixed(3), 'a square that jumps');
row('the same against events shifted by 0.2 s', score(results.shifted).toFixed(3), 'control');
row('median offset', `${(1000 * median(results.offsets)).toFixed(0)} ms`);
}

// 3 does the text matter: nearest mean latent of held-out clips
const asked = { rain: 'rain', sea: 'sea waves', fire: 'campfire', wind: 'wind', birds: 'birdsong', insects: 'crickets', city: 'city traffic', murmur: 'crowd murmur', room: 'quiet room', stream: 'stream', underwater: 'underwater', machines: 'factory machines', thunder: 'thunderstorm', party: 'cheering' };
const nearest = (x, kinds) => {
  let best = [Infinity, ''];
  for (const kind of kinds) {
    const reference = sums.get(`synth_${kind}`).centre;
    let d = 0;
    for (let c = 0; c < 32; c++) d += ((x[c] - reference[c]) / family.latentStd[c]) ** 2;
    if (d < best[0]) best = [d, kind];
  }
  return best[1];
};
const seeds = process.env.SEEDS ? process.env.SEEDS.split(',').map(Number) : [1, 2, 3];
let right = 0;
for (const [kind, prompt] of parts.includes('3') ? Object.entries(asked) : []) {
  for (const seed of seeds) {
    const { stems } = await make({ prompt, seed, stems: ['ambience'], durationSeconds: 3 });
    // undo the loudness normalisation: training level is -24 dBFS RMS
    const level = Math.sqrt(mean([...stems.ambience.left.subarray(24000, 110000)].map((v) => v * v)));
    const { z, n } = await latentsOf(stems.ambience.left.map((v) => (v * 0.063) / level));
    const centre = Float64Array.from({ length: 32 }, (_, c) => mean([...z.subarray(c * n + 10, (c + 1) * n - 15)]));
    if (nearest(centre, Object.keys(asked)) === kind) right++;
  }
}
if (parts.includes('3')) row('ambience named by its nearest held-out clip', `${right} of ${seeds.length * Object.keys(asked).length}`, `chance ${seeds.length}`);

// 4 long: time, seams, loudness
if (parts.includes('4')) {
const began = performance.now();
const long = await make({ prompt: 'rain and wind, footsteps on gravel', durationSeconds: 45, stems: ['ambience', 'foley', 'music'], hitSeconds: [5, 10, 15, 20] });
const seconds = (performance.now() - began) / 1000;
row('45 s, three stems', `${seconds.toFixed(1)} s`, `load ${readFileSync('/proc/loadavg', 'utf8').split(' ')[0]} on 2 cores`);
const sum = f.sumStems(long.stems);
row('loudness of the sum', `${f.integratedLoudness(sum).toFixed(2)} LUFS`);
row('true peak', `${(20 * Math.log10(f.truePeak(sum))).toFixed(2)} dBTP`);
row('DC', Math.abs(mean([...sum.left])).toExponential(1));
const mel = logMel(long.stems.ambience.left);
const step = (t) => mean(mel.map((band) => Math.abs(mean([...band.slice(t, t + 10)]) - mean([...band.slice(t - 10, t)]))));
const seams = [];
for (let frame = 128; frame < 1125; frame += 96) seams.push(step(Math.round(frame * 4)));
const elsewhere = Array.from({ length: 200 }, (_, i) => step(60 + i * 20)).filter((_, i) => i < 200);
row('ambience: log-mel step at window joints over the median elsewhere', (mean(seams) / median(elsewhere)).toFixed(2), `${seams.length} joints`);
}

const table = ['| what | measured | |', '|---|---|---|', ...rows.map((r) => `| ${r.join(' | ')} |`)].join('\n');
console.log(`\n${table}`);
if (outFile) writeFileSync(outFile, JSON.stringify(rows, null, 1));
