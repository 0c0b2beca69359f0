/**
 * The editor over loopback HTTP: the window's own files, '/files/...' from the engine, uploads, and the contract as a
 * WebSocket. It knows the engine only through `EngineGate`, so it can be tested without one.
 */
import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { accessKeyParameter } from '../contract/desktopBridge.ts';
import { toFailure } from '../contract/errors.ts';
import { createAccessKeys } from './accessKeys.node.ts';
import { admit } from './admission.node.ts';
import { answerRequest, type ServedEditor } from './answerRequest.node.ts';
import { attachContractSocket } from './contractSocket.node.ts';
import type { EngineGate } from './engineSupervisor.ts';
import { sendText } from './sendFile.node.ts';

export interface BrowserServerOptions {
  readonly engine: EngineGate;
  /** dist/renderer */
  readonly rendererFolder: string;
  /** Tried first; 0 or a taken one becomes any free port. */
  readonly port: number;
  /** How often a silent window is asked for a sign of life, ms. */
  readonly pingMs?: number;
}

export interface BrowserServer {
  readonly port: number;
  /** An address that lets one browser in, once, within `lifetimeMs`. */
  newLink(lifetimeMs: number): string;
  close(): Promise<void>;
}

/** A client that has not finished its headers by then is cut off, ms. */
const headersMs = 20_000;

/** Listens on 127.0.0.1. Rejects only when no port can be had. */
export async function startBrowserServer(options: BrowserServerOptions): Promise<BrowserServer> {
  const keys = createAccessKeys(
    () => randomBytes(32).toString('base64url'),
    () => performance.now(),
  );
  const editor: ServedEditor = { ...options, keys, port: 0 };
  const server = createServer((request, response) => {
    answerRequest(request, response, editor).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else sendText(response, 500, toFailure(error).message);
    });
  });
  // a large upload to a slow disk may take longer than Node's five minutes; silent ones end by themselves (uploads)
  server.requestTimeout = 0;
  server.headersTimeout = headersMs;
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  editor.port = await listen(server, options.port);
  const contract = attachContractSocket({
    server,
    engine: options.engine,
    pingMs: options.pingMs ?? 15_000,
    refuse: async (request, target) => (await admit(request, target, 'data', editor)).refusal,
  });
  return {
    port: editor.port,
    newLink: (lifetimeMs) => `http://127.0.0.1:${editor.port}/?${accessKeyParameter}=${keys.newLink(lifetimeMs)}`,
    close: async () => {
      contract.close();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      });
    },
  };
}

async function listen(server: Server, wanted: number): Promise<number> {
  const tryPort = (port: number) =>
    new Promise<number>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', () => {
        server.off('error', reject);
        resolve((server.address() as AddressInfo).port);
      });
    });
  try {
    return await tryPort(wanted);
  } catch (error) {
    if (wanted === 0 || !['EADDRINUSE', 'EACCES'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    return tryPort(0);
  }
}
