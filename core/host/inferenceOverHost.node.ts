import type { InferenceChild, SpawnInference } from '../engine/inference/inferenceChild.ts';
import type { FromChild } from '../engine/inference/protocol.ts';
import type { EngineMessage, HostMessage } from './engineMessages.ts';

/**
 * Inference processes that Electron's main starts for the engine and passes messages for: only main can start utility
 * processes.
 */
export function inferenceOverHost(post: (message: EngineMessage) => void): {
  readonly spawn: SpawnInference;
  /** Takes the host's messages about inference; leaves all others alone. */
  hear(message: HostMessage): void;
} {
  interface Child {
    hear(message: FromChild): void;
    exit(exit: { code: number | null; signal: string | null }): void;
  }
  const children = new Map<number, Child>();
  let nextId = 1;

  const spawn = (): InferenceChild => {
    const childId = nextId++;
    const child: Child = { hear: () => undefined, exit: () => undefined };
    children.set(childId, child);
    post({ type: 'startInference', childId });
    return {
      // main knows it
      pid: null,
      send: (message) => post({ type: 'toInference', childId, message }),
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
    hear: (message) => {
      if (message.type === 'fromInference') children.get(message.childId)?.hear(message.message);
      if (message.type === 'inferenceEnded') {
        const child = children.get(message.childId);
        children.delete(message.childId);
        child?.exit({ code: message.code, signal: null });
      }
    },
  };
}
