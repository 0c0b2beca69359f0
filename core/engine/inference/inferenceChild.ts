/**
 * The killable child as the engine sees it. The host gives a `SpawnInference`: fork elsewhere, utilityProcess under
 * Electron. Messages are structured clones (fork: serialization 'advanced').
 */
import type { FromChild, ToChild } from './protocol.ts';

/** How a process ended: `code` is null when a signal ended it. */
export interface ChildExit {
  readonly code: number | null;
  readonly signal: string | null;
}

export interface InferenceChild {
  readonly pid: number | null;
  send(message: ToChild): void;
  onMessage(listener: (message: FromChild) => void): void;
  /** Once, whatever ended it. */
  onExit(listener: (exit: ChildExit) => void): void;
  /** Ends it immediately: SIGKILL, since a running graph blocks its thread. */
  kill(): void;
}

export type SpawnInference = () => InferenceChild;
