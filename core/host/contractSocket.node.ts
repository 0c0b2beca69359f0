import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import type { EngineGate } from './engineSupervisor.ts';
import { parseTarget, type RequestTarget } from './requestTarget.ts';

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
  refuse(request: IncomingMessage, target: RequestTarget): Promise<string | null>;
}

/** Carries the contract between windows and the engine as text, unread: only the engine takes messages apart. */
export function attachContractSocket({ server, engine, pingMs, refuse }: ContractSocketOptions): { close(): void } {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: maxMessageBytes, perMessageDeflate: false });
  const alive = new WeakSet<WebSocket>();

  server.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    stream.on('error', () => stream.destroy());
    upgradeStatus(request, refuse).then(
      (status) => {
        if (status !== null) turnAway(stream, status);
        else sockets.handleUpgrade(request, stream, head, (socket) => accept(socket));
      },
      () => turnAway(stream, '500 Internal Server Error'),
    );
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
    // windows reconnect and find the next engine
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

/** Status line of the answer that refuses an upgrade; null when it may go ahead. */
async function upgradeStatus(
  request: IncomingMessage,
  refuse: ContractSocketOptions['refuse'],
): Promise<string | null> {
  const parsed = parseTarget(request.url);
  if (!parsed.ok) return '400 Bad Request';
  if (parsed.target.path !== '/contract') return '404 Not Found';
  return (await refuse(request, parsed.target)) === null ? null : '403 Forbidden';
}

function turnAway(stream: Duplex, status: string): void {
  stream.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`, () => stream.destroy());
}
