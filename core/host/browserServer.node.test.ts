import { existsSync } from 'node:fs';
import { mkdtemp, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { connect as connectTcp } from 'node:net';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join, parse } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { FailureError } from '../contract/errors.ts';
import { startBrowserServer, type BrowserServer } from './browserServer.node.ts';
import type { EngineGate } from './engineSupervisor.ts';
import { eventually } from '../time/testing/eventually.ts';

let folder: string;
let server: BrowserServer;
/** The session's cookie, as a browser that came by a link has it. */
let cookieHeader: string;
let lost: () => void;
let openPipes: number;
let heard: string[];
let say: (text: string) => void;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'framewright-host-'));
  await mkdir(join(folder, 'renderer/assets'), { recursive: true });
  await mkdir(join(folder, 'uploads'));
  await writeFile(join(folder, 'renderer/index.html'), '<!doctype html><title>window</title>');
  await writeFile(join(folder, 'renderer/assets/index-a1.js'), 'export {};');
  await writeFile(join(folder, 'secret.txt'), 'secret');
  await writeFile(join(folder, 'clip.mp4'), Buffer.from(Array.from({ length: 1000 }, (_, index) => index % 256)));
  openPipes = 0;
  heard = [];
  const engine: EngineGate = {
    connect: (onText) => {
      openPipes++;
      say = onText;
      return { send: (text) => heard.push(text), close: () => openPipes-- };
    },
    onLost: (listener) => {
      lost = listener;
      return () => undefined;
    },
    resolveFile: async (urlPath) => {
      if (urlPath === '/files/clip') return { path: join(folder, 'clip.mp4'), contentType: 'video/mp4' };
      if (urlPath === '/files/exports/one') return { path: join(folder, 'clip.mp4'), contentType: 'video/mp4' };
      if (urlPath === '/files/gone') return { path: join(folder, 'gone.mp4'), contentType: 'video/mp4' };
      return null;
    },
    uploadPath: async (projectId, name) => {
      if (projectId !== 'p1') throw new FailureError('notFound', 'This project is not open.');
      return name === 'unwritable.mp4' ? join(folder, 'secret.txt', name) : freeName(join(folder, 'uploads'), name);
    },
  };
  server = await startBrowserServer({ engine, rendererFolder: join(folder, 'renderer'), port: 0, pingMs: 60 });
  const entered = await fetch(server.newLink(60_000));
  cookieHeader = entered.headers.get('set-cookie')!.split(';')[0]!;
});

afterEach(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

/** As the engine chooses it. */
function freeName(uploads: string, name: string): string {
  const { name: stem, ext } = parse(name);
  for (let copy = 1; ; copy++) {
    const path = join(uploads, copy === 1 ? name : `${stem} ${copy}${ext}`);
    if (!existsSync(path)) return path;
  }
}

const cookie = () => ({ cookie: cookieHeader });
const get = (path: string, headers: Record<string, string> = cookie(), method = 'GET') =>
  fetch(`http://127.0.0.1:${server.port}${path}`, { method, headers });

/** Sends a path verbatim: fetch would normalise '..' first. */
function rawStatus(path: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    httpRequest({ host: '127.0.0.1', port: server.port, path, headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .on('error', reject)
      .end();
  });
}

describe('the page', () => {
  it('opens by a link, sets the cookie, and forbids inline script', async () => {
    const response = await fetch(server.newLink(60_000));
    expect(response.status).toBe(200);
    expect(response.headers.get('set-cookie')).toMatch(
      new RegExp(`^framewright-${server.port}=[\\w-]{43}; HttpOnly; SameSite=Strict; Path=/$`),
    );
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(response.headers.get('referrer-policy')).toBe('no-referrer');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await response.text()).toContain('<title>window</title>');
  });
  it('opens once by each link, and again by the cookie alone', async () => {
    const path = new URL(server.newLink(60_000));
    expect((await fetch(path, { method: 'HEAD' })).status).toBe(403);
    expect((await fetch(path)).status).toBe(200);
    const again = await fetch(path);
    expect([again.status, await again.text()]).toEqual([403, expect.stringContaining('has been used or has expired')]);
    expect(again.headers.get('set-cookie')).toBeNull();
    const reload = await get(path.pathname + path.search);
    expect([reload.status, reload.headers.get('set-cookie')]).toEqual([200, null]);
    expect((await get('/')).status).toBe(200);
  });
  it('does not open by a link that has expired, nor anything else by a link', async () => {
    expect((await fetch(server.newLink(0))).status).toBe(403);
    const { search } = new URL(server.newLink(60_000));
    expect((await get(`/files/clip${search}`, {})).status).toBe(403);
  });
  it('loads its files with the cookie alone, cached for good where they are named by content', async () => {
    const response = await get('/assets/index-a1.js');
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(response.headers.get('cache-control')).toContain('immutable');
  });
  it('listens on loopback only', async () => {
    expect(new URL(server.newLink(1)).hostname).toBe('127.0.0.1');
  });
});

describe('nothing is answered', () => {
  it('without the cookie, with a wrong key, or under another host name', async () => {
    for (const path of ['/', '/assets/index-a1.js', '/files/clip', '/upload', '/?key=wrong', '/?key=']) {
      expect((await get(path, {})).status, path).toBe(403);
    }
    expect(await rawStatus('/files/clip', { ...cookie(), host: 'evil.example' })).toBe(403);
  });
  it('to another origin', async () => {
    expect(await rawStatus('/files/clip', { ...cookie(), origin: 'https://evil.example' })).toBe(403);
    expect(await rawStatus('/files/clip', { ...cookie(), 'sec-fetch-site': 'cross-site' })).toBe(403);
  });
  it('outside the window’s folder, however the address is written', async () => {
    for (const path of [
      '/../secret.txt',
      '/assets/../../secret.txt',
      '/%2e%2e/secret.txt',
      '/..%2fsecret.txt',
      '/assets/..%5c..%5csecret.txt',
    ]) {
      expect(await rawStatus(path, cookie()), path).toBe(404);
    }
  });
  it('to an address that is not one', async () => {
    for (const path of [
      '//',
      '//etc/passwd',
      '/%',
      '/%zz',
      '/%00',
      '/files/%zz/original',
      '/a%0a',
      `/${'a'.repeat(9000)}`,
    ])
      for (const headers of [cookie(), {}]) expect(await rawStatus(path, headers), path).toBe(400);
  });
});

describe('files of the engine', () => {
  it('come whole and in ranges, with type and validator', async () => {
    // a tab plays a finished export itself; nothing else is let in, and nothing without the cookie
    const exported = await get('/files/exports/one');
    expect(exported.headers.get('content-security-policy')).toBe("default-src 'none'; media-src 'self'");
    expect((await get('/files/clip')).headers.get('content-security-policy')).toContain('sandbox');
    expect((await get('/files/exports/one', {})).status).toBe(403);
    const whole = await get('/files/clip');
    expect([whole.status, whole.headers.get('content-type'), (await whole.arrayBuffer()).byteLength]).toEqual([
      200,
      'video/mp4',
      1000,
    ]);
    const part = await get('/files/clip', { ...cookie(), range: 'bytes=990-' });
    expect(part.status).toBe(206);
    expect(part.headers.get('content-range')).toBe('bytes 990-999/1000');
    expect([...new Uint8Array(await part.arrayBuffer())]).toEqual(
      Array.from({ length: 10 }, (_, index) => (990 + index) % 256),
    );
    expect((await get('/files/clip', { ...cookie(), range: 'bytes=1000-' })).status).toBe(416);
    expect((await get('/files/clip', { ...cookie(), 'if-none-match': whole.headers.get('etag')! })).status).toBe(304);
    expect((await get('/files/clip', cookie(), 'HEAD')).headers.get('content-length')).toBe('1000');
    expect((await get('/files/clip', cookie(), 'DELETE')).status).toBe(405);
  });
  it('can run nothing, even opened as a page', async () => {
    expect((await get('/files/clip')).headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
  });
  it('are 404 when the engine did not give them out or they went away', async () => {
    expect((await get('/files/../secret.txt')).status).toBe(404);
    expect((await get('/files/other')).status).toBe(404);
    expect((await get('/files/gone')).status).toBe(404);
  });
});

describe('a dropped file', () => {
  const put = (query: string, body: string) =>
    fetch(`http://127.0.0.1:${server.port}/upload?${query}`, { method: 'PUT', headers: cookie(), body });

  it('arrives under the name the engine chose', async () => {
    const response = await put('projectId=p1&name=my%20clip.mp4', 'bytes');
    expect(await response.json()).toEqual({ path: join(folder, 'uploads/my clip.mp4') });
    expect(await readFile(join(folder, 'uploads/my clip.mp4'), 'utf8')).toBe('bytes');
  });
  it('is refused with a sentence: no name, no project, no room to write', async () => {
    expect((await put('projectId=p1', 'x')).status).toBe(400);
    expect(await (await put('projectId=p2&name=a.mp4', 'x')).json()).toEqual({
      code: 'notFound',
      message: 'This project is not open.',
    });
    const unwritable = (await (await put('projectId=p1&name=unwritable.mp4', 'x')).json()) as {
      code: string;
      message: string;
    };
    expect(unwritable.code).toBe('notWritable');
    expect(unwritable.message).toContain('cannot be written');
  });
  it('keeps its own content when another of the same name arrives at the same time', async () => {
    const bodies = Array.from({ length: 8 }, (_, index) => String(index).repeat(100_000));
    const answers = await Promise.all(bodies.map((body) => put('projectId=p1&name=same.mp4', body)));
    expect(answers.map(({ status }) => status)).toEqual(bodies.map(() => 200));
    const paths = await Promise.all(answers.map(async (answer) => ((await answer.json()) as { path: string }).path));
    expect(new Set(paths).size).toBe(bodies.length);
    expect(await Promise.all(paths.map((path) => readFile(path, 'utf8')))).toEqual(bodies);
    expect(await readdir(join(folder, 'uploads'))).toHaveLength(bodies.length);
  });
  it('leaves nothing when the window closes half-way', async () => {
    const socket = connectTcp(server.port, '127.0.0.1');
    socket.write(
      `PUT /upload?projectId=p1&name=half.mp4 HTTP/1.1\r\nhost: 127.0.0.1:${server.port}\r\ncookie: ${cookie().cookie}\r\ncontent-length: 1000\r\n\r\nhalf of it`,
    );
    await eventually(async () =>
      expect(await readdir(join(folder, 'uploads'))).toEqual([expect.stringMatching(/^\.part-.*half\.mp4$/)]),
    );
    socket.destroy();
    await eventually(async () => expect(await readdir(join(folder, 'uploads'))).toEqual([]));
  });
});

describe('the contract', () => {
  const open = (headers: Record<string, string>, path = '/contract', autoPong = true) =>
    new WebSocket(`ws://127.0.0.1:${server.port}${path}`, { headers, autoPong });
  const opened = (socket: WebSocket) =>
    new Promise<'open' | number>((resolve) => {
      socket.on('open', () => resolve('open'));
      socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
      socket.on('error', () => undefined);
    });
  const closed = (socket: WebSocket) => new Promise<number>((resolve) => socket.on('close', (code) => resolve(code)));

  it('passes text both ways', async () => {
    const socket = open(cookie());
    expect(await opened(socket)).toBe('open');
    const answer = new Promise<string>((resolve) => socket.on('message', (data) => resolve(data.toString())));
    socket.send('call');
    await eventually(() => expect(heard).toEqual(['call']));
    say('answer');
    expect(await answer).toBe('answer');
    socket.close();
    await eventually(() => expect(openPipes).toBe(0));
  });
  it('is refused without the token, to another origin, and elsewhere', async () => {
    expect(await opened(open({}))).toBe(403);
    expect(await opened(open({ ...cookie(), origin: 'https://evil.example' }))).toBe(403);
    expect(await opened(open(cookie(), '/other'))).toBe(404);
    expect(openPipes).toBe(0);
  });
  it('answers 400 to a malformed upgrade, and lives on', async () => {
    const upgrade = (target: string, headers: string) =>
      new Promise<string>((resolve, reject) => {
        const socket = connectTcp(server.port, '127.0.0.1');
        let text = '';
        socket.on('data', (chunk: Buffer) => (text += chunk.toString()));
        socket.on('close', () => resolve(text.split('\r\n')[0]!));
        socket.on('error', reject);
        socket.write(
          `GET ${target} HTTP/1.1\r\nhost: 127.0.0.1:${server.port}\r\nconnection: upgrade\r\nupgrade: websocket\r\n${headers}\r\n`,
        );
      });
    const known = `cookie: ${cookieHeader}\r\n`;
    for (const target of ['//', '//evil.example/contract', '/%zz', '*', 'http://127.0.0.1/contract'])
      expect(await upgrade(target, known), target).toBe('HTTP/1.1 400 Bad Request');
    expect(await upgrade('/contract', known)).toBe('HTTP/1.1 400 Bad Request');
    expect(await upgrade('/contract', `${known}sec-websocket-key: short\r\nsec-websocket-version: 13\r\n`)).toBe(
      'HTTP/1.1 400 Bad Request',
    );
    expect(await upgrade('/contract', '')).toBe('HTTP/1.1 403 Forbidden');
    expect(await opened(open(cookie()))).toBe('open');
  });
  it('closes with "service restart" when the engine dies, so that windows connect anew', async () => {
    const socket = open(cookie());
    await opened(socket);
    const code = closed(socket);
    lost();
    expect(await code).toBe(1012);
  });
  it('drops a window that gives no sign of life', async () => {
    const socket = open(cookie(), '/contract', false);
    await opened(socket);
    expect(openPipes).toBe(1);
    await eventually(() => expect(openPipes).toBe(0));
  });
});
