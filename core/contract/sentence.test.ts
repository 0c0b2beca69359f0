import { expect, test } from 'vitest';
import { FailureError, toFailure } from './errors.ts';
import { plainSentence, sentence, sentenceSchema } from './sentence.ts';

test('a sentence has its key, its parameters and the whole English text', () => {
  expect(sentence('pack.alreadyInstalled', { name: 'Starter', version: '1.0' })).toEqual({
    key: 'pack.alreadyInstalled',
    params: { name: 'Starter', version: '1.0' },
    text: 'The pack Starter 1.0 is already installed.',
  });
});

test('a reason may be a sentence of its own', () => {
  const reason = sentence('packProblem.missing', { path: 'vae.onnx' });
  const whole = sentence('pack.unusable', { name: 'Wan', reason });
  expect(whole.text).toBe('The pack Wan cannot be used: vae.onnx is missing.');
  expect(whole.params['reason']).toEqual(reason);
  expect(sentenceSchema.parse(JSON.parse(JSON.stringify(whole)))).toEqual(whole);
});

test("parameters are filled in as they are, template syntax in a file's name included", () => {
  const name = '{{version}} $& $1';
  expect(sentence('pack.alreadyInstalled', { name, version: '2' }).text).toBe(
    'The pack {{version}} $& $1 2 is already installed.',
  );
});

test('a failure carries its sentence; words of other programs stay English', () => {
  const known = new FailureError('packMissing', sentence('pack.noVideo', { name: 'Hum' }), '/packs/hum').failure;
  expect(known).toMatchObject({
    code: 'packMissing',
    message: 'The pack Hum does not make video.',
    path: '/packs/hum',
  });
  expect(known.sentence?.key).toBe('pack.noVideo');
  const foreign = new FailureError('ffmpegFailed', plainSentence('Conversion failed!')).failure;
  expect(foreign).toEqual({ code: 'ffmpegFailed', message: 'Conversion failed!' });
});

test('a full disk is recognised by its code', () => {
  const failure = toFailure(Object.assign(new Error('write failed'), { code: 'ENOSPC' }));
  expect(failure).toMatchObject({ code: 'diskFull', message: 'The disk is full: write failed' });
});
