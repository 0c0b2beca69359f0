/** Every usual frame rate in the containers that keep time in different ways. */
import type { TortureCase } from '../torture.ts';
import { odd, oddWith, type BaseName } from './odd.ts';
import { words } from './recipe.ts';

const all = words(
  '10 12 25/2 15 20 24000/1001 24 25 30000/1001 30 48 50 60000/1001 60 72 75 90 100 120000/1001 120 144 165 240',
);
const some = words('15 24000/1001 24 30000/1001 30 50 60000/1001 60 120 240');
const mpeg = words('24000/1001 24 30000/1001 30 50 60000/1001 60');

/** Lengths that end in the middle of a millisecond or of a group of pictures, in turn. */
const lengths = [2.4, 2.1, 2.567, 2.03] as const;

function rates(base: BaseName, list: readonly string[]): TortureCase[] {
  return list.map((rate, index) =>
    odd(base, `${rate.replace('/', ' per ')} fps`, { rate, seconds: lengths[index % lengths.length] }),
  );
}

/** Films at every rate. */
export const rateCases: readonly TortureCase[] = [
  ...rates('mp4', all),
  ...rates('mkv', all),
  ...rates('webm', some),
  ...rates('avi', some),
  ...rates('ts', some),
  ...rates('flv', some),
  ...rates('mpg', mpeg),
  ...rates('wmv', words('24000/1001 30 60')),
  ...rates('mov', words('24000/1001 120000/1001 240')),
  ...rates('mxf', words('24000/1001 30000/1001 50 60000/1001')),
  ...rates('fragmented', words('24000/1001 30000/1001 60 144')),
  oddWith('mov', 'prores at 120 fps', { video: 'prores' }, { rate: '120' }),
  oddWith('mp4', 'hevc open GOP at 60 fps', { video: 'hevcopen' }, { rate: '60' }),
  oddWith('mp4', 'hevc at 240 fps', { video: 'hevc' }, { rate: '240', seconds: 2 }),
  oddWith('mp4', 'av1 at 23.976 fps', { video: 'av1alt', audio: 'opus' }, { rate: '24000/1001' }),
  oddWith('mkv', 'vp9 at 59.94 fps', { video: 'vp9alt', audio: 'opus' }, { rate: '60000/1001' }),
];
