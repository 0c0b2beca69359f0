import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fileProtocol } from './fileProtocol.ts';

let folder: string;
let serve: (request: Request) => Promise<Response>;
const get = (path: string, headers: Record<string, string> = {}, method = 'GET') => {
  // node's Request knows no such scheme's origin, but keeps the address
  return serve(new Request(`framewright://app${path}`, { method, headers }));
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'framewright-protocol-'));
  await mkdir(join(folder, 'renderer'));
  await writeFile(join(folder, 'renderer/index.html'), '<!doctype html>');
  await writeFile(join(folder, 'secret.txt'), 'secret');
  await writeFile(join(folder, 'clip.mp4'), '0123456789');
  serve = fileProtocol({
    rendererFolder: join(folder, 'renderer'),
    resolveFile: async (urlPath) =>
      urlPath === '/files/clip' ? { path: join(folder, 'clip.mp4'), contentType: 'video/mp4' } : null,
  });
});
afterAll(() => rm(folder, { recursive: true }));

describe('framewright://app/', () => {
  it('is the window, under its policy', async () => {
    const response = await get('/');
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(response.headers.get('content-security-policy')).toContain("script-src 'self';");
  });
  it('serves media whole and in ranges, so that a player can seek', async () => {
    expect(await (await get('/files/clip')).text()).toBe('0123456789');
    const part = await get('/files/clip', { range: 'bytes=3-5' });
    expect([part.status, part.headers.get('content-range'), await part.text()]).toEqual([206, 'bytes 3-5/10', '345']);
    expect((await get('/files/clip', { range: 'bytes=10-' })).status).toBe(416);
    expect(await (await get('/files/clip', {}, 'HEAD')).text()).toBe('');
  });
  it('has nothing else: other hosts, files outside, files the engine did not give out', async () => {
    expect((await serve(new Request('framewright://other/'))).status).toBe(404);
    for (const path of ['/..%2fsecret.txt', '/%2e%2e%2fsecret.txt', '/none.js', '/files/other', '/%'])
      expect((await get(path)).status, path).toBe(404);
  });
});
