/**
 * framewright://app/... : the window's own files and the engine's '/files/...', with ranges, as the browser host serves
 * them.
 */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join, normalize, sep } from 'node:path';
import { Readable } from 'node:stream';
import type { ResolvedFile } from '../../core/host/engineMessages.ts';
import { contentTypeOf, planFileResponse } from '../../core/host/fileResponse.ts';
import { parseTarget, type RequestTarget } from '../../core/host/requestTarget.ts';
import { securityHeaders } from '../../core/host/securityHeaders.ts';
import { appOrigin, isAppUrl } from './appPage.ts';

export interface FileProtocolOptions {
  /** dist/renderer */
  readonly rendererFolder: string;
  resolveFile(urlPath: string): Promise<ResolvedFile | null>;
}

/** What `protocol.handle` takes. */
export function fileProtocol(options: FileProtocolOptions): (request: Request) => Promise<Response> {
  return async (request) => {
    if (!isAppUrl(request.url)) return notFound();
    const parsed = parseTarget(request.url.slice(appOrigin.length) || '/');
    if (!parsed.ok) return notFound();
    const { target } = parsed;
    const isMedia = target.path.startsWith('/files/');
    const file = isMedia ? await options.resolveFile(target.path) : rendererFile(options.rendererFolder, target);
    return file ? answer(request, file, securityHeaders(isMedia ? 'media' : 'page')) : notFound();
  };
}

function rendererFile(folder: string, target: RequestTarget): ResolvedFile | null {
  const path = normalize(join(folder, target.path === '/' ? '/index.html' : target.decodedPath));
  return path.startsWith(folder + sep) ? { path, contentType: contentTypeOf(path) } : null;
}

async function answer(
  request: Request,
  file: ResolvedFile,
  extra: Readonly<Record<string, string>>,
): Promise<Response> {
  const facts = await stat(file.path).catch(() => null);
  if (!facts?.isFile()) return notFound();
  const header = (name: string) => request.headers.get(name) ?? undefined;
  const plan = planFileResponse(
    { sizeBytes: facts.size, modifiedMs: facts.mtimeMs, contentType: file.contentType },
    {
      method: request.method,
      range: header('range'),
      ifRange: header('if-range'),
      ifNoneMatch: header('if-none-match'),
    },
  );
  const body =
    plan.body === null || plan.body === 'empty'
      ? null
      : (Readable.toWeb(
          createReadStream(file.path, { start: plan.body.firstByte, end: plan.body.lastByte }),
        ) as ReadableStream<Uint8Array>);
  return new Response(body, { status: plan.status, headers: { ...plan.headers, ...extra } });
}

function notFound(): Response {
  return new Response('There is nothing here.\n', {
    status: 404,
    headers: { 'content-type': 'text/plain; charset=utf-8' },
  });
}
