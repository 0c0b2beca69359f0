/** A removal at 8K: told, and in bounded memory. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { yuvFormat } from '../../../ffmpeg/sampleFormat.ts';
import type { ResolvedMask } from '../../generation/resolved.ts';
import { ffmpeg } from '../../generation/testing/films.node.ts';
import { reachFor } from './heldFrames.node.ts';
import { layoutOf } from './planes.ts';
import { openRemovalRoom, type RemovalRoom } from './testing/removalRoom.node.ts';

let room: RemovalRoom;
beforeAll(async () => {
  room = await openRemovalRoom();
});
afterAll(() => room.close());

const size = { width: 7680, height: 4320 };

test('8K keeps its size; a notice says that few frames are searched; memory stays under 1.5 GB', async () => {
  const film = ['-f', 'lavfi', '-i', `testsrc2=s=${size.width}x${size.height}:r=10`, '-frames:v', '3'];
  ffmpeg(...film, '-pix_fmt', 'yuv420p', '-c:v', 'libx264', '-preset', 'ultrafast', room.at('8k.mp4'));
  const mask: ResolvedMask = {
    kind: 'drawn',
    mask: { kind: 'box', x: 0.4, y: 0.4, width: 0.05, height: 0.05, featherPx: 0 },
  };
  const { made, notices } = await room.remove(await room.file('8k.mp4'), mask);
  expect(made).toMatchObject({ frameCount: 3, ...size });
  expect(notices.join(' ')).toContain('The frames are so large that only');
  expect(process.resourceUsage().maxRSS / 1e6).toBeLessThan(1.5);
});

test.each([true, false])('frames held at 8K stay within half a gigabyte (still mask: %s)', (isStill) => {
  const layout = layoutOf(yuvFormat('420', 8), size);
  const bytes = layout.byteCount + (isStill ? 0 : size.width * size.height * 1.25);
  expect((2 * reachFor(layout, isStill) + 1) * bytes).toBeLessThan(500e6);
});
