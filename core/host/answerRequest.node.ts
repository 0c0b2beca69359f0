/** What the browser host answers to each path. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join, normalize, sep } from 'node:path';
import { exportUrl } from '../contract/contract.ts';
import { FailureError, toFailure } from '../contract/errors.ts';
import { sentence } from '../contract/sentence.ts';
import { cookieName, refusalSentences } from './access.node.ts';
import type { AccessKeys } from './accessKeys.node.ts';
import { admit } from './admission.node.ts';
import type { EngineGate } from './engineSupervisor.ts';
import { contentTypeOf } from './fileResponse.ts';
import { parseTarget, type RequestTarget } from './requestTarget.ts';
import { securityHeaders } from './securityHeaders.ts';
import { sendFile, sendJson, sendText } from './sendFile.node.ts';
import { receiveUpload } from './uploads.node.ts';

export interface ServedEditor {
  readonly engine: EngineGate;
  readonly rendererFolder: string;
  readonly keys: AccessKeys;
  /** Known once the server listens. */
  port: number;
}

/** Answers one request. Bad requests get 4xx; anything thrown is a bug, which the caller answers with 500. */
export async function answerRequest(
  request: IncomingMessage,
  response: ServerResponse,
  editor: ServedEditor,
): Promise<void> {
  const parsed = parseTarget(request.url);
  const isMedia = parsed.ok && parsed.target.path.startsWith('/files/');
  const isExport = parsed.ok && parsed.target.path.startsWith(exportUrl(''));
  const kind = isExport ? 'export' : isMedia ? 'media' : 'page';
  for (const [name, value] of Object.entries(securityHeaders(kind))) response.setHeader(name, value);
  if (!parsed.ok) return turnAway(response, 400, parsed.reason);
  const { target } = parsed;
  const isPage = target.path === '/' || target.path === '/index.html';
  const admission = await admit(request, target, isPage ? 'page' : 'data', editor);
  if (admission.refusal) return turnAway(response, 403, refusalSentences[admission.refusal]);
  if (isPage) return sendPage(request, response, editor, admission.startsSession);
  if (isMedia) return sendEngineFile(request, response, editor.engine, target);
  if (target.path === '/upload') return acceptUpload(request, response, editor.engine, target);
  if (target.path === '/favicon.ico') {
    response.writeHead(204).end();
    return;
  }
  return sendRendererFile(request, response, editor.rendererFolder, target);
}

/** Closes the connection too: a refused client may still have a body to send. */
function turnAway(response: ServerResponse, status: number, sentence: string): void {
  sendText(response, status, sentence, { connection: 'close' });
}

/**
 * The page goes out at once instead of by a redirect: SameSite=Strict cookies are not sent along redirects that another
 * program or site started. The page itself takes the key out of its address (renderer/main.tsx).
 */
function sendPage(
  request: IncomingMessage,
  response: ServerResponse,
  { rendererFolder, keys, port }: ServedEditor,
  startsSession: boolean,
): Promise<void> {
  const cookie = `${cookieName(port)}=${keys.session}; HttpOnly; SameSite=Strict; Path=/`;
  return sendFile(
    request,
    response,
    { path: join(rendererFolder, 'index.html'), contentType: 'text/html; charset=utf-8' },
    { ...(startsSession ? { 'set-cookie': cookie } : {}), 'cache-control': 'no-store' },
  );
}

function sendRendererFile(
  request: IncomingMessage,
  response: ServerResponse,
  folder: string,
  target: RequestTarget,
): Promise<void> | void {
  const path = normalize(join(folder, target.decodedPath));
  if (!path.startsWith(folder + sep)) return sendText(response, 404, 'There is nothing here.');
  // Vite names assets by their content
  const caching: Record<string, string> = target.path.startsWith('/assets/')
    ? { 'cache-control': 'private, max-age=31536000, immutable' }
    : {};
  return sendFile(request, response, { path, contentType: contentTypeOf(path) }, caching);
}

/** Aborts when the client disconnects. */
function goneSignal(response: ServerResponse): AbortSignal {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  return gone.signal;
}

async function sendEngineFile(
  request: IncomingMessage,
  response: ServerResponse,
  engine: EngineGate,
  target: RequestTarget,
): Promise<void> {
  const file = await engine.resolveFile(target.path, goneSignal(response));
  if (!file) return sendText(response, 404, 'This file is not part of an open project.');
  return sendFile(request, response, file);
}

async function acceptUpload(
  request: IncomingMessage,
  response: ServerResponse,
  engine: EngineGate,
  target: RequestTarget,
): Promise<void> {
  if (request.method !== 'PUT') return sendText(response, 405, 'Files are sent with PUT.', { allow: 'PUT' });
  const projectId = target.query.get('projectId') ?? '';
  const name = target.query.get('name') ?? '';
  if (name === '')
    return sendJson(response, 400, new FailureError('badRequest', sentence('host.uploadWithoutName')).failure);
  const signal = goneSignal(response);
  try {
    const path = await receiveUpload(request, () => engine.uploadPath(projectId, name, signal));
    sendJson(response, 200, { path });
  } catch (error) {
    const failure = toFailure(error);
    if (response.destroyed) return;
    // the rest of the body is not read: the connection cannot be used again
    response.setHeader('connection', 'close');
    sendJson(response, failure.code === 'diskFull' ? 507 : failure.code === 'internal' ? 500 : 400, failure);
  }
}
