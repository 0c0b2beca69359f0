import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { ResolvedFile } from './engineMessages.ts';
import { planFileResponse } from './fileResponse.ts';

/** Answers with plain text that is not cached. */
export function sendText(
  response: ServerResponse,
  status: number,
  text: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store', ...headers });
  response.end(`${text}\n`);
}

/** Answers with a JSON value that is not cached. */
export function sendJson(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' });
  response.end(JSON.stringify(value));
}

/** Answers with a file of the disk, or a part of it. `extra` headers win. 404 when it is gone or no file. */
export async function sendFile(
  request: IncomingMessage,
  response: ServerResponse,
  file: ResolvedFile,
  extra: Readonly<Record<string, string>> = {},
): Promise<void> {
  const facts = await stat(file.path).catch(() => null);
  if (!facts?.isFile()) {
    sendText(response, 404, 'This file is not there any more.');
    return;
  }
  const plan = planFileResponse(
    { sizeBytes: facts.size, modifiedMs: facts.mtimeMs, contentType: file.contentType },
    {
      method: request.method ?? 'GET',
      range: request.headers.range,
      ifRange: request.headers['if-range'] as string | undefined,
      ifNoneMatch: request.headers['if-none-match'],
    },
  );
  response.writeHead(plan.status, { ...plan.headers, ...extra });
  if (plan.body === null || plan.body === 'empty') {
    response.end();
    return;
  }
  try {
    await pipeline(createReadStream(file.path, { start: plan.body.firstByte, end: plan.body.lastByte }), response);
  } catch (error) {
    // a seeking player drops most of its requests half-way; anything else breaks the transfer, which the player reports
    if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') response.destroy(error as Error);
  }
}
