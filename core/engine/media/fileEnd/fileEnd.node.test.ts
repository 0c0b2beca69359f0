/** A file that was cut off says so by what it announces; a whole one announces nothing that is missing. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ffmpeg } from '../../../ffmpeg/testing/ffmpegWords.node.ts';
import { isCutOff } from './fileEnd.node.ts';

const folder = mkdtempSync(join(tmpdir(), 'framewright-end-'));
const at = (name: string) => join(folder, name);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const picture = ['-f', 'lavfi', '-i', 'testsrc2=s=64x36:r=25:d=0.6'];
const sound = ['-f', 'lavfi', '-i', 'sine=d=0.6:r=48000'];
const h264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-threads', '1', '-c:a', 'aac'];

const kinds: readonly (readonly [string, string, readonly string[]])[] = [
  ['a transport stream', 'mpegts', [...picture, ...sound, ...h264, 'a.ts']],
  ['a transport stream of Blu-ray', 'mpegts', [...picture, ...sound, ...h264, '-mpegts_m2ts_mode', '1', 'a.m2ts']],
  ['a program stream', 'mpeg', [...picture, ...sound, 'a.mpg']],
  ['MPEG-2 in a program stream', 'mpeg', [...picture, ...sound, '-f', 'vob', 'a.vob']],
  ['AVI', 'avi', [...picture, ...sound, 'a.avi']],
  ['FLV', 'flv', [...picture, ...sound, ...h264, 'a.flv']],
  ['WMV', 'asf', [...picture, ...sound, 'a.wmv']],
  ['Ogg with picture and sound', 'ogg', [...picture, ...sound, '-c:v', 'libtheora', '-c:a', 'libvorbis', 'a.ogv']],
  ['Opus', 'ogg', [...sound, '-c:a', 'libopus', 'a.opus']],
  ['WAV', 'wav', [...sound, 'a.wav']],
  ['RF64', 'wav', [...sound, '-rf64', 'always', 'b.wav']],
  ['Wave64', 'w64', [...sound, 'a.w64']],
  ['AIFF', 'aiff', [...sound, 'a.aiff']],
  ['AU', 'au', [...sound, 'a.au']],
  ['MP3 that counts its frames', 'mp3', [...sound, '-c:a', 'libmp3lame', 'a.mp3']],
  ['MP3 without a count', 'mp3', [...sound, '-c:a', 'libmp3lame', '-write_xing', '0', '-id3v2_version', '0', 'b.mp3']],
  [
    'MP3 with tags behind it',
    'mp3',
    [...sound, '-c:a', 'libmp3lame', '-write_id3v1', '1', '-metadata', 'title=T', 'c.mp3'],
  ],
  ['AAC in ADTS', 'aac', [...sound, '-c:a', 'aac', 'a.aac']],
  ['AC-3', 'ac3', [...sound, '-c:a', 'ac3', 'a.ac3']],
  ['E-AC-3', 'eac3', [...sound, '-c:a', 'eac3', 'a.eac3']],
];

describe('the end of a file', () => {
  it.each(kinds)('%s: whole, without its last 200 bytes, and cut in the middle', async (_kind, format, words) => {
    const name = words.at(-1)!;
    ffmpeg(...words.slice(0, -1), at(name));
    const bytes = readFileSync(at(name));
    expect(await isCutOff(at(name), format)).toBe(false);
    for (const length of [bytes.length - 200, Math.round(bytes.length * 0.6) | 1]) {
      writeFileSync(at(`cut-${name}`), bytes.subarray(0, length));
      expect([length, await isCutOff(at(`cut-${name}`), format)]).toEqual([length, true]);
    }
  });

  it('lengths that a program could not fill in announce nothing', async () => {
    ffmpeg(...sound, at('open.wav'));
    const bytes = readFileSync(at('open.wav'));
    for (const placeholder of [0, 0xffffffff, 0x7ffff000]) {
      bytes.writeUInt32LE(placeholder, 4);
      bytes.writeUInt32LE(placeholder, bytes.indexOf('data') + 4);
      writeFileSync(at('open.wav'), bytes);
      expect(await isCutOff(at('open.wav'), 'wav')).toBe(false);
    }
  });

  it('a transport stream cut between two packets, with no sound begun, carries nothing that tells', async () => {
    ffmpeg(...picture, '-c:v', 'mpeg2video', '-g', '1', at('picture.ts'));
    const packets = readFileSync(at('picture.ts'));
    writeFileSync(at('picture-cut.ts'), packets.subarray(0, 188 * Math.floor(packets.length / 188 / 2)));
    expect(await isCutOff(at('picture-cut.ts'), 'mpegts')).toBe(false);
  });
});
