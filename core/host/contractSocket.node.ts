import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import type { EngineGate } from './engineSupervisor.ts';

/** A painted mask travels inside a request; nothing that windows send is larger. */
const maxMessageBytes = 64 * 1024 * 1024;
/** A window that does not read what it is sent is cut off before it costs more memory than this. */
const maxUnsentBytes = 64 * 1024 * 1024;

/** Close codes of RFC 6455 and its registry. */
const closeCodes = { goingAway: 1001, serviceRestart: 1012 } as const;

interface ContractSocketOptions {
  readonly server: Server;
  readonly engine: EngineGate;
  readonly pingMs: number;
  /** Why a request may not pass; null when it may. */
  refuse(request: IncomingMessage): string | null;
}

/** Carries the contract between windows and the engine as text, unread: only the engine takes messages apart. */
export function attachContractSocket({ server, engine, pingMs, refuse }: ContractSocketOptions): { close(): void } {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: maxMessageBytes, perMessageDeflate: false });
  const alive = new WeakSet<WebSocket>();

  server.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    stream.on('error', () => stream.destroy());
    const path = new URL(request.url ?? '/', 'http://127.0.0.1').pathname;
    const status = path !== '/contract' ? '404 Not Found' : refuse(request) !== null ? '403 Forbidden' : null;
    if (status) {
      stream.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
      return;
    }
    sockets.handleUpgrade(request, stream, head, (socket) => accept(socket));
  });

  const accept = (socket: WebSocket) => {
    alive.add(socket);
    const pipe = engine.connect((text) => {
      if (socket.readyState !== socket.OPEN) return;
      if (socket.bufferedAmount > maxUnsentBytes) socket.terminate();
      else socket.send(text);
    });
    socket.on('message', (data, isBinary) => {
      if (!isBinary) pipe.send(data.toString());
    });
    socket.on('pong', () => alive.add(socket));
    socket.on('close', () => pipe.close());
    // too large or malformed frames: ws closes the socket itself, with the right code
    socket.on('error', () => socket.terminate());
  };

  const pings = setInterval(() => {
    for (const socket of sockets.clients) {
      if (!alive.delete(socket)) socket.terminate();
      else socket.ping();
    }
  }, pingMs);

  const stopListening = engine.onLost(() => {
    // windows connect anew, and find the next engine
    for (const socket of sockets.clients) socket.close(closeCodes.serviceRestart, 'engine restarted');
  });

  return {
    close: () => {
      clearInterval(pings);
      stopListening();
      for (const socket of sockets.clients) socket.close(closeCodes.goingAway, 'editor closed');
      sockets.close();
    },
  };
}
