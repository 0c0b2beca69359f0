/** How good the graphs are by themselves: the autoencoder on held-out clips, foley on known events, words on surroundings. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readWav } from './lab.mjs';
import { f1, fluxOf, logMel, match, mean, median, melDistance, onsetsOf } from './measure.mjs';

async function latentsOf({ f, family, pack }, x) {
  const encoder = await pack.session(family.graphs.encoder);
  const n = Math.floor(x.length / 1920);
  const out = await encoder.run({ spectrum: { type: 'float32', data: f.analyse(x, 5 * n, family.stft), dims: [1, 2, 513, 5 * n] } });
  const centre = (from, to) => Float64Array.from({ length: 32 }, (_, c) => mean([...out.latent.data.subarray(c * n + from, (c + 1) * n - to)]));
  return { z: out.latent.data, n, centre };
}

const readIndex = (folder) => JSON.parse(readFileSync(join(folder, 'index.json'), 'utf8'));

export async function autoencoder(lab) {
  const { f, family, pack, testFolder, row } = lab;
  const decoder = await pack.session(family.graphs.decoder);
  const raw = { ...family, latentMean: family.latentMean.map(() => 0), latentStd: family.latentStd.map(() => 1) };
  const distances = { synth: [], real: [] };
  for (const clip of readIndex(testFolder)) {
    const x = readWav(join(testFolder, `${clip.name}.wav`));
    const { z, n } = await latentsOf(lab, x);
    const y = new Float32Array(x.length);
    await f.decodeLatents(decoder, raw, z, n, x.length, { seed: 1, width: 0 }, { checkCancelled() {} }, (at, left) => y.set(left, at));
    distances[clip.kind.startsWith('real') ? 'real' : 'synth'].push(melDistance(logMel(f, x), logMel(f, y)));
  }
  row('autoencoder, log-mel distance, held-out synthesised', `${mean(distances.synth).toFixed(2)} dB`, '', `${distances.synth.length} clips, their silences included`);
  row('autoencoder, log-mel distance, held-out CC0 recordings', `${mean(distances.real).toFixed(2)} dB`, '', `${distances.real.length} clips`);
}

const struck = ['footsteps on gravel', 'footsteps on wood', 'footsteps in snow', 'knocking on a door', 'ball bouncing', 'hammer', 'church bell', 'clap', 'water drops', 'twigs snapping', 'metal clang', 'splash'];

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

export async function foley({ f, make, row }) {
  const random = new f.Random(99);
  const results = { hit: [], seen: [], offsets: [] };
  const shifted = { hit: [], seen: [] };
  for (const [i, prompt] of struck.entries()) {
    const events = [];
    for (let t = 0.4 + 0.4 * random.next(); t < 7.6; t += 0.45 + 0.9 * random.next()) events.push(Math.round(t * 25) / 25);
    for (const mode of ['hit', 'seen']) {
      const { stems } = await make({ prompt, seed: i + 1, ...(mode === 'hit' ? { hitSeconds: events } : { picture: film(events, 8) }) });
      const found = onsetsOf(fluxOf(logMel(f, stems.foley.left)));
      const s = match(found, events);
      results[mode].push(s);
      results.offsets.push(...s.offsets);
      shifted[mode].push(match(found, events.map((e) => e + 0.2)));
      if (process.env.VERBOSE) console.log(mode, prompt, s.hits, s.found, s.wanted);
    }
  }
  const events = results.hit.reduce((a, b) => a + b.wanted, 0);
  row('foley onset F1 at 50 ms, events asked for as hits', f1(results.hit).toFixed(3), '>= 0.80', `${struck.length} prompts, ${events} events`);
  row('foley onset F1 at 50 ms, events seen in the picture', f1(results.seen).toFixed(3), '>= 0.80', 'a square that jumps');
  row('the same two against events shifted by 0.2 s', `${f1(shifted.hit).toFixed(3)}; ${f1(shifted.seen).toFixed(3)}`, '<= 0.25', `hits; picture; median offset ${(1000 * median(results.offsets)).toFixed(0)} ms`);
}

const surroundings = { rain: 'rain', sea: 'sea waves', fire: 'campfire', wind: 'wind', birds: 'birdsong', insects: 'crickets', city: 'city traffic', murmur: 'crowd murmur', room: 'quiet room', stream: 'stream', underwater: 'underwater', machines: 'factory machines', thunder: 'thunderstorm', party: 'cheering' };

/** Does the text matter? The nearest mean latent of held-out clips. */
export async function words(lab) {
  const { family, testFolder, make, row } = lab;
  const references = new Map();
  for (const clip of readIndex(testFolder)) {
    if (!clip.name.startsWith('synth_') || !(clip.kind in surroundings)) continue;
    const { centre } = await latentsOf(lab, readWav(join(testFolder, `${clip.name}.wav`)));
    references.set(clip.kind, centre(0, 0));
  }
  let right = 0;
  const seeds = [1, 2, 3];
  for (const [kind, prompt] of Object.entries(surroundings)) {
    for (const seed of seeds) {
      const { stems } = await make({ prompt, seed, stems: ['ambience'], durationSeconds: 3 });
      // undo the loudness normalisation: training level is -24 dBFS RMS
      const level = Math.sqrt(mean([...stems.ambience.left.subarray(24000, 110000)].map((v) => v * v)));
      const centre = (await latentsOf(lab, stems.ambience.left.map((v) => (v * 0.063) / level))).centre(10, 15);
      const distance = (other) => other.reduce((sum, v, c) => sum + ((centre[c] - v) / family.latentStd[c]) ** 2, 0);
      const [nearest] = [...references].sort((a, b) => distance(a[1]) - distance(b[1]))[0];
      if (nearest === kind) right++;
    }
  }
  row('ambience named by its nearest held-out clip', `${right} of ${seeds.length * Object.keys(surroundings).length}`, '', `chance ${seeds.length}; ${seeds.length} seeds a kind`);
}
