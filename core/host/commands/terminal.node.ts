/**
 * Where a command writes, how it is interrupted and how it ends. Usually that is this process; tests run many commands
 * in one process, each at a terminal of its own.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { LocalEngine } from '../../engine/engine.node.ts';

export interface Terminal {
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WritableStream & { readonly isTTY?: boolean };
  /** An engine that outlives the command; null = the command opens its own. */
  readonly engine: LocalEngine | null;
  /** Has `stop` called on Ctrl+C and SIGTERM. */
  onInterrupt(stop: () => void): void;
  /** Ends the command with an exit code. */
  exit(code: number): void;
}

const ownTerminal: Terminal = {
  stdout: process.stdout,
  stderr: process.stderr,
  engine: null,
  onInterrupt: (stop) => {
    process.on('SIGINT', stop);
    process.on('SIGTERM', stop);
  },
  exit: (code) => process.exit(code),
};

const terminals = new AsyncLocalStorage<Terminal>();

/** The terminal of the command that is running. */
export function currentTerminal(): Terminal {
  return terminals.getStore() ?? ownTerminal;
}

/** Runs `work`, and all that it awaits, at another terminal than this process's own. */
export function atTerminal<T>(terminal: Terminal, work: () => Promise<T>): Promise<T> {
  return terminals.run(terminal, work);
}
