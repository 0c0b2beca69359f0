/** Runs the TypeScript pipeline from Node outside the app: for evaluation and for listening. */
import { build } from 'esbuild';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import * as ort from '../../runtime/onnxRuntime.mjs';

const here = dirname(fileURLToPath(import.meta.url));
export const families = resolve(here, '../../families');

/** Bundles the family's sources and gives their exports. */
export async function loadFamily() {
  const folder = join(families, 'soundtrack');
  const entry = ['pipeline', 'features', 'fft', 'istft', 'spectrum', 'latents', 'loudness', 'mix', 'random', 'musicTokens', 'musicPlan', 'soundFont', 'moods', 'soundStore', '../footage/speech', 'text', 'windows'].map((f) => `export * from '${folder}/${f}.ts';`).join('\n');
  const out = join(mkdtempSync(join(tmpdir(), 'soundtrack-')), 'family.mjs');
  await build({ stdin: { contents: entry, resolveDir: folder }, bundle: true, format: 'esm', platform: 'node', outfile: out, logLevel: 'error' });
  return import(pathToFileURL(out).href);
}

/** A PackReader over a folder that holds `soundtrack/`; sessions as the inference child opens them. */
export function openPack(packFolder, threads = 1) {
  const sessions = new Map();
  return {
    async session(path) {
      if (!sessions.has(path)) {
        const inner = await ort.InferenceSession.create(join(packFolder, path), { intraOpNumThreads: threads, interOpNumThreads: 1, graphOptimizationLevel: 'all', extra: { session: { intra_op: { allow_spinning: '0' } } } });
        sessions.set(path, {
          inputNames: inner.inputNames,
          outputNames: inner.outputNames,
          async run(feeds) {
            const out = await inner.run(Object.fromEntries(Object.entries(feeds).map(([k, t]) => [k, new ort.Tensor(t.type, t.data, t.dims)])));
            return Object.fromEntries(Object.entries(out).map(([k, t]) => [k, { type: t.type, data: t.data, dims: t.dims }]));
          },
        });
      }
      return sessions.get(path);
    },
    readText: async (path) => readFileSync(join(packFolder, path), 'utf8'),
    release: async () => {},
  };
}

/** Finds speech by the shipped footage pack, as the inference child does. */
export const speechFinder = (f) => async (samples) =>
  f.findSpeech(await openPack(resolve(families, '../packs/footage')).session('speech/silero_vad_16k.onnx'), samples, () => {});

export const readFamily = (packFolder) => JSON.parse(readFileSync(join(packFolder, 'soundtrack/family.json'), 'utf8'));
/** SOUNDFONT=file.sf3 plays the music with it; without, the built-in synthesisers do. */
export const soundFontPath = process.env.SOUNDFONT && existsSync(process.env.SOUNDFONT) ? process.env.SOUNDFONT : null;
if (process.env.SOUNDFONT && !soundFontPath) throw new Error(`${process.env.SOUNDFONT} is not there`);
const soundFont = soundFontPath && { read: async () => { const b = readFileSync(soundFontPath); return b.buffer.slice(b.byteOffset, b.byteOffset + b.length); } };
/** Who plays the music. */
export const players = [['built-in instruments', null], ...(soundFont ? [['a SoundFont', soundFont]] : [])];
export const context = (pack, player = players.at(-1)[1]) => ({ pack, checkCancelled() {}, report() {}, soundFont: player });

/** Stereo 16-bit wav. */
export function writeWav(path, sound) {
  const n = sound.left.length;
  const b = Buffer.alloc(44 + 4 * n);
  b.write('RIFF', 0); b.writeUInt32LE(36 + 4 * n, 4); b.write('WAVEfmt ', 8); b.writeUInt32LE(16, 16); b.writeUInt16LE(1, 20); b.writeUInt16LE(2, 22);
  b.writeUInt32LE(48000, 24); b.writeUInt32LE(192000, 28); b.writeUInt16LE(4, 32); b.writeUInt16LE(16, 34); b.write('data', 36); b.writeUInt32LE(4 * n, 40);
  for (let i = 0; i < n; i++) {
    b.writeInt16LE(Math.round(Math.max(-1, Math.min(1, sound.left[i])) * 32767), 44 + 4 * i);
    b.writeInt16LE(Math.round(Math.max(-1, Math.min(1, sound.right[i])) * 32767), 46 + 4 * i);
  }
  writeFileSync(path, b);
}

/** First channel of a 16-bit wav as written by makeTestSet.py. */
export function readWav(path) {
  const b = readFileSync(path);
  const channels = b.readUInt16LE(22);
  const start = b.indexOf('data') + 8;
  const n = Math.floor((b.length - start) / 2 / channels);
  return Float32Array.from({ length: n }, (_, i) => b.readInt16LE(start + 2 * channels * i) / 32768);
}
