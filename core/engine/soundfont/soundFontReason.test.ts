import { expect, it } from 'vitest';
import { soundFontReason } from './soundFontReason.ts';

it.each([
  'it is not a SoundFont (.sf2 or .sf3)',
  'it is cut short: 10 of 20 bytes',
  'it is damaged (RIFF chunk\nexpected)',
  'there are no instruments in it',
  'there are only drums in it',
  'it has 900 MB; up to 500 MB are played',
])('words %j by a key, and in English as it was', (text) => {
  const reason = soundFontReason(text);
  expect([reason.text, reason.key]).toEqual([text, expect.stringMatching(/^soundFontReason\./)]);
});

it('leaves the words of the system as they are', () => {
  expect(soundFontReason('EACCES: permission denied')).toMatchObject({ key: '', text: 'EACCES: permission denied' });
});
