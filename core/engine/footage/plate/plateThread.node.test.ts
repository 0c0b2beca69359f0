/** A removal on two threads: the same bytes as on one, and an end at once. */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { ffmpeg } from '../../generation/testing/films.node.ts';
import { bundleChild } from '../../inference/testing/bundleChild.node.ts';
import { openGatherThread, type GatherStart, type GatherThread } from './gatherThread.node.ts';
import type { PlateRun } from './plateRun.ts';
import { runPlate } from './runPlate.node.ts';
import { openRemovalRoom, type RemovalRoom } from './testing/removalRoom.node.ts';

const size = { width: 64, height: 36 };
const frameCount = 24;
let room: RemovalRoom;
let entry: URL;
let run: PlateRun;
let one: Awaited<ReturnType<typeof remove>>;

/** A thing crosses a ground that pans, with light that changes and another thing that flickers behind it. */
beforeAll(async () => {
  room = await openRemovalRoom();
  entry = pathToFileURL(await bundleChild('core/engine/footage/plate/plateThread.node.ts'));
  const ground = `90+N+40*sin((X+N/3)/5)*cos(Y/4)+30*mod(N,2)*between(X,30,36)`;
  const thing = `if(between(X-N,4,11)*between(Y,14,21),235,${ground})`;
  const picture = `color=gray:s=64x36:r=10,geq=lum='${thing}':cb=120:cr=130`;
  const lossless = ['-frames:v', String(frameCount), '-pix_fmt', 'yuv420p', '-c:v', 'ffv1'];
  ffmpeg('-f', 'lavfi', '-i', picture, ...lossless, room.at('film.mkv'));
  const mask = Buffer.alloc(size.width * size.height * frameCount);
  for (let frame = 0; frame < frameCount; frame++)
    for (let y = 13; y < 23; y++) mask.fill(255, (frame * 36 + y) * 64 + frame + 3, (frame * 36 + y) * 64 + frame + 13);
  writeFileSync(room.at('mask.grey'), mask);
  run = {
    ...{ task: 'plate', source: await room.file('film.mkv'), startTicks: 0, still: null },
    ...{ rate: { num: 10, den: 1 }, frameCount, picture: size, box: { x: 0, y: 0, ...size } },
    mask: { path: room.at('mask.grey'), frameCount },
  };
});
afterAll(() => room.close());

/** The threads that were started. */
const opened: { thread: GatherThread; taken: () => number }[] = [];

async function openThread(start: GatherStart, from = entry): Promise<GatherThread | null> {
  const thread = await openGatherThread(start, from);
  if (!thread) return null;
  const take = vi.spyOn(thread, 'take');
  opened.push({ thread, taken: () => take.mock.calls.length });
  return thread;
}

async function remove(name: string, threads: number, checkCancelled = () => {}, open = openThread) {
  opened.length = 0;
  mkdirSync(room.at(name), { recursive: true });
  const context = { scratchFolder: room.at(name), threads, checkCancelled, report: () => undefined };
  const readerOf = () => {
    throw new Error('removal reads no pack');
  };
  const { frames, ...rest } = await runPlate(run, { ...context, readerOf }, open);
  return { hash: createHash('sha256').update(readFileSync(frames.path)).digest('hex'), ...rest };
}

test('two threads make the bytes that one makes, and the second ends with the removal', async () => {
  one = await remove('one', 1);
  expect(opened).toEqual([]);
  expect(await remove('two', 2)).toEqual(one);
  const [{ thread, taken }] = opened as [(typeof opened)[0]];
  expect(taken()).toBeGreaterThan(0);
  expect(thread.isRunning).toBe(false);
});

test('where no second thread can start, the first does all', async () => {
  const broken = room.at('broken.mjs');
  writeFileSync(broken, "throw new Error('no thread here');");
  const result = await remove('broken', 2, undefined, (start) => openThread(start, pathToFileURL(broken)));
  expect(opened).toEqual([]);
  expect(result).toEqual(one);
});

test('a cancelled removal ends the second thread', async () => {
  let inFill = 0;
  const cancel = (): void => {
    if (opened.length > 0 && ++inFill === 3) throw new Error('cancelled');
  };
  await expect(remove('cancelled', 2, cancel)).rejects.toThrow('cancelled');
  expect(opened[0]!.thread.isRunning).toBe(false);
});
