/** The line to the engine: over a WebSocket in a browser, over a MessagePort in Electron. One for the whole window. */
import type { EngineConnection } from '../../core/contract/contract.ts';
import { createClient, type ClientTransport } from './engineClient.ts';
import { desktop, openPortTransport } from './portTransport.ts';
import { openSocketTransport, uploadByPut } from './socketTransport.ts';

let connection: EngineConnection | null = null;

export function connectToEngine(): EngineConnection {
  const bridge = desktop();
  const transport: ClientTransport = bridge ? openPortTransport(bridge) : openSocketTransport(new URL('contract', location.origin));
  connection = createClient(transport, {
    upload: bridge
      ? async (file) => bridge.pathForFile(file)
      : (file, onProgress) => uploadByPut(file, uploadProjectId(), onProgress),
    url: (path) => new URL(path, location.origin === 'null' ? location.href : location.origin).href,
  });
  return connection;
}

/** The connection; tests and the screenshots' stand-in put theirs in with `useConnection`. */
export function engine(): EngineConnection {
  if (!connection) throw new Error('The engine is used before connectToEngine().');
  return connection;
}

export function useConnection(other: EngineConnection): void {
  connection = other;
}

let uploadProjectId: () => string = () => '';

/** Uploads go into the open project's folder. */
export function setUploadProject(read: () => string): void {
  uploadProjectId = read;
}
