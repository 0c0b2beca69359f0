import { expect, it } from 'vitest';
import { complain, hearingComplaints, isComplaint, readLevel, speakerOf } from './complaints.node.ts';

it.each([
  '[h264 @ 0x55e9] error while decoding MB 14 7, bytestream -41',
  '[NULL @ 0x55e9] Invalid NAL unit size (0 > 1766).',
  'Error while decoding stream #0:1: Invalid data found when processing input',
  '[matroska,webm @ 0x5] 0x00 at pos 200185 (0x30df9) invalid as first byte of an EBML number',
  '[ogg @ 0x5] CRC mismatch!',
  '[libdav1d @ 0x5] Error parsing OBU data',
])('%s tells of a damaged input', (line) => {
  expect(isComplaint(line)).toBe(true);
});

it.each([
  '[null @ 0x5] Application provided invalid, non monotonically increasing dts to muxer in stream 0',
  '[libx264 @ 0x5] -qscale is ignored',
  '[h264 @ 0x5] co located POCs unavailable',
  '11000003.880000',
  '[Parsed_select_1 @ 0x5] 1000000042.000000',
])('%s does not', (line) => {
  expect(isComplaint(line)).toBe(false);
});

it('a line that names an input is about that one, any other about all of its run', async () => {
  const { complaints } = await hearingComplaints(async () => {
    complain(['/a', '/b'], 'Error while decoding stream #1:0: Invalid data');
    complain(['/c', '/d'], '[aac @ 0x1] channel element 0.0 is not allocated');
  });
  expect([...complaints.keys()]).toEqual(['/b', '/c', '/d']);
});

it('the level is read off a line, wherever ffmpeg puts it', () => {
  expect(readLevel('[error] Conversion failed!')).toEqual({ level: 'error', text: 'Conversion failed!' });
  expect(readLevel('[h264 @ 0x5] [warning] odd')).toEqual({ level: 'warning', text: '[h264 @ 0x5] odd' });
  expect(readLevel('  second line [error] of a message')).toEqual({
    level: null,
    text: '  second line [error] of a message',
  });
  expect([speakerOf('[dec:h264 @ 0x5] x'), speakerOf('x')]).toEqual(['h264', null]);
});
