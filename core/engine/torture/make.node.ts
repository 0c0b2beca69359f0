/** Makes the files of the torture set in a cache folder: each once, in a folder named by how it is made. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { blocksOf, mostFrames, toneAt } from './signal.ts';
import type { ByteEdit, Step, TortureCase } from './torture.ts';

const exec = promisify(execFile);
/** Raise it when signals or the truth's format change. */
const makerVersion = 1;
const toneSeconds = 12;

/** Where files are kept between runs, in the system's temporary folder. */
export function tortureFolder(): string {
  return join(tmpdir(), 'framewright-torture');
}

/** A file that was made. */
export interface MadeFile {
  readonly path: string;
  /** Its own folder; what is known of it may be kept there. */
  readonly folder: string;
}

/** Makes the file of a case, or finds it where it was made before. Throws with ffmpeg's words when it cannot be. */
export async function makeFile(made: TortureCase, root: string): Promise<MadeFile> {
  const folder = join(root, folderName(made));
  const path = join(folder, made.name);
  if (existsSync(path)) return { path, folder };
  const work = `${folder}.part-${process.pid}`;
  await rm(work, { recursive: true, force: true });
  await mkdir(work, { recursive: true });
  try {
    const results: string[] = [];
    for (const [index, step] of made.steps.entries()) {
      const isLast = index === made.steps.length - 1;
      const name = isLast ? made.name : `step${index + 1}.${('extension' in step && step.extension) || 'bin'}`;
      const to = join(work, name);
      await makeStep(step, to, results, root);
      results.push(to);
    }
    for (const part of results.slice(0, -1)) await rm(part, { force: true });
    await rename(work, folder).catch(() => rm(work, { recursive: true, force: true }));
  } catch (error) {
    await rm(work, { recursive: true, force: true });
    throw error;
  }
  return { path, folder };
}

function folderName({ name, steps }: TortureCase): string {
  return createHash('sha256')
    .update(JSON.stringify([makerVersion, name, steps]))
    .digest('hex')
    .slice(0, 20);
}

async function makeStep(step: Step, to: string, results: readonly string[], root: string): Promise<void> {
  if ('ffmpeg' in step) {
    const filled = await Promise.all(step.ffmpeg.map((word) => fill(word, results, root)));
    await exec('ffmpeg', ['-v', 'error', '-nostdin', '-y', ...filled, `file:${to}`], { maxBuffer: 1 << 26 });
    return;
  }
  if ('text' in step) return writeFile(to, step.text);
  if ('join' in step) {
    const parts = await Promise.all(step.join.map(async (part) => readFile(await fill(part, results, root))));
    await writeFile(to, Buffer.concat(parts));
    return;
  }
  await writeFile(to, edited(await readFile(results.at(-1)!), step.edit));
}

/** Bytes after an edit. */
export function edited(bytes: Buffer, edit: ByteEdit): Buffer {
  switch (edit.kind) {
    case 'truncate':
      return bytes.subarray(0, Math.round(bytes.length * edit.share));
    case 'zero': {
      const copy = Buffer.from(bytes);
      const from = Math.round(copy.length * edit.share);
      copy.fill(0, from, Math.min(copy.length, from + edit.bytes));
      return copy;
    }
    case 'replace': {
      const text = bytes.toString('hex');
      if (!text.includes(edit.from)) throw new Error(`the bytes ${edit.from} are not there`);
      return Buffer.from(text.replaceAll(edit.from, edit.to), 'hex');
    }
  }
}

/** Puts paths in the place of `{picture}`, `{tone48000}` and `{1}`. */
async function fill(word: string, results: readonly string[], root: string): Promise<string> {
  const name = /\{(\w+)\}/.exec(word)?.[1];
  if (name === undefined) return word;
  return word.replace(`{${name}}`, /^\d+$/.test(name) ? results[Number(name) - 1]! : await signalFile(name, root));
}

const making = new Map<string, Promise<string>>();

/** The numbered picture or the tone at some rate, as raw data. */
function signalFile(name: string, root: string): Promise<string> {
  const path = join(root, `${name}.raw`);
  const known = making.get(path);
  if (known) return known;
  const made = (async () => {
    if (existsSync(path)) return path;
    const temporary = `${path}.part-${process.pid}`;
    await mkdir(root, { recursive: true });
    await writeFile(temporary, name === 'picture' ? pictureBytes() : toneBytes(Number(name.replace('tone', ''))));
    await rename(temporary, path);
    return path;
  })();
  making.set(path, made);
  return made;
}

function pictureBytes(): Uint8Array {
  return Uint8Array.from(Array.from({ length: mostFrames }, (_, frame) => blocksOf(frame)).flat());
}

function toneBytes(hz: number): Uint8Array {
  if (!(hz > 0)) throw new Error('a tone needs a sample rate');
  const samples = Float32Array.from({ length: hz * toneSeconds }, (_, index) => toneAt(index / hz));
  return new Uint8Array(samples.buffer);
}

/** The commands that make a file, for people. */
export function howToMake({ name, steps }: TortureCase, root: string): string {
  const place = (word: string) =>
    word
      .replace('{picture}', join(root, 'picture.raw'))
      .replace(/\{(tone\d+)\}/, (_, tone: string) => join(root, `${tone}.raw`))
      .replace(/\{(\d+)\}/, 'step$1');
  const quoted = (word: string) => (/^[\w./:=+-]+$/.test(word) ? word : `'${word}'`);
  return steps
    .map((step, index) => {
      const to = index === steps.length - 1 ? name : `step${index + 1}`;
      if ('ffmpeg' in step) return ['ffmpeg', ...step.ffmpeg.map(place), to].map(quoted).join(' ');
      if ('text' in step) return `printf %b ${JSON.stringify(step.text)} > ${to}`;
      if ('join' in step) return `cat ${step.join.map(place).join(' ')} > ${quoted(to)}`;
      return `${JSON.stringify(step.edit)} > ${quoted(to)}`;
    })
    .join(' && ');
}
