/**
 * How the engine's process reaches its host: `process.send` after fork, `process.parentPort` in a utility process of
 * Electron.
 */
import type { WirePort } from '../contract/port.ts';
import type { HostMessage } from './engineMessages.ts';
import type { HostPort } from './engineRoom.ts';

/** Electron.MessagePortMain, as far as it is used; core does not depend on Electron's types. */
interface ElectronPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): void;
  on(event: 'close', listener: () => void): void;
  start(): void;
  close(): void;
}

interface UtilityParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown; ports: readonly ElectronPort[] }) => void): void;
}

export interface ProcessHost {
  readonly port: HostPort;
  /** Utility processes cannot fork: inference is started by main. */
  readonly canFork: boolean;
  /** The host died without asking the engine to close. */
  onLost(listener: () => void): void;
}

/** The engine's connection to its host, under Electron and under plain Node. */
export function openHostPort(): ProcessHost {
  const utility = (process as unknown as { parentPort?: UtilityParentPort }).parentPort;
  if (utility) {
    return {
      canFork: false,
      // Electron ends utility processes with main
      onLost: () => undefined,
      port: {
        post: (message) => utility.postMessage(message),
        onMessage: (listener) =>
          utility.on('message', (event) =>
            listener(event.data as HostMessage, event.ports[0] ? windowPort(event.ports[0]) : null),
          ),
      },
    };
  }
  if (!process.send) throw new Error('The engine process is started by a host, not by hand.');
  const send = process.send.bind(process);
  return {
    canFork: true,
    onLost: (listener) => void process.on('disconnect', listener),
    port: {
      post: (message) => {
        if (process.connected) send(message);
      },
      onMessage: (listener) => void process.on('message', (message) => listener(message as HostMessage, null)),
    },
  };
}

function windowPort(port: ElectronPort): WirePort {
  return {
    send: (message) => port.postMessage(message),
    onMessage: (listener) => {
      port.on('message', (event) => listener(event.data));
      port.start();
    },
    onClose: (listener) => port.on('close', listener),
    close: () => port.close(),
  };
}
