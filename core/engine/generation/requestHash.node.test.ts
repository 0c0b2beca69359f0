import { expect, test } from 'vitest';
import type { RequestOf } from '../../actions/schema.ts';
import { sampleOf } from '../../actions/testing/sampleRequests.ts';
import { canonical, hashRequest } from './requestHash.node.ts';

const request: RequestOf<'generate'> = {
  action: 'generate',
  prompt: 'a ball',
  seed: 1,
  steps: null,
  guidance: null,
  packId: 'starter',
  durationTicks: 1,
  firstFrame: null,
  lastFrame: null,
  references: [],
};
const pack = {
  id: 'starter',
  version: '1.0.0',
  files: [
    { path: 'video/transformer.onnx', sha256: 'a'.repeat(64), sizeBytes: 1 },
    { path: 'CARD.md', sha256: 'b'.repeat(64), sizeBytes: 1 },
  ],
};

test('another prompt, another input, another pack version make a take stale; another seed does not', () => {
  const hash = hashRequest(request, ['a'], pack);
  expect(hashRequest({ ...request, seed: 99 }, ['a'], pack)).toBe(hash);
  expect(hashRequest({ ...request, prompt: 'a cube' }, ['a'], pack)).not.toBe(hash);
  expect(hashRequest(request, ['b'], pack)).not.toBe(hash);
  expect(hashRequest(request, ['a'], { ...pack, version: '1.1.0' })).not.toBe(hash);
  expect(
    hashRequest(request, ['a'], { ...pack, files: [{ ...pack.files[0]!, sha256: 'c'.repeat(64) }, pack.files[1]!] }),
  ).not.toBe(hash);
  expect(
    hashRequest(request, ['a'], { ...pack, files: [pack.files[0]!, { ...pack.files[1]!, sha256: 'c'.repeat(64) }] }),
  ).toBe(hash);
});

test('a part made anew is stale when the whole would be: it does not count itself', () => {
  const part = { takeId: 't', startTicks: 0, durationTicks: 1, prompt: 'thunder' };
  const rain = sampleOf('soundtrack', {});
  expect(hashRequest({ ...rain, part }, ['a'], pack)).toBe(hashRequest(rain, ['a'], pack));
});

test('the order in which a request was put together does not count', () => {
  expect(hashRequest(Object.fromEntries(Object.entries(request).reverse()) as typeof request, [], pack)).toBe(
    hashRequest(request, [], pack),
  );
  expect(canonical({ b: [1, { d: undefined, c: 'x' }], a: null })).toBe('{"a":null,"b":[1,{"c":"x"}]}');
});

test('upscaling counts when it was asked for; a take of before keeps the hash it had', () => {
  const hash = hashRequest(request, [], pack);
  expect(hashRequest({ ...request, upscale: null }, [], pack)).toBe(hash);
  expect(hashRequest({ ...request, upscale: 4 }, [], pack)).not.toBe(hash);
});

test('loudness counts only when requested, and the SoundFont only for music', () => {
  const rain = sampleOf('soundtrack', {});
  const hash = hashRequest(rain, [], pack);
  expect(hashRequest({ ...rain, loudnessLufs: null }, [], pack, null)).toBe(hash);
  expect(hashRequest({ ...rain, loudnessLufs: -23 }, [], pack)).not.toBe(hash);
  expect(hashRequest(rain, [], pack, 'font')).toBe(hash);
  const music = sampleOf('soundtrack', { stem: 'music' });
  expect(hashRequest(music, [], pack, 'font')).not.toBe(hashRequest(music, [], pack, null));
  expect(hashRequest(music, [], pack, 'font')).not.toBe(hashRequest(music, [], pack, 'another'));
});
