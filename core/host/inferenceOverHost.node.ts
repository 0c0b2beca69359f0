import type { InferenceChild, SpawnInference } from '../engine/inference/inferenceChild.ts';
import type { FromChild } from '../engine/inference/protocol.ts';
import type { EngineMessage } from './engineMessages.ts';

/** The port to an inference process, as a utility process of Electron receives it (Electron.MessagePortMain). */
export interface InferencePort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): void;
  start(): void;
}

/**
 * Inference processes that Electron's main starts for the engine: only main can start utility processes. Messages sent
 * before the process runs wait for its port.
 */
export function inferenceOverHost(post: (message: EngineMessage) => void): {
  readonly spawn: SpawnInference;
  started(childId: number, port: InferencePort): void;
  ended(childId: number, code: number | null): void;
} {
  interface Child {
    port: InferencePort | null;
    waiting: unknown[];
    hear: (message: FromChild) => void;
    exit: (exit: { code: number | null; signal: string | null }) => void;
  }
  const children = new Map<number, Child>();
  let nextId = 1;

  const spawn = (): InferenceChild => {
    const childId = nextId++;
    const child: Child = { port: null, waiting: [], hear: () => undefined, exit: () => undefined };
    children.set(childId, child);
    post({ type: 'startInference', childId });
    return {
      pid: null,
      send: (message) => {
        if (child.port) child.port.postMessage(message);
        else child.waiting.push(message);
      },
      onMessage: (listener) => {
        child.hear = listener;
      },
      onExit: (listener) => {
        child.exit = listener;
      },
      kill: () => post({ type: 'killInference', childId }),
    };
  };

  return {
    spawn,
    started: (childId, port) => {
      const child = children.get(childId);
      if (!child) return;
      child.port = port;
      port.on('message', (event) => child.hear(event.data as FromChild));
      port.start();
      for (const message of child.waiting) port.postMessage(message);
      child.waiting = [];
    },
    ended: (childId, code) => {
      const child = children.get(childId);
      children.delete(childId);
      child?.exit({ code, signal: null });
    },
  };
}
