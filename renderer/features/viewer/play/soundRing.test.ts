import { expect, it } from 'vitest';
import { SoundRing } from './soundRing.ts';

const block = (count: number, value: number) => new Float32Array(count).fill(value);
function read(ring: SoundRing, count: number): number[] {
  const left = new Float32Array(count);
  ring.read(left, new Float32Array(count));
  return [...left];
}

it('plays what was written, in order, past the end of its buffer', () => {
  const ring = new SoundRing(8, 0);
  const heard: number[] = [];
  for (let value = 1; value <= 6; value += 1) {
    ring.write((value - 1) * 4, block(4, value), block(4, -value));
    heard.push(...read(ring, 4));
  }
  expect(heard).toEqual([1, 2, 3, 4, 5, 6].flatMap((value) => [value, value, value, value]));
  expect([ring.position, ring.delivered, ring.missing]).toEqual([24, 24, 0]);
});

it('is silent where nothing was written, counts it, and drops what comes too late', () => {
  const ring = new SoundRing(16, 0);
  ring.write(0, block(2, 1), block(2, 1));
  expect(read(ring, 4)).toEqual([1, 1, 0, 0]);
  ring.write(2, block(4, 2), block(4, 2));
  expect(read(ring, 4)).toEqual([2, 2, 0, 0]);
  expect([ring.delivered, ring.missing]).toEqual([4, 4]);
});

it('does not play old sound over a hole', () => {
  const ring = new SoundRing(4, 0);
  ring.write(0, block(4, 1), block(4, 1));
  read(ring, 4);
  ring.write(6, block(2, 3), block(2, 3));
  expect(read(ring, 4)).toEqual([0, 0, 3, 3]);
});

it('keeps only what it has room for', () => {
  const ring = new SoundRing(4, 0);
  ring.write(0, block(8, 1), block(8, 1));
  expect(read(ring, 8)).toEqual([1, 1, 1, 1, 0, 0, 0, 0]);
});

it('fades over to what replaces waiting sound, and not at the seams of new sound', () => {
  const ring = new SoundRing(16, 4);
  ring.write(0, block(8, 0), block(8, 0));
  ring.write(2, block(8, 1), block(8, 1));
  expect(read(ring, 10)).toEqual([0, 0, 0.25, 0.5, 0.75, 1, 1, 1, 1, 1]);
  const seamless = new SoundRing(16, 4);
  seamless.write(0, block(4, 1), block(4, 1));
  seamless.write(4, block(4, 1), block(4, 1));
  expect(read(seamless, 8)).toEqual(Array.from({ length: 8 }, () => 1));
});

it('fades over once, at the first of the blocks that replace', () => {
  const ring = new SoundRing(16, 2);
  ring.write(0, block(12, 0), block(12, 0));
  ring.write(2, block(4, 1), block(4, 1));
  ring.write(6, block(4, 1), block(4, 1));
  expect(read(ring, 12)).toEqual([0, 0, 0.5, 1, 1, 1, 1, 1, 1, 1, 0, 0]);
});
