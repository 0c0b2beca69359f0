import { expect, test } from 'vitest';
import { seaIn } from './sea.ts';

test.each([
  'sea waves, calm',
  'the sea',
  'ocean',
  'the ocean at night',
  'waves crashing on rocks',
  'big waves',
  'footsteps on the beach',
  'walking on the beach',
  'a beach by day, footsteps on sand',
  'surf',
  'ocean waves breaking',
  'seaside',
])('%s swells', (text) => {
  expect(seaIn(text)).toBe(1);
});

test('beside something steady the sea swells half as deep', () => {
  expect(seaIn('sea waves and rain')).toBe(0.5);
  expect(seaIn('sea waves, wind')).toBe(0.5);
});

test.each([
  'rain',
  'radio waves humming',
  'sound waves',
  'a heat wave',
  'shock waves',
  'a man waves at the camera',
  'he waves goodbye',
  'coast guard radio',
  'a traffic island',
  'north shore traffic',
  'sea lions barking',
  'seagulls',
  'a beach party',
  'beach volleyball',
  'surf guitar',
  'surf rock, drums',
  'an ocean liner horn',
  'under the sea',
  'underwater, deep sea',
  'lake shore',
  'a season of rain',
  '',
])('%s does not swell', (text) => {
  expect(seaIn(text)).toBe(0);
});
