import { expect, test } from 'vitest';
import { keyInWords, tempoInWords, withoutMusicWishes } from './musicWords.ts';

test('tempo and key are read, and taken out of the sounds', () => {
  expect(tempoInWords('rain, calm piano at 92.5 bpm')).toBe(92.5);
  expect(tempoInWords('room 120, 30 bpm')).toBeNull();
  expect(keyInWords('sad music in D minor')).toEqual({ tonic: 2, mode: 'minor' });
  expect(keyInWords('B-flat major')).toEqual({ tonic: 10, mode: 'major' });
  expect(keyInWords('in f# minor')).toEqual({ tonic: 6, mode: 'minor' });
  expect(keyInWords('a major road, be minor')).toEqual({ tonic: 9, mode: 'major' });
  expect(keyInWords('a dog, big minor birds')).toBeNull();
  expect(withoutMusicWishes('rain, happy music at 120 bpm in D minor, dog')).toBe('rain, happy music, dog');
  expect(withoutMusicWishes('120 bpm')).toBe('');
});
