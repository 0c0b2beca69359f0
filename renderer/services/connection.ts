/** The line to the engine: over a WebSocket in a browser, over a MessagePort in Electron. One for the whole window. */
import { createClient } from '../../core/contract/client.ts';
import type { EngineConnection } from '../../core/contract/contract.ts';
import { desktop, keepPort } from './portTransport.ts';
import { keepSocket, uploadByPut } from './socketTransport.ts';

let connection: EngineConnection | null = null;

/** Connects the window to the engine and reconnects when the connection is lost. */
export function connectToEngine(): EngineConnection {
  const root = new URL('/', location.href).href.slice(0, -1);
  const bridge = desktop();
  const client = createClient();
  if (bridge) keepPort(bridge, client);
  else keepSocket(new URL('contract', location.origin), client);
  connection = {
    call: client.call,
    on: client.on,
    onState: client.onState,
    get state() {
      return client.state;
    },
    // asked for every clip that is drawn: joining is a tenth of parsing
    url: (path) =>
      path.startsWith('/')
        ? `${root}${path}`
        : path.startsWith('data:') || path.startsWith('blob:')
          ? path
          : new URL(path, location.href).href,
    // in Electron the file stays where it is: only its path is sent
    upload: async (file, onProgress) => bridge?.pathForFile(file) || uploadByPut(file, uploadProjectId(), onProgress),
  };
  return connection;
}

/** Tests and the screenshots' stand-in put theirs in with `replaceConnection`. */
export function engine(): EngineConnection {
  if (!connection) throw new Error('The engine is used before connectToEngine().');
  return connection;
}

/** Replaces the connection, for tests. */
export function replaceConnection(other: EngineConnection): void {
  connection = other;
}

let uploadProjectId: () => string = () => '';

/** Uploads go into the open project's folder. */
export function setUploadProject(read: () => string): void {
  uploadProjectId = read;
}
