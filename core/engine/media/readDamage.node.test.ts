/** Damage is made at a known place of small files, and has to be found there; whole files have none. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hearingComplaints } from '../../ffmpeg/complaints.node.ts';
import { ffmpeg } from '../../ffmpeg/testing/ffmpegWords.node.ts';
import { CacheFolder } from '../../disk/cacheFolder.node.ts';
import { FactsStore } from './factsStore.node.ts';
import { probeFile } from './probe.node.ts';
import { readDamage } from './readDamage.node.ts';

let folder: string;
const at = (name: string) => join(folder, name);
const seconds = 6;
const picture = ['-f', 'lavfi', '-i', `testsrc2=s=160x90:r=25:d=${seconds}`];
const sound = ['-f', 'lavfi', '-i', `sine=d=${seconds}:r=48000`];
const kinds: readonly (readonly [string, readonly string[]])[] = [
  ['h264.mp4', [...picture, ...sound, '-c:v', 'libx264', '-preset', 'ultrafast', '-g', '25', '-c:a', 'aac']],
  ['h264.ts', [...picture, ...sound, '-c:v', 'libx264', '-preset', 'ultrafast', '-g', '25', '-c:a', 'aac']],
  ['mpeg2.mpg', [...picture, ...sound, '-c:v', 'mpeg2video', '-c:a', 'mp2']],
  ['prores.mov', [...picture, '-c:v', 'prores']],
  ['sound.ogg', [...sound, '-c:a', 'libvorbis']],
  ['sound.flac', [...sound, '-c:a', 'flac']],
  ['sound.m4a', [...sound, '-c:a', 'aac']],
];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'framewright-damage-'));
  for (const [name, words] of kinds) ffmpeg(...words, at(name));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A copy with `bytes` of zeros at a share of its length. */
function spoilt(name: string, share: number, bytes: number): string {
  const content = readFileSync(at(name));
  const from = Math.floor(content.length * share);
  content.fill(0, from, from + bytes);
  const path = at(`spoilt-${name}`);
  writeFileSync(path, content);
  return path;
}

describe('damage in the middle of a file', () => {
  it.each(kinds.map(([name]) => name))(
    '%s: none in the whole file, and it is found where it was made',
    async (name) => {
      const whole = await probeFile(at(name));
      const { result, complaints } = await hearingComplaints(() => readDamage(at(name), whole, null));
      expect([result, [...complaints.keys()]]).toEqual([[], []]);
      const path = spoilt(name, 0.5, 1200);
      const damage = await readDamage(path, await probeFile(path), null);
      expect(damage.length).toBeGreaterThan(0);
      // bytes are not time: the half of them lies around the middle
      expect(Math.abs(damage[0]!.seconds - seconds / 2)).toBeLessThan(1.6);
      expect(damage[0]!.what.text).toContain(`spoilt-${name} is damaged at `);
    },
  );

  it('is placed by what is missing where a small file was read to its end before any frame was decoded', async () => {
    ffmpeg(...picture, ...sound, '-c:v', 'flv1', '-c:a', 'libmp3lame', '-t', '2', at('small.flv'));
    expect((await probeFile(at('small.flv'))).damage).toEqual([]);
    const path = spoilt('small.flv', 0.5, 3000);
    const [first] = await readDamage(path, await probeFile(path), null);
    expect(Math.abs(first!.seconds - 1)).toBeLessThan(0.6);
  });

  it('of AVI is where its index lists packets; without an index its counts tell how much is missing', async () => {
    ffmpeg(...picture, ...sound, '-c:v', 'mpeg4', '-c:a', 'libmp3lame', '-t', '2', at('small.avi'));
    expect((await probeFile(at('small.avi'))).damage).toEqual([]);
    const path = spoilt('small.avi', 0.4, 9000);
    const keysOf = async () => (await probeFile(path)).damage.map(({ what }) => what.key);
    expect(await keysOf()).toContain('media.damagedSound');
    const bytes = readFileSync(path);
    bytes.write('JUNK', bytes.lastIndexOf('idx1'));
    writeFileSync(path, bytes);
    expect(await keysOf()).toContain('media.soundLacks');
  });

  it('names at import where packets of a transport stream are missing', async () => {
    const name = 'h264.ts';
    expect((await probeFile(at(name))).damage).toEqual([]);
    const content = readFileSync(at(name));
    const size = 188;
    const from = Math.floor(content.length / 2 / size) * size;
    const upTo = from + Math.ceil((content.length * 0.1) / size) * size;
    writeFileSync(at(`lost-${name}`), Buffer.concat([content.subarray(0, from), content.subarray(upTo)]));
    const { damage } = await probeFile(at(`lost-${name}`));
    expect(damage.map(({ what }) => what.key)).toContain('media.damagedSound');
    expect(Math.abs(damage[0]!.seconds - seconds / 2)).toBeLessThan(1.6);
  });

  it('is not a tag between joined MP3 recordings, and is found beside one', async () => {
    ffmpeg('-f', 'lavfi', '-i', 'sine=d=2:r=44100', '-c:a', 'libmp3lame', '-metadata', 'title=T', at('one.mp3'));
    const one = readFileSync(at('one.mp3'));
    writeFileSync(at('two.mp3'), Buffer.concat([one, one]));
    expect(await readDamage(at('two.mp3'), await probeFile(at('two.mp3')), null)).toEqual([]);
    const torn = spoilt('two.mp3', 0.25, 900);
    const [first] = await readDamage(torn, await probeFile(torn), null);
    expect(Math.abs(first!.seconds - 1)).toBeLessThan(0.5);
  });

  it('is named at import where packets of a picture are missing, not where recordings are joined', async () => {
    const content = readFileSync(at('h264.ts'));
    const packets = Array.from({ length: content.length / 188 }, (_, index) =>
      content.subarray(index * 188, (index + 1) * 188),
    );
    const isPicture = (packet: Buffer) => (packet.readUInt16BE(1) & 0x1fff) === 0x100;
    const [from, to] = [packets.length * 0.45, packets.length * 0.5];
    writeFileSync(
      at('lost.ts'),
      Buffer.concat(packets.filter((packet, index) => !isPicture(packet) || index < from || index > to)),
    );
    writeFileSync(at('joined.ts'), Buffer.concat([content, content]));
    const facts = new FactsStore(new CacheFolder(at('cache')));
    const { damage } = (await facts.of(at('lost.ts'))).facts;
    expect(damage[0]?.what.key).toBe('media.damagedPicture');
    expect(Math.abs(damage[0]!.seconds - seconds / 2)).toBeLessThan(1);
    expect((await facts.of(at('joined.ts'))).facts.damage).toEqual([]);
  });

  it('is looked for in a part of a file without what a decoder lacks when it begins there', async () => {
    const path = spoilt('h264.mp4', 0.5, 1200);
    const facts = await probeFile(path);
    const among = (fromSeconds: number, toSeconds: number) => readDamage(path, facts, { fromSeconds, toSeconds });
    expect(await among(4.6, 5.5)).toEqual([]);
    expect((await among(2, 4)).length).toBeGreaterThan(0);
    expect(await among(0, 0.8)).toEqual([]);
  });

  it('is heard by whoever listens around a run, by the file it is about', async () => {
    const path = spoilt('sound.m4a', 0.5, 1200);
    const facts = await probeFile(path);
    const outer = await hearingComplaints(() => hearingComplaints(() => readDamage(path, facts, null)));
    expect([...outer.complaints.keys()]).toEqual([path]);
    expect(outer.complaints).toEqual(outer.result.complaints);
  });
});
