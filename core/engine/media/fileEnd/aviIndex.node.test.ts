import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ffmpeg } from '../../../ffmpeg/testing/ffmpegWords.node.ts';
import { probeFile } from '../probe.node.ts';
import { readAviIndex } from './aviIndex.ts';
import { withFileBytes, type FileBytes } from './fileBytes.node.ts';

const folder = mkdtempSync(join(tmpdir(), 'framewright-avi-'));
const at = (name: string) => join(folder, name);
const film = at('film.avi');
const picture = ['-f', 'lavfi', '-i', 'testsrc2=s=64x36:r=25:d=2'];
const sound = ['-f', 'lavfi', '-i', 'sine=d=2:r=48000'];
const codecs = ['-c:v', 'mpeg4', '-g', '5', '-c:a', 'libmp3lame'];
beforeAll(() => ffmpeg(...picture, ...sound, ...codecs, film));
afterAll(() => rmSync(folder, { recursive: true }));

const inMemory = (bytes: Buffer): FileBytes => ({
  sizeBytes: bytes.length,
  read: (from, length) => Promise.resolve(bytes.subarray(from, from + length)),
});

/** Notes the length of each read. */
const counted = (bytes: Buffer, reads: number[]): FileBytes => ({
  sizeBytes: bytes.length,
  read(from, length) {
    reads.push(length);
    return Promise.resolve(bytes.subarray(from, from + length));
  },
});

describe('an AVI held against its index', () => {
  it('a whole file lacks nothing, also where empty chunks stand for a late start of the sound', async () => {
    expect(await readAviIndex(inMemory(readFileSync(film)))).toEqual({ lost: [], hasEmptySound: false });
    expect((await probeFile(film)).damage).toEqual([]);
    ffmpeg(...picture, '-itsoffset', '0.7', ...sound, '-map', '0', '-map', '1', ...codecs, at('late.avi'));
    expect(await readAviIndex(inMemory(readFileSync(at('late.avi'))))).toEqual({ lost: [], hasEmptySound: true });
    expect((await probeFile(at('late.avi'))).damage).toEqual([]);
  });

  it('names where chunks are lost, of both streams', async () => {
    const bytes = readFileSync(film);
    const from = bytes.indexOf('00dc', Math.round(bytes.length * 0.6), 'latin1');
    writeFileSync(at('zeros.avi'), bytes.fill(0, from, from + 2500));
    const { damage } = await probeFile(at('zeros.avi'));
    expect(damage.map(({ what }) => what.key).toSorted()).toEqual(['media.damagedPicture', 'media.damagedSound']);
    for (const { seconds } of damage) expect(Math.abs(seconds - 1.2)).toBeLessThan(0.4);
  });

  it('places that count from the beginning of the file are of the other convention', async () => {
    const bytes = readFileSync(film);
    const movi = bytes.indexOf('movi', 0, 'latin1');
    const index = bytes.lastIndexOf('idx1', bytes.length, 'latin1');
    for (let entry = index + 8; entry + 16 <= bytes.length; entry += 16)
      bytes.writeUInt32LE(bytes.readUInt32LE(entry + 8) + movi, entry + 8);
    expect(await readAviIndex(inMemory(bytes))).toEqual({ lost: [], hasEmptySound: false });
  });

  it('the indexes of OpenDML are read', async () => {
    const { bytes, places } = openDml(10);
    expect(await readAviIndex(inMemory(bytes))).toEqual({ lost: [], hasEmptySound: false });
    bytes.fill(0, places[4], places[4]! + 8);
    expect((await readAviIndex(inMemory(bytes)))!.lost).toEqual([{ stream: 0, share: 0.4 }]);
  });

  it('an index of very many chunks in one part is read', async () => {
    const { bytes } = openDml(150_000, 0);
    const reads: number[] = [];
    expect(await readAviIndex(counted(bytes, reads))).toEqual({ lost: [], hasEmptySound: false });
    expect(reads.length).toBeLessThan(100);
  });

  it('of large chunks only the heads are read', async () => {
    const { bytes } = openDml(30, 40_000);
    const reads: number[] = [];
    expect(await readAviIndex(counted(bytes, reads))).toEqual({ lost: [], hasEmptySound: false });
    // one window, behind the last chunk
    expect(reads.reduce((sum, length) => sum + length, 0)).toBeLessThan(40_000);
  });

  it('places beyond the file, and beyond every number of bytes, are read as nothing', async () => {
    for (const place of [0xffffffffffffffffn, 0x7fffffffffffffffn, 1n << 40n]) {
      const { bytes } = openDml(3);
      bytes.writeBigUInt64LE(place, bytes.indexOf('indx', 0, 'latin1') + 32);
      writeFileSync(at('lying.avi'), bytes);
      expect(await withFileBytes(at('lying.avi'), readAviIndex)).toBeNull();
    }
    expect(await withFileBytes(at('lying.avi'), (file) => file.read(-5, 9))).toHaveLength(0);
  });

  it('an index that lists one part again and again is given up', async () => {
    const { bytes } = openDml(3);
    const from = bytes.indexOf('indx', 0, 'latin1');
    const list = Buffer.alloc(32 + 4096 * 16);
    bytes.copy(list, 0, from, from + 32);
    list.writeUInt32LE(list.length - 8, 4);
    list.writeUInt32LE(4096, 12);
    for (let entry = 32; entry < list.length; entry += 16) {
      list.writeBigUInt64LE(1n, entry);
      list.writeUInt32LE(32, entry + 8);
    }
    const lists = Buffer.concat([Buffer.from('hdrl'), ...Array.from({ length: 5 }, () => list)]);
    const head = Buffer.from('RIFF\0\0\0\0AVI LIST\0\0\0\0', 'latin1');
    head.writeUInt32LE(lists.length, 16);
    let reads = 0;
    const file = inMemory(Buffer.concat([head, lists]));
    const counted = { ...file, read: (place: number, length: number) => ((reads += 1), file.read(place, length)) };
    expect(await readAviIndex(counted)).toBeNull();
    expect(reads).toBeLessThan(20_000);
  });

  it('without an index there is nothing to go by', async () => {
    const bytes = readFileSync(film);
    const index = bytes.lastIndexOf('idx1', bytes.length, 'latin1');
    expect(await readAviIndex(inMemory(bytes.subarray(0, index)))).toBeNull();
  });
});

/** A file of one picture stream whose chunks, of 20 bytes or so, are listed by an 'ix00' alone (OpenDML AVI 1.02). */
function openDml(count: number, frameBytes = 20): { bytes: Buffer; places: number[] } {
  const moviAt = 12 + 12 + 56;
  const places = Array.from({ length: count }, (_, index) => moviAt + 12 + index * (8 + frameBytes));
  const indexAt = moviAt + 12 + count * (8 + frameBytes);
  const chunk = (name: string, data: Buffer) => {
    const head = Buffer.alloc(8);
    head.write(name, 'latin1');
    head.writeUInt32LE(data.length, 4);
    return Buffer.concat([head, data]);
  };
  const superIndex = Buffer.alloc(48);
  superIndex.writeUInt16LE(4, 0);
  superIndex.writeUInt32LE(1, 4);
  superIndex.write('00dc', 8, 'latin1');
  superIndex.writeBigUInt64LE(BigInt(indexAt), 24);
  superIndex.writeUInt32LE(32 + count * 8, 32);
  const standard = Buffer.alloc(24 + count * 8);
  standard.writeUInt16LE(2, 0);
  standard[3] = 1;
  standard.writeUInt32LE(count, 4);
  standard.write('00dc', 8, 'latin1');
  standard.writeBigUInt64LE(BigInt(moviAt), 12);
  places.forEach((place, index) => {
    standard.writeUInt32LE(place + 8 - moviAt, 24 + index * 8);
    // every other frame is no key frame, which the highest bit says
    standard.writeUInt32LE(index % 2 === 0 ? frameBytes : 0x80000000 + frameBytes, 28 + index * 8);
  });
  const frames = places.map(() => chunk('00dc', Buffer.alloc(frameBytes, 1)));
  const body = Buffer.concat([...frames, chunk('ix00', standard)]);
  const lists = Buffer.concat([
    chunk('LIST', Buffer.concat([Buffer.from('hdrl'), chunk('indx', superIndex)])),
    chunk('LIST', Buffer.concat([Buffer.from('movi'), body])),
  ]);
  return { bytes: chunk('RIFF', Buffer.concat([Buffer.from('AVI '), lists])), places };
}
