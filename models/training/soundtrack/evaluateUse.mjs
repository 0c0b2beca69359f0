/** What a user would notice: is it the thing, does it fall on the movement, is the music as asked, does it make way for speech. */
import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { decode, fluxOf, keyOf, logMel, match, mean, motionPeaks, onsetsOf, tempoOf } from './measure.mjs';
import { players, speechFinder } from './lab.mjs';
import { trainProbe } from './soundProbe.mjs';

const shared = resolve(import.meta.dirname, '../../../../shared');

const heard = {
  rain: { prompt: 'rain', stem: 'ambience' },
  sea_waves: { prompt: 'sea waves', stem: 'ambience' },
  fire_crackling: { prompt: 'crackling fire', stem: 'ambience' },
  helicopter: { prompt: 'helicopter', stem: 'ambience' },
  chainsaw: { prompt: 'chainsaw', stem: 'ambience' },
  dog_bark: { prompt: 'dog barking', stem: 'foley', hits: [0.5, 1.1, 2.4, 3] },
  clock_tick: { prompt: 'ticking clock', stem: 'foley', hits: [0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5] },
  rooster: { prompt: 'rooster crowing', stem: 'foley', hits: [0.6] },
};

export async function probe({ f, make, row }) {
  const real = trainProbe(f, join(shared, 'training/sounds'));
  if (!real) return row('probe of real recordings', 'not measured', '', 'the recordings are not there');
  const [results, withFades] = [{}, {}];
  const seeds = [1, 2, 3, 4, 5, 6];
  for (const [name, { prompt, stem, hits = [] }] of Object.entries(heard)) {
    const shares = [];
    const faded = [];
    for (const seed of seeds) {
      const { stems } = await make({ prompt, seed, stems: [stem], durationSeconds: 8, hitSeconds: hits.map((t) => t + 1) });
      // 5 s from the middle: a recording of the probe's does not begin and end in a fade, which would be heard as movement
      shares.push(real.share(stems[stem].left.slice(48000, 6 * 48000), name));
      const short = await make({ prompt, seed, stems: [stem], durationSeconds: 5, hitSeconds: hits });
      faded.push(real.share(short.stems[stem].left, name));
    }
    results[name] = mean(shares);
    withFades[name] = mean(faded);
  }
  const names = Object.keys(heard);
  const own = mean(names.map((name) => real.own[name]));
  const made = mean(names.map((name) => results[name]));
  const capped = mean(names.map((name) => Math.min(results[name], real.own[name])));
  const each = names.map((name) => `${name.replace('_', ' ')} ${results[name].toFixed(2)} (${real.own[name].toFixed(2)})`).join(', ');
  row('a probe taught real recordings only: generated recognised over its own accuracy on held-out real', (made / own).toFixed(2), '>= 0.70', `${made.toFixed(2)} over ${own.toFixed(2)}; ${real.recordings} recordings, 5 folds, ${seeds.length} seeds, 5 s out of 8; ${(capped / own).toFixed(2)} with no kind counted above the probe’s own; ${(mean(names.map((name) => withFades[name])) / own).toFixed(2)} for whole stems of 5 s with the fades at their ends; each (its own): ${each}`);
}

/** Filmed, neither rendered nor drawn. */
const filmed = ['intel_walk.mkv', 'sam_02_cups.mp4', 'mdn_friday.mp4', 'mdn_flower.mp4', 'mdn_stream-of-water.mp4', 'intel_bottle-detection.mp4'];

export async function clips({ f, make, row }) {
  const folder = join(shared, 'media');
  const there = existsSync(folder) ? filmed.filter((name) => readdirSync(folder).includes(name)) : [];
  if (there.length === 0) return row('real clips', 'not measured', '', 'the clips are not there');
  const together = { now: 0, shifted: 0, onsets: 0, peaks: 0, clips: 0 };
  for (const name of there) {
    const path = join(folder, name);
    const [width, height, fps] = [64, 36, 25];
    const data = decode(path, ['-t', '20', '-vf', `fps=${fps},scale=${width}:${height}`, '-pix_fmt', 'rgb24', '-f', 'rawvideo']);
    if (!data) continue;
    const frameCount = Math.floor(data.length / (width * height * 3));
    const seconds = frameCount / fps;
    const peaks = motionPeaks(path, seconds);
    if (peaks.length < 2) continue;
    const { stems, rewrittenPrompt } = await make({ durationSeconds: seconds, picture: { frames: { data: new Uint8Array(data), frameCount, width, height }, fps }, seed: 3 });
    const onsets = onsetsOf(fluxOf(logMel(f, stems.foley.left)));
    const hits = (shift) => match(onsets, peaks.map((t) => t + shift).filter((t) => t > 0 && t < seconds), 0.08).hits;
    const shifted = (hits(0.5) + hits(-0.5)) / 2;
    together.now += hits(0);
    together.shifted += shifted;
    together.onsets += onsets.length;
    together.peaks += peaks.length;
    together.clips += 1;
    if (process.env.VERBOSE) console.log(name, seconds, rewrittenPrompt, 'peaks', peaks.length, 'onsets', onsets.length, 'hits', hits(0), 'shifted', shifted);
  }
  row('real clips: sound onsets on motion peaks (80 ms) over the same shifted by 0.5 s', (together.now / Math.max(1, together.shifted)).toFixed(2), '>= 2', `${together.now} over ${together.shifted}; ${together.clips} filmed clips, ${together.peaks} peaks, ${together.onsets} onsets, picture alone`);
}

const keys = ['C major', 'D minor', 'E minor', 'F major', 'G major', 'A minor', 'B flat major', 'C minor', 'D major', 'F sharp minor', 'A flat major', 'B minor'];
const pieces = [['happy', 104], ['calm', 72], ['epic', 90], ['driving', 120], ['sad', 66], ['playful', 112], ['dreamy', 80], ['festive', 128], ['heroic', 96], ['romantic', 84], ['spooky', 76], ['hopeful', 100]];

export async function music({ f, make, row }) {
  for (const [name, player] of players) await musicOf(name, { f, row, make: (asked) => make({ ...asked, player }) });
}

async function musicOf(player, { f, make, row }) {
  const names = ['C', 'C sharp', 'D', 'E flat', 'E', 'F', 'F sharp', 'G', 'A flat', 'A', 'B flat', 'B'];
  const tempi = [];
  const rightKeys = [];
  for (const [i, [mood, bpm]] of pieces.entries()) {
    const key = keys[i];
    const { stems } = await make({ prompt: `${mood} music at ${bpm} bpm in ${key}`, seed: i + 1, stems: ['music'], durationSeconds: 24 });
    const tempo = tempoOf(f, stems.music.left);
    const found = keyOf(f, stems.music.left);
    tempi.push({ off: Math.abs(tempo / bpm - 1), octave: Math.min(...[0.5, 1, 2].map((by) => Math.abs((tempo * by) / bpm - 1))) });
    rightKeys.push(`${names[found.tonic]} ${found.mode}` === key ? 1 : 0);
    if (process.env.VERBOSE) console.log(mood, bpm, tempo.toFixed(1), key, names[found.tonic], found.mode);
  }
  const within = (list) => mean(list.map((off) => (off <= 0.02 ? 1 : 0)));
  row(`asked tempo against measured, within 2 %, ${player}`, within(tempi.map((t) => t.octave)).toFixed(2), 'within 2 %', `${pieces.length} pieces of 24 s; beat level counted as right at half or double; ${within(tempi.map((t) => t.off)).toFixed(2)} at the asked level itself`);
  row(`asked key against measured (Krumhansl profiles), ${player}`, mean(rightKeys).toFixed(2), '>= 0.80', `${pieces.length} pieces, 24 keys to choose from`);

  const hits = [3.3, 7.7, 10.9, 15.2, 19.6];
  const struck = [];
  const missed = [];
  for (const prompt of ['calm music', 'happy music', 'epic music', 'dreamy music']) {
    const { stems } = await make({ prompt, seed: 2, stems: ['music'], durationSeconds: 24, hitSeconds: hits });
    const onsets = onsetsOf(fluxOf(logMel(f, stems.music.left)), 0.25);
    struck.push(match(onsets, hits).hits);
    missed.push(match(onsets, hits.map((t) => t + 0.23)).hits);
  }
  row(`music: asked-for hits with an onset within 50 ms, ${player}`, mean(struck.map((n) => n / hits.length)).toFixed(2), '', `${mean(missed.map((n) => n / hits.length)).toFixed(2)} for the same shifted by 0.23 s; 4 pieces, ${hits.length} hits each`);

  const cuts = [6.3, 13.1, 18.4, 27.7, 35.2];
  const [on, off] = [[], []];
  for (const prompt of ['happy music', 'epic music', 'calm music, 100 bpm']) {
    const { stems } = await make({ prompt, seed: 5, stems: ['music'], durationSeconds: 44, picture: cutFilm(cuts, 44) });
    const flux = fluxOf(logMel(f, stems.music.left));
    const near = (t) => Math.max(...flux.slice(Math.round(t * 100) - 6, Math.round(t * 100) + 8));
    for (const cut of cuts) {
      on.push(near(cut));
      for (const shift of [-1.3, -0.9, 0.9, 1.3]) off.push(near(cut + shift));
    }
  }
  row(`music: strongest onset within 70 ms of the picture’s cuts, over 0.9 and 1.3 s beside them, ${player}`, (mean(on) / mean(off)).toFixed(2), '', `${on.length} cuts`);
}

/** Flat colours that change at each cut. */
function cutFilm(cuts, seconds) {
  const [w, h, fps] = [32, 18, 16];
  const data = new Uint8Array(w * h * 3 * fps * seconds);
  for (let t = 0; t < fps * seconds; t++) {
    const shot = cuts.filter((cut) => cut <= t / fps).length;
    for (let p = 0; p < w * h; p++) data.fill((p * 37 * (shot + 1)) % 200, (t * w * h + p) * 3, (t * w * h + p) * 3 + 3);
  }
  return { frames: { data, frameCount: fps * seconds, width: w, height: h }, fps };
}

/** A clip whose sound is speech (a shared clip) between two stretches without: are the stems down there, and only there? */
export async function speech({ f, make, row }) {
  const rateHz = f.speechRateHz;
  const findSpeech = speechFinder(f);
  const read = (name) => {
    const path = join(shared, 'media', name);
    const bytes = existsSync(path) ? decode(path, ['-ac', '1', '-ar', String(rateHz), '-f', 's16le', '-c:a', 'pcm_s16le']) : null;
    return bytes && new Int16Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length - (bytes.length % 2)));
  };
  const share = async (samples) => mean([...(await findSpeech(samples)).speaking]);
  const talk = read('mdn_friday.mp4');
  if (!talk) return row('speech', 'not measured', '', 'the clips are not there');
  const others = ['mdn_stream-of-water.mp4', 'mdn_t-rex-roar.mp3', 'mdn_flower.mp4', 'sam_02_cups.mp4'].map(read).filter((x) => x);
  const music = await make({ prompt: 'happy music', stems: ['music'], durationSeconds: 20 });
  const rain = await make({ prompt: 'rain', stems: ['ambience'], durationSeconds: 10 });
  const low = (sound) => Int16Array.from({ length: Math.floor(sound.left.length / 3) }, (_, i) => 8000 * (sound.left[3 * i] + sound.left[3 * i + 1] + sound.left[3 * i + 2]));
  others.push(low(music.stems.music), low(rain.stems.ambience));
  row('speech found in a clip of speech; in clips without', `${(await share(talk)).toFixed(2)}; ${mean(await Promise.all(others.map(share))).toFixed(2)}`, '', `share of time; 1 clip, ${others.length} others (water, a roar, generated music and rain among them)`);
  const own = new Int16Array(20 * rateHz);
  own.set(talk.subarray(0, 6 * rateHz), 7 * rateHz);
  const request = { prompt: 'rain', stems: ['ambience', 'music'], durationSeconds: 20, seed: 2 };
  const plain = await make(request);
  const ducked = await make({ ...request, ownSound: own, findSpeech });
  const level = (made, stem, from, to) => 10 * Math.log10(mean([...made.stems[stem].left.subarray(from * 48000, to * 48000)].map((v) => v * v)) + 1e-12);
  const change = (stem, from, to) => (level(ducked, stem, from, to) - level(plain, stem, from, to)).toFixed(1);
  row('under speech: music, ambience; before it: music', `${change('music', 8, 12)} dB, ${change('ambience', 8, 12)} dB; ${change('music', 2, 6)} dB`, '', '20 s, speech from 7 to 13 s');
}
