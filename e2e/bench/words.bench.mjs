/**
 * Transcripts: word error rate of a reading whose text is known, and times of words whose places are known: espeak-ng
 * says them one by one, and they are joined with pauses. FRAMEWRIGHT_WHISPER names a model as `framewright packs add`
 * takes it, FRAMEWRIGHT_SPEECH a recording, FRAMEWRIGHT_SPEECH_TEXT a file with what is said in it. The card's figures
 * are of two_cities.wav, which the Python package moonshine-voice 0.1.5 carries. `npm run bench -- words`.
 */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ffmpeg, framewright } from './realClips.mjs';

const exec = promisify(execFile);
const rate = 16_000;
/** Issue 14. */
const bars = { wer: 3, ms: 80 };
const sentences = ['Nobody noticed the missing frame', 'People came from distant towns', 'Keep the best moments'];
const pauses = [0.05, 0.12, 0.3, 0.6];

export async function run({ projectRoot, say }) {
  const { FRAMEWRIGHT_WHISPER: model, FRAMEWRIGHT_SPEECH: reading, FRAMEWRIGHT_SPEECH_TEXT: text } = process.env;
  for (const path of [model, reading, text])
    if (!path || !existsSync(path))
      throw new Error('FRAMEWRIGHT_WHISPER, FRAMEWRIGHT_SPEECH and FRAMEWRIGHT_SPEECH_TEXT must name files.');
  const folder = await mkdtemp(join(tmpdir(), 'framewright-words-'));
  process.env.FRAMEWRIGHT_HOME = join(folder, 'home');
  try {
    await framewright(projectRoot, ['packs', 'add', model]);
    const heard = await heardIn(projectRoot, reading);
    const wer = errorRate(
      plain(await readFile(text, 'utf8')),
      heard.flatMap((word) => plain(word.text)),
    );
    say(`read speech: WER ${wer.toFixed(1)} %`);
    const { count, median } = await timeErrors(projectRoot, folder);
    return [
      row('words of a reading that are wrong', `${wer.toFixed(1)} %`, `<= ${bars.wer} %`, wer <= bars.wer),
      row(`times of ${count} words, median`, `${median.toFixed(0)} ms`, `<= ${bars.ms} ms`, median <= bars.ms),
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const row = (figure, measured, bar, ok) => ({ figure, measured, bar, ok });

async function heardIn(projectRoot, path) {
  return JSON.parse(await framewright(projectRoot, ['transcribe', path, '--language', 'en', '--json'])).words;
}

const plain = (text) =>
  text
    .toLowerCase()
    .replaceAll('’', "'")
    .replace(/[^a-z0-9' ]/g, ' ')
    .split(' ')
    .filter((word) => word !== '');

/** Words that are missing, added or changed, in per cent of those said. */
function errorRate(said, heard) {
  let row = Array.from({ length: heard.length + 1 }, (_, i) => i);
  for (const [i, word] of said.entries()) {
    const next = [i + 1];
    for (const [j, other] of heard.entries())
      next.push(Math.min(row[j + 1] + 1, next[j] + 1, row[j] + (word === other ? 0 : 1)));
    row = next;
  }
  return (100 * row.at(-1)) / said.length;
}

/** The word's samples without the silence around them. */
async function spoken(word, folder) {
  const path = join(folder, 'word.wav');
  await exec('espeak-ng', ['-v', 'en-us', '-s', '150', '-w', path, word]);
  const raw = await ffmpeg(['-i', path, '-f', 'f32le', '-ac', '1', '-ar', String(rate), '-']);
  const samples = new Float32Array(raw.buffer.slice(raw.byteOffset, raw.byteOffset + raw.length));
  const loud = samples.findIndex((value) => Math.abs(value) > 0.01);
  return samples.subarray(loud, samples.findLastIndex((value) => Math.abs(value) > 0.01) + 1);
}

async function timeErrors(projectRoot, folder) {
  const parts = [];
  const truth = [];
  let at = 0;
  const put = (samples) => {
    parts.push(samples);
    at += samples.length;
  };
  put(new Float32Array(rate));
  for (const word of sentences.flatMap((sentence) => sentence.split(' '))) {
    truth.push({ word: plain(word)[0], seconds: at / rate });
    put(await spoken(word, folder));
    put(new Float32Array(Math.round(pauses[truth.length % pauses.length] * rate)));
  }
  put(new Float32Array(rate));
  const path = join(folder, 'joined.wav');
  const raw = Buffer.concat(parts.map((part) => Buffer.from(part.buffer, part.byteOffset, part.byteLength)));
  await ffmpeg(['-f', 'f32le', '-ar', String(rate), '-ac', '1', '-i', '-', path], raw);
  const heard = (await heardIn(projectRoot, path)).map((word) => ({ ...word, word: plain(word.text)[0] }));
  const errors = [];
  let from = 0;
  for (const { word, seconds } of truth) {
    const found = heard.findIndex((each, i) => i >= from && each.word === word);
    if (found < 0) continue;
    errors.push(1000 * Math.abs(heard[found].fromSeconds - seconds));
    from = found + 1;
  }
  if (errors.length === 0) throw new Error('None of the words was heard.');
  return { count: errors.length, median: errors.toSorted((a, b) => a - b)[errors.length >> 1] };
}
