import { expect, test } from 'vitest';
import { FrameQueue } from './frameQueue.node.ts';

const bytes = (...values: number[]): Buffer => Buffer.from(values);

test('frames come whole and in order, however the bytes were cut', async () => {
  const queue = new FrameQueue(3);
  queue.write(bytes(1, 2));
  queue.write(bytes(3, 4, 5, 6, 7));
  queue.end(bytes(8, 9));
  const frames = [];
  for (let frame = await queue.next(); frame; frame = await queue.next()) frames.push([...frame]);
  expect(frames).toEqual([
    [1, 2, 3],
    [4, 5, 6],
    [7, 8, 9],
  ]);
});

test('the writer waits while two frames lie ready', async () => {
  const queue = new FrameQueue(1);
  let accepted = 0;
  for (let i = 0; i < 4; i++) queue.write(bytes(i), () => (accepted += 1));
  await new Promise(setImmediate);
  expect(accepted).toBe(1);
  await queue.next();
  await new Promise(setImmediate);
  expect(accepted).toBe(2);
});

test('who waits for a frame of a queue that is destroyed gets none', async () => {
  const queue = new FrameQueue(1);
  const waiting = queue.next();
  queue.destroy();
  expect(await waiting).toBeNull();
});
