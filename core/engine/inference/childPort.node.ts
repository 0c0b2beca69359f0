/** How the child reaches its engine: `process.send` after fork, `process.parentPort` in an Electron utility process. */
import type { ChildPort } from './serveInference.node.ts';
import type { ToChild } from './protocol.ts';

interface UtilityParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): void;
}

/** The inference process's connection to the engine, under Electron and under plain Node. */
export function openChildPort(): ChildPort {
  const utility = (process as unknown as { parentPort?: UtilityParentPort }).parentPort;
  const exit = (): void => process.exit(0);
  if (utility) {
    return {
      post: (message) => utility.postMessage(message),
      onMessage: (listener) => utility.on('message', (event) => listener(event.data as ToChild)),
      exit,
    };
  }
  if (!process.send) throw new Error('The inference process is started by the engine, not by hand.');
  const send = process.send.bind(process);
  // the engine is gone, and nothing waits for the result
  process.on('disconnect', exit);
  return {
    post: (message) => void send(message),
    onMessage: (listener) => process.on('message', (message) => listener(message as ToChild)),
    exit,
  };
}
