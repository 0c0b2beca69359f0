/** Random HTTP requests and upgrades, as bytes on the wire: from nearly right to nothing like HTTP. */
import type { Draw } from './draw.ts';

export interface HttpTarget {
  readonly port: number;
  /** `name=value` of a browser that was let in. */
  readonly cookie: string;
  readonly projectId: string;
}

export interface WireRequest {
  /** Latin-1: one character is one byte. */
  readonly bytes: string;
  /** The client breaks off before its request is complete, so no answer is owed. */
  readonly isCutOff: boolean;
}

const methods = ['GET', 'HEAD', 'PUT', 'POST', 'DELETE', 'OPTIONS', 'TRACE', 'PATCH', 'CONNECT', 'get', 'PROPFIND', ''];
const paths = [
  '/',
  '//',
  '/index.html',
  '/?key=x',
  '/?key=',
  '/favicon.ico',
  '/assets/',
  '/assets/index.js',
  '/../../etc/passwd',
  '/..%2f..%2fetc%2fpasswd',
  '/%2e%2e/%2e%2e/secret',
  '/assets/..%5c..%5csecret',
  '/%zz',
  '/%',
  '/%00',
  '/%c0%af',
  '/files/',
  '/files/%zz/original',
  '/files/a/media/b/original',
  '/files/a/takes/b/proxy.mp4',
  // an address of older versions: refused as any that was not given out
  '/files/jobs/a/b.jpg',
  '/files/a/renders/00000000000000000000000000000000.png',
  '/upload',
  '/upload?projectId=&name=',
  '/contract',
  '/contract/',
  '//evil.example/contract',
  '/\\evil.example',
  'http://127.0.0.1/',
  'http://evil.example/',
  'file:///etc/passwd',
  '*',
  'contract',
  '',
];
const ranges = [
  'bytes=0-0',
  'bytes=-1',
  'bytes=-0',
  'bytes=5-1',
  'bytes=99999999999999999999999-',
  `bytes=-${'9'.repeat(400)}`,
  'bytes=0-1,5-6',
  'bytes=',
  'bits=0-1',
  'bytes=a-b',
];

function path(draw: Draw, { projectId }: HttpTarget): string {
  const kind = draw.integer(0, 10);
  if (kind < 5) return draw.pick(paths);
  if (kind < 6) return `/${encodeURIComponent(draw.text(60))}`;
  if (kind < 7)
    return `/files/${projectId}/${draw.pick(['media', 'takes', 'renders', '..'])}/${draw.text(20)}/original`;
  if (kind < 8) {
    const project = draw.pick([projectId, 'closed', '', encodeURIComponent(draw.text(10))]);
    return `/upload?projectId=${project}&name=${encodeURIComponent(draw.text(40))}`;
  }
  if (kind < 9) return `/${draw.text(40)}`;
  return `/${draw.pick(['a', '/', '%41', '../'])}`.repeat(draw.pick([10, 500, 3000]));
}

function header(draw: Draw, target: HttpTarget): string {
  const host = `127.0.0.1:${target.port}`;
  return draw.pick([
    () => `host: ${draw.pick([host, `localhost:${target.port}`, 'evil.example', '', draw.text(20)])}`,
    () => `origin: ${draw.pick([`http://${host}`, 'null', 'https://evil.example', draw.text(20)])}`,
    () => `sec-fetch-site: ${draw.pick(['same-origin', 'none', 'cross-site', 'x'])}`,
    () => `cookie: ${draw.pick([target.cookie, `${target.cookie}x`, '=', ';;;', draw.text(80)])}`,
    () => `range: ${draw.pick(ranges)}`,
    () => `if-range: ${draw.text(20)}`,
    () => `if-none-match: ${draw.pick(['*', '"', draw.text(40)])}`,
    () => `expect: ${draw.pick(['100-continue', 'x'])}`,
    () => `transfer-encoding: ${draw.pick(['chunked', 'gzip', 'chunked, chunked', 'identity'])}`,
    () => `content-length: ${draw.pick(['0', '5', '-1', '1e3', '99999999999999999999', 'x'])}`,
    () => `connection: ${draw.pick(['close', 'keep-alive', 'upgrade', draw.text(10)])}`,
    () => `upgrade: ${draw.pick(['websocket', 'h2c', draw.text(10)])}`,
    () => `${draw.text(20)}: ${draw.text(60)}`,
    () => `x-long: ${'a'.repeat(draw.pick([100, 20_000]))}`,
    () => draw.text(30),
  ])();
}

/** Requests that could pass: our host, mostly our cookie. */
function goodHeaders(draw: Draw, target: HttpTarget): string[] {
  return [`host: 127.0.0.1:${target.port}`, ...(draw.chance(0.8) ? [`cookie: ${target.cookie}`] : [])];
}

function wire(lines: readonly string[], body: string, isCutOff: boolean): WireRequest {
  // what JavaScript holds above a byte goes out as the bytes of its UTF-8
  const head = Buffer.from(`${lines.join('\r\n')}\r\n\r\n`).toString('latin1');
  return { bytes: isCutOff ? (head + body).slice(0, -3) : head + body, isCutOff };
}

/** A request whose end is clear to both sides, or one that is cut off on purpose. */
export function randomHttp(draw: Draw, target: HttpTarget): WireRequest {
  if (draw.chance(0.03)) return { bytes: Buffer.from(draw.text(200)).toString('latin1'), isCutOff: true };
  const to = path(draw, target);
  const method = draw.chance(0.6) ? (to.startsWith('/upload') ? 'PUT' : 'GET') : draw.pick(methods);
  const line = `${method} ${to} ${draw.pick(['HTTP/1.1', 'HTTP/1.1', 'HTTP/1.0', 'HTTP/9'])}`;
  const odd = Array.from({ length: draw.integer(0, 4) }, () => header(draw, target));
  const body = draw.chance(0.3) ? 'x'.repeat(draw.pick([1, 100, 70_000])) : '';
  // a length that promises more than comes leaves the server waiting, as it must
  const promised = draw.chance(0.9) ? body.length : body.length + 10;
  const lines = [line, ...goodHeaders(draw, target), `content-length: ${promised}`, ...odd];
  const waits = odd.some((text) => /content-length|transfer-encoding|expect/i.test(text)) || promised > body.length;
  return { ...wire(lines, body, draw.chance(0.05)), ...(waits ? { isCutOff: true } : {}) };
}

/** An upgrade that is not quite one; a perfect one is left open by the server, so its client has to leave. */
export function randomUpgrade(draw: Draw, target: HttpTarget): WireRequest {
  const lines = [
    `GET ${draw.chance(0.5) ? '/contract' : path(draw, target)} HTTP/1.1`,
    ...goodHeaders(draw, target),
    `connection: ${draw.pick(['upgrade', 'Upgrade, close', 'keep-alive, Upgrade'])}`,
    `upgrade: ${draw.pick(['websocket', 'WebSocket', 'h2c', 'tls/1.0', ''])}`,
    ...(draw.chance(0.8) ? [`sec-websocket-version: ${draw.pick(['13', '8', '99', 'x'])}`] : []),
    ...(draw.chance(0.8)
      ? [`sec-websocket-key: ${draw.pick(['dGhlIHNhbXBsZSBub25jZQ==', 'short', draw.text(24)])}`]
      : []),
    ...Array.from({ length: draw.integer(0, 3) }, () => header(draw, target)),
  ];
  const frames = draw.pick([
    '',
    '\x81\x05hello',
    '\x81\xfe\xff\xff',
    '\xff\xff\xff\xff',
    '\x88\x80\0\0\0\0',
    'x'.repeat(500),
  ]);
  return { bytes: wire(lines, frames, false).bytes, isCutOff: true };
}
