/**
 * The editor over loopback HTTP: the window's own files, '/files/...' from the engine, uploads, and the contract as a
 * WebSocket. It knows the engine only through `EngineGate`, so that it can be tested without one.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { join, normalize, sep } from 'node:path';
import { toFailure } from '../contract/errors.ts';
import { cookieName, refusalOf, refusalSentences } from './access.ts';
import { attachContractSocket } from './contractSocket.node.ts';
import type { EngineGate } from './engineSupervisor.ts';
import { contentTypeOf } from './fileResponse.ts';
import { securityHeaders } from './securityHeaders.ts';
import { sendFile, sendJson, sendText } from './sendFile.node.ts';
import { receiveUpload } from './uploads.node.ts';

export interface BrowserServerOptions {
  readonly engine: EngineGate;
  /** dist/renderer */
  readonly rendererFolder: string;
  readonly token: string;
  /** Tried first; 0 or a taken one becomes any free port. */
  readonly port: number;
  /** How often a silent window is asked for a sign of life, ms. */
  readonly pingMs?: number;
}

export interface BrowserServer {
  readonly port: number;
  /** With the token: what the user opens. */
  readonly url: string;
  close(): Promise<void>;
}

export async function startBrowserServer(options: BrowserServerOptions): Promise<BrowserServer> {
  let port = 0;
  const server = createServer((request, response) => {
    answer(request, response, options, port).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else sendText(response, 500, toFailure(error).message);
    });
  });
  // a large upload over a slow disk may take longer than node's five minutes
  server.requestTimeout = 0;
  port = await listen(server, options.port);
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  const contract = attachContractSocket({
    server,
    engine: options.engine,
    pingMs: options.pingMs ?? 15_000,
    refuse: (request) => refusal(request, options.token, port, 'data'),
  });
  return {
    port,
    url: `http://127.0.0.1:${port}/?token=${options.token}`,
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

function urlOf(request: IncomingMessage): URL {
  return new URL(request.url ?? '/', 'http://127.0.0.1');
}

function refusal(request: IncomingMessage, token: string, port: number, kind: 'page' | 'data') {
  const headers = { ...request.headers, 'sec-fetch-site': request.headers['sec-fetch-site'] as string | undefined };
  return refusalOf({ headers, port, token, queryToken: urlOf(request).searchParams.get('token'), kind });
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  options: BrowserServerOptions,
  port: number,
): Promise<void> {
  const url = urlOf(request);
  const isPage = url.pathname === '/' || url.pathname === '/index.html';
  const isMedia = url.pathname.startsWith('/files/');
  for (const [name, value] of Object.entries(securityHeaders(isMedia ? 'media' : 'page')))
    response.setHeader(name, value);

  const refused = refusal(request, options.token, port, isPage ? 'page' : 'data');
  if (refused) return sendText(response, 403, refusalSentences[refused]);
  if (isMedia) return sendEngineFile(request, response, options.engine, url.pathname);
  if (url.pathname === '/upload') return acceptUpload(request, response, options.engine, url);
  if (isPage) {
    // the page goes out at once instead of by a redirect: SameSite=Strict cookies miss redirects from other programs
    const cookie = `${cookieName(port)}=${options.token}; HttpOnly; SameSite=Strict; Path=/`;
    return sendFile(
      request,
      response,
      { path: join(options.rendererFolder, 'index.html'), contentType: 'text/html; charset=utf-8' },
      { 'set-cookie': cookie, 'cache-control': 'no-store' },
    );
  }
  if (url.pathname === '/favicon.ico') {
    response.writeHead(204).end();
    return;
  }
  const path = pathInside(options.rendererFolder, url.pathname);
  if (path === null) return sendText(response, 404, 'There is nothing here.');
  // Vite names assets by their content
  const caching: Record<string, string> = url.pathname.startsWith('/assets/')
    ? { 'cache-control': 'private, max-age=31536000, immutable' }
    : {};
  return sendFile(request, response, { path, contentType: contentTypeOf(path) }, caching);
}

/** null when the address leads outside the folder or cannot be decoded. */
function pathInside(folder: string, urlPath: string): string | null {
  let decoded: string;
  try {
    decoded = decodeURIComponent(urlPath);
  } catch {
    return null;
  }
  if (decoded.includes('\0')) return null;
  const path = normalize(join(folder, decoded));
  return path.startsWith(folder + sep) ? path : null;
}

async function sendEngineFile(
  request: IncomingMessage,
  response: ServerResponse,
  engine: EngineGate,
  urlPath: string,
): Promise<void> {
  const file = await engine.resolveFile(urlPath);
  if (!file) return sendText(response, 404, 'This file is not part of an open project.');
  return sendFile(request, response, file);
}

async function acceptUpload(
  request: IncomingMessage,
  response: ServerResponse,
  engine: EngineGate,
  url: URL,
): Promise<void> {
  if (request.method !== 'PUT') return sendText(response, 405, 'Files are sent with PUT.', { allow: 'PUT' });
  const projectId = url.searchParams.get('projectId') ?? '';
  const name = url.searchParams.get('name') ?? '';
  if (name === '')
    return sendJson(response, 400, { code: 'badRequest', message: 'The file that was dropped has no name.' });
  try {
    const path = await engine.uploadPath(projectId, name);
    await receiveUpload(request, path);
    sendJson(response, 200, { path });
  } catch (error) {
    const failure = toFailure(error);
    if (response.destroyed) return;
    // the rest of the body is not read: the connection cannot be used again
    response.setHeader('connection', 'close');
    sendJson(response, failure.code === 'diskFull' ? 507 : failure.code === 'internal' ? 500 : 400, failure);
  }
}
