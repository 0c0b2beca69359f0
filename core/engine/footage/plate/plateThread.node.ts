/** Entry of the thread that gathers for a removal: bundled to dist/host/plateThread.mjs, see gatherThread.node.ts. */
import { parentPort, workerData } from 'node:worker_threads';
import { Gatherer, type FrameStore } from './gather.ts';
import type { FromGather, GatherStart, ToGather } from './gatherThread.node.ts';
import { FarFrames, MaskFile } from './heldFrames.node.ts';
import { planesOf } from './planes.ts';
import type { PlateFrame } from './plateFrame.ts';

const port = parentPort!;
const { camera, layout, reach, masks, far } = workerData as GatherStart;
const maskFile = new MaskFile(masks.path, masks.frameCount, layout, masks);
const farFrames = new FarFrames(far.path, layout, maskFile, far.indices);
const gatherer = new Gatherer(camera, layout, reach);
const held = new Map<number, PlateFrame>();
const store: FrameStore = {
  near: (index) => held.get(index) ?? null,
  far: farFrames.indices,
  farFrame: (index) => farFrames.frame(index),
};

port.on('message', (message: ToGather) => {
  switch (message.type) {
    case 'hold': {
      const { index, bytes, hole } = message;
      held.set(index, { index, planes: planesOf(bytes, layout), hole });
      break;
    }
    case 'drop':
      for (const index of held.keys()) if (index < message.before) held.delete(index);
      break;
    case 'gather': {
      const { index, round } = message;
      // frames that came once more leave some that are asked for no longer
      const frame = held.get(index);
      if (!frame) break;
      const gathered = gatherer.gather(frame, store);
      const buffers = (gathered?.chosen ?? []).flatMap(({ values, spread }) => [values.buffer, spread.buffer]);
      port.postMessage({ type: 'gathered', index, round, gathered } satisfies FromGather, buffers as ArrayBuffer[]);
    }
  }
});
port.postMessage({ type: 'ready' } satisfies FromGather);
