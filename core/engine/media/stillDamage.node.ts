/**
 * Damage inside stills. Their decoders go on behind it without a word: what was lost shifts all that follows, and the
 * picture is torn.
 */
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import sharp from 'sharp';
import { FailureError } from '../../contract/errors.ts';
import { sentence } from '../../contract/sentence.ts';
import type { MediaFacts } from '../../disk/facts.ts';
import { probeLimits } from '../../ffmpeg/ffprobe.node.ts';
import { FilterGraph } from '../../ffmpeg/filterGraph.ts';
import { runFfmpeg } from '../../ffmpeg/run.node.ts';

/** What is damaged in a still by sharp's name of its format; empty where nothing is found. */
export async function findStillDamage(path: string, format: string): Promise<MediaFacts['damage']> {
  const isDamaged =
    (format === 'jpeg' && ((await jpegIsTorn(path)) || (await jpegHasBadCodes(path)))) ||
    (format === 'webp' && hasUnlikelyRun(await readFile(path)));
  return isDamaged ? [{ seconds: 0, what: sentence('media.damagedStill', { name: basename(path) }) }] : [];
}

/** Cameras pad the end of their pictures by less. */
const mostPaddingBytes = 63;

/** libjpeg: the coded data end too early, or go on behind the last block. */
async function jpegIsTorn(path: string): Promise<boolean> {
  const said = await sharp(path, { failOn: 'warning' })
    .resize(64, 64, { fit: 'inside' })
    .raw()
    .toBuffer()
    .then(
      () => '',
      (error: Error) => error.message,
    );
  const extra = /Corrupt JPEG data: (\d+) extraneous bytes/.exec(said)?.[1];
  return extra === undefined ? /Corrupt JPEG data|Premature end of JPEG/.test(said) : Number(extra) > mostPaddingBytes;
}

/** ffmpeg: a code that no table has, or more coefficients than a block holds. libjpeg takes such for zeros. */
async function jpegHasBadCodes(path: string): Promise<boolean> {
  const graph = new FilterGraph();
  const opened = graph.open({ path, format: 'jpeg_pipe', options: [['err_detect', 'explode']] });
  let isBad = false;
  const onLine = (line: string) => {
    isBad ||= /\[mjpeg @ [^\]]*\].*(?:bad vlc|error count|error dc|overread)/.test(line);
  };
  const outputs = [{ to: null, streams: [opened.stream(0)], options: [['frames:v', 1]] as const }];
  await runFfmpeg({ graph, outputs, about: path, limits: probeLimits, onLine }).catch((error: unknown) => {
    // it refuses some whole pictures too, and gives up where a code is bad
    if (!(error instanceof FailureError)) throw error;
  });
  return isBad;
}

/** Arithmetic codes look like noise: so many equal bytes are a part of the disk that was never written. */
const unlikelyRun = 128;

/** VP8 (RFC 6386) in WebP has no check of its own, and every sequence of bits decodes to something. */
function hasUnlikelyRun(bytes: Buffer): boolean {
  for (let at = 12; at + 8 <= bytes.length;) {
    const length = bytes.readUInt32LE(at + 4);
    if (bytes.toString('latin1', at, at + 4) === 'VP8 ') return longestRun(bytes, at + 8, length) >= unlikelyRun;
    at += 8 + length + (length % 2);
  }
  return false;
}

function longestRun(bytes: Buffer, from: number, length: number): number {
  let longest = 0;
  let run = 0;
  for (let at = from; at < Math.min(bytes.length, from + length); at++) {
    run = at > from && bytes[at] === bytes[at - 1] ? run + 1 : 1;
    if (run > longest) longest = run;
  }
  return longest;
}
