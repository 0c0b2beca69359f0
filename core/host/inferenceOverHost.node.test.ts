import { expect, it } from 'vitest';
import type { EngineMessage } from './engineMessages.ts';
import { inferenceOverHost } from './inferenceOverHost.node.ts';

it('speaks with each inference process through main, until it ends', () => {
  const posted: EngineMessage[] = [];
  const inference = inferenceOverHost((message) => posted.push(message));
  const first = inference.spawn();
  const second = inference.spawn();
  const heard: string[] = [];
  first.onMessage((message) => heard.push(`first ${message.type}`));
  second.onMessage((message) => heard.push(`second ${message.type}`));
  second.onExit(({ code }) => heard.push(`second ended ${code}`));
  second.send({ type: 'cancel' });
  second.kill();
  inference.hear({ type: 'fromInference', childId: 2, message: { type: 'ready' } });
  inference.hear({ type: 'fromInference', childId: 1, message: { type: 'ready' } });
  inference.hear({ type: 'inferenceEnded', childId: 2, code: 9 });
  inference.hear({ type: 'fromInference', childId: 2, message: { type: 'ready' } });
  expect(posted).toEqual([
    { type: 'startInference', childId: 1 },
    { type: 'startInference', childId: 2 },
    { type: 'toInference', childId: 2, message: { type: 'cancel' } },
    { type: 'killInference', childId: 2 },
  ]);
  expect(heard).toEqual(['second ready', 'first ready', 'second ended 9']);
});
