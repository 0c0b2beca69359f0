import { expect, it } from 'vitest';
import { format, toBt709 } from './colour.ts';
import { plainSamples } from './sampleFormat.ts';

const film = {
  ...{ matrix: 'smpte170m', transfer: '', primaries: '', range: 'tv', codec: 'h264', width: 64, height: 48 },
  peakNits: null,
} as const;

it.each([
  ['yuv420p', false, 'yuv444p'],
  ['yuv422p10le', false, 'yuv444p10le'],
  ['yuv420p12le', false, 'yuv444p12le'],
  ['yuva420p', true, 'yuva444p'],
] as const)('%s of an odd size reaches zscale with a chroma sample for every pixel', (pixelFormat, alpha, whole) => {
  const chain = toBt709({ ...film, pixelFormat }, alpha, plainSamples, true).map(String);
  const at = chain.findIndex((each) => each.startsWith('zscale'));
  expect(at).toBeGreaterThan(0);
  expect(chain.slice(0, at)).toContain(String(format(whole)));
  expect(chain[at + 1]).toBe(String(format(whole)));
});
