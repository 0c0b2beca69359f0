/**
 * How a file is answered over HTTP semantics (RFC 9110: ranges, validators), decided without touching the disk,
 * so that the browser host and Electron's protocol answer alike.
 */

/** Bytes of a file, both ends included, as in `Content-Range`. */
export interface ByteRange {
  readonly firstByte: number;
  readonly lastByte: number;
}

export interface FileFacts {
  readonly sizeBytes: number;
  readonly modifiedMs: number;
  readonly contentType: string;
}

export interface RequestFacts {
  readonly method: string;
  readonly range?: string | undefined;
  readonly ifRange?: string | undefined;
  readonly ifNoneMatch?: string | undefined;
}

export interface FileResponsePlan {
  readonly status: 200 | 206 | 304 | 405 | 416;
  readonly headers: Readonly<Record<string, string>>;
  /** What to send; null = no body. */
  readonly body: ByteRange | 'empty' | null;
}

/** 'none' also for what RFC 9110 lets a server ignore: other units, bad syntax, several ranges at once. */
export function parseRange(header: string | undefined, sizeBytes: number): ByteRange | 'none' | 'unsatisfiable' {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '');
  if (!match || (match[1] === '' && match[2] === '')) return 'none';
  const [, first, last] = match;
  if (first === '') {
    const suffixBytes = Number(last);
    if (suffixBytes === 0 || sizeBytes === 0) return 'unsatisfiable';
    return { firstByte: Math.max(0, sizeBytes - suffixBytes), lastByte: sizeBytes - 1 };
  }
  const firstByte = Number(first);
  if (last !== '' && Number(last) < firstByte) return 'none';
  if (firstByte >= sizeBytes) return 'unsatisfiable';
  return { firstByte, lastByte: last === '' ? sizeBytes - 1 : Math.min(Number(last), sizeBytes - 1) };
}

/** Strong validator from size and time of change: files of the cache and takes are written once and renamed. */
export function entityTag(file: FileFacts): string {
  return `"${file.sizeBytes.toString(16)}-${Math.round(file.modifiedMs).toString(16)}"`;
}

/** Status, headers and byte range for a request of a file, by RFC 9110: ranges and entity tags included. */
export function planFileResponse(file: FileFacts, request: RequestFacts): FileResponsePlan {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return { status: 405, headers: { allow: 'GET, HEAD' }, body: null };
  }
  const tag = entityTag(file);
  const headers: Record<string, string> = {
    'content-type': file.contentType,
    'accept-ranges': 'bytes',
    etag: tag,
    // revalidated every time, with 304 while the file is unchanged: a regenerated proxy shows at once
    'cache-control': 'private, no-cache',
  };
  if (request.ifNoneMatch?.split(',').some((value) => value.trim() === tag || value.trim() === '*')) {
    return { status: 304, headers, body: null };
  }
  // a range of another version of the file would be glued to this one: send the whole instead
  const range =
    request.ifRange === undefined || request.ifRange === tag ? parseRange(request.range, file.sizeBytes) : 'none';
  if (range === 'unsatisfiable') {
    return { status: 416, headers: { ...headers, 'content-range': `bytes */${file.sizeBytes}` }, body: null };
  }
  const isHead = request.method === 'HEAD';
  if (range === 'none') {
    const whole = file.sizeBytes === 0 ? 'empty' : { firstByte: 0, lastByte: file.sizeBytes - 1 };
    return {
      status: 200,
      headers: { ...headers, 'content-length': String(file.sizeBytes) },
      body: isHead ? null : whole,
    };
  }
  return {
    status: 206,
    headers: {
      ...headers,
      'content-length': String(range.lastByte - range.firstByte + 1),
      'content-range': `bytes ${range.firstByte}-${range.lastByte}/${file.sizeBytes}`,
    },
    body: isHead ? null : range,
  };
}

const contentTypes: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  mjs: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  json: 'application/json; charset=utf-8',
  map: 'application/json; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  jpg: 'image/jpeg',
  webp: 'image/webp',
  ico: 'image/x-icon',
  woff2: 'font/woff2',
  ttf: 'font/ttf',
  otf: 'font/otf',
  wasm: 'application/wasm',
  txt: 'text/plain; charset=utf-8',
};

/** For the app's own files only; the engine names the types of media. */
export function contentTypeOf(path: string): string {
  const extension = /\.([a-z0-9]+)$/i.exec(path)?.[1]?.toLowerCase() ?? '';
  return contentTypes[extension] ?? 'application/octet-stream';
}
