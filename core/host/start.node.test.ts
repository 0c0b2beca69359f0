/** What a fresh machine is told, and what opens the window. */
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { findDesktopProgram } from './launchDesktop.node.ts';
import { browserCommand, openInBrowser } from './openInBrowser.node.ts';
import { MissingPrerequisite, checkNode, ensureFfmpeg, findFfmpeg, findProgram } from './prerequisites.mjs';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'framewright-start-'));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  await rm(folder, { recursive: true });
});

async function program(name: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, '#!/bin/sh\n');
  await chmod(path, 0o755);
  return path;
}

describe('a machine is told what it lacks', () => {
  it('Node 20.19 is the oldest', () => {
    for (const version of ['20.19.0', '20.20.2', '22.1.0', '45.0.0']) expect(() => checkNode(version)).not.toThrow();
    for (const version of ['20.18.3', '18.20.0', '8.0.0'])
      expect(() => checkNode(version)).toThrow(/needs Node 20\.19 or newer; this is .*nodejs\.org/);
  });

  it('ffmpeg comes from the variable, then from the PATH', async () => {
    vi.stubEnv('PATH', folder);
    vi.stubEnv('FRAMEWRIGHT_FFMPEG', '');
    const onPath = await program('ffmpeg');
    expect(findFfmpeg()).toBe(onPath);
    await mkdir(join(folder, 'own'));
    const own = await program('own/ffmpeg');
    vi.stubEnv('FRAMEWRIGHT_FFMPEG', own);
    expect(findFfmpeg()).toBe(own);
  });

  it('who may not install is told the exact command', async () => {
    vi.stubEnv('PATH', folder);
    vi.stubEnv('FRAMEWRIGHT_FFMPEG', '');
    vi.spyOn(process, 'getuid').mockReturnValue(1000);
    if (findFfmpeg()) return expect(findFfmpeg()).toContain('ffmpeg-static');
    const said: string[] = [];
    await expect(ensureFfmpeg((line) => said.push(line))).rejects.toThrow(
      /ffmpeg is missing\. Install it with: sudo apt-get install ffmpeg .*FRAMEWRIGHT_FFMPEG/,
    );
    await expect(ensureFfmpeg(() => undefined)).rejects.toBeInstanceOf(MissingPrerequisite);
    expect(said).toEqual([]);
  });

  it('a program that is nowhere on the PATH is not found', () => {
    vi.stubEnv('PATH', `${folder}::/nowhere`);
    expect(findProgram('ffmpeg')).toBeNull();
  });
});

describe('the window', () => {
  it('is not Electron on a machine without a screen, and says so', () => {
    vi.stubEnv('DISPLAY', '');
    vi.stubEnv('WAYLAND_DISPLAY', '');
    expect(findDesktopProgram(() => undefined)).toEqual({ missing: 'this machine has no screen' });
    expect(browserCommand('http://127.0.0.1:1/?key=x')).toBeNull();
  });

  it('is a window of its own where Chromium is installed, but never Chromium as root', async () => {
    vi.stubEnv('DISPLAY', ':0');
    vi.stubEnv('PATH', folder);
    const opener = await program('xdg-open');
    const chromium = await program('chromium');
    vi.spyOn(process, 'getuid').mockReturnValue(1000);
    expect(browserCommand('http://127.0.0.1:1/')).toEqual([chromium, '--app=http://127.0.0.1:1/']);
    vi.spyOn(process, 'getuid').mockReturnValue(0);
    expect(browserCommand('http://127.0.0.1:1/')).toEqual([opener, 'http://127.0.0.1:1/']);
  });

  it('is not opened where FRAMEWRIGHT_NO_OPEN asks for the address alone', async () => {
    vi.stubEnv('DISPLAY', ':0');
    vi.stubEnv('PATH', folder);
    await program('xdg-open');
    vi.stubEnv('FRAMEWRIGHT_NO_OPEN', '1');
    expect(openInBrowser('http://127.0.0.1:1/')).toBe(false);
  });
});
