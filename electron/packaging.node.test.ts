/**
 * electron-builder.yml holds, and what it packs is whole: tried offline, with dummy files in place of Electron's own.
 */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { createRequire, isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Configuration } from 'electron-builder';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DoctorReport } from '../core/contract/contract.ts';
import { packageSoundFonts } from '../core/engine/soundfont/packageSoundFonts.node.ts';

const run = promisify(execFile);

const root = fileURLToPath(new URL('..', import.meta.url));
const require = createRequire(join(root, 'package.json'));
const builderRequire = createRequire(require.resolve('electron-builder'));
const asar = builderRequire('@electron/asar') as {
  listPackage(path: string, options: { isPack: boolean }): string[];
  extractAll(path: string, to: string): void;
};

async function readConfiguration(): Promise<Configuration> {
  const { load } = createRequire(builderRequire.resolve('app-builder-lib'))('js-yaml') as {
    load(text: string): Configuration;
  };
  return load(await readFile(join(root, 'electron-builder.yml'), 'utf8'));
}

it('electron-builder.yml is valid for Windows, macOS and Linux', async () => {
  const { validateConfiguration } = builderRequire('app-builder-lib/out/util/config/config') as {
    validateConfiguration(value: unknown, log: unknown): Promise<void>;
  };
  const { DebugLogger } = builderRequire('builder-util') as { DebugLogger: new (enabled: boolean) => unknown };
  const configuration = await readConfiguration();
  await expect(validateConfiguration(configuration, new DebugLogger(false))).resolves.toBeUndefined();
  await expect(validateConfiguration({ ...configuration, appIdd: 'x' }, new DebugLogger(false))).rejects.toThrow(
    'appIdd',
  );
  expect([configuration.win?.target, configuration.mac?.target, configuration.linux?.target]).toEqual([
    ['nsis'],
    ['dmg'],
    ['AppImage', 'deb'],
  ]);
  // the builder is a thousand modules
});

it('the icon is a square that every system takes', async () => {
  const { default: sharp } = await import('sharp');
  const { width, height, hasAlpha } = await sharp(join(root, 'assets/icons/icon.png')).metadata();
  expect([width, height, hasAlpha]).toEqual([1024, 1024, true]);
});

describe('a packed app', () => {
  let folder: string;
  let resources: string;
  let packed: string[];
  const unpacked = (path: string) => join(resources, 'app.asar.unpacked', path);

  beforeAll(async () => {
    if (process.env['FRAMEWRIGHT_BUILT'] !== '1') await run(process.execPath, ['core/host/build.mjs'], { cwd: root });
    folder = await mkdtemp(join(tmpdir(), 'framewright-pack-'));
    await mkdir(join(folder, 'electron/resources'), { recursive: true });
    for (const name of ['electron', 'version', 'LICENSE', 'LICENSES.chromium.html'])
      await writeFile(join(folder, 'electron', name), 'dummy');
    const { build, Platform } = require('electron-builder') as typeof import('electron-builder');
    await build({
      projectDir: root,
      targets: Platform.LINUX.createTarget('dir'),
      publish: 'never',
      // laid over electron-builder.yml, which the builder reads itself
      config: {
        electronDist: join(folder, 'electron'),
        electronVersion: '45.4.1',
        directories: { output: join(folder, 'out') },
        // fuses are bits inside the real binary
        electronFuses: null,
      },
    });
    resources = join(folder, 'out/linux-unpacked/resources');
    packed = asar.listPackage(join(resources, 'app.asar'), { isPack: false });
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('holds main, preload, engine, inference and window, and nothing of the sources', () => {
    for (const path of [
      '/package.json',
      '/dist/electron/main.mjs',
      '/dist/electron/preload.cjs',
      '/dist/host/engineProcess.mjs',
      '/dist/host/inferenceProcess.mjs',
      '/dist/renderer/index.html',
    ])
      expect(packed).toContain(path);
    expect([...new Set(packed.map((path) => path.split('/')[1]))].toSorted()).toEqual([
      'LICENSE',
      'dist',
      'node_modules',
      'package.json',
    ]);
  });

  it('holds every package that main and engine import, and none that only the window or the build uses', async () => {
    for (const name of await importedPackages()) expect(packed, name).toContain(`/node_modules/${name}/package.json`);
    for (const name of [
      'react-dom',
      'electron',
      'app-builder-lib',
      'vite',
      'typescript',
      '@playwright/test',
      '@base-ui/react',
    ])
      expect(
        packed.some((path) => path.startsWith(`/node_modules/${name}/`)),
        name,
      ).toBe(false);
  });

  it('holds the licence text of every package in it, whether bundled or not', async () => {
    const lock = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8')) as {
      packages: Record<string, { dev?: boolean; devOptional?: boolean }>;
    };
    const isLicence = (path: string) => /(^|[/\\])licen[cs]e(\.md|\.txt)?$/i.test(path);
    const copied = (await readdir(join(resources, 'licences'), { recursive: true })).filter(isLicence);
    const texts = [...packed, ...copied.map((path) => `/node_modules/${path.replaceAll('\\', '/')}`)].filter(isLicence);
    const typesOnly = /^node_modules\/(@types\/|@typescript\/|typescript$|csstype$)/;
    const missing: string[] = [];
    for (const [path, { dev, devOptional }] of Object.entries(lock.packages)) {
      if (path === '' || dev || devOptional || typesOnly.test(path) || !existsSync(join(root, path))) continue;
      // a few packages come without one: THIRD-PARTY.md names theirs
      if (!(await readdir(join(root, path))).some(isLicence)) continue;
      if (!texts.some((text) => text.startsWith(`/${path}/`))) missing.push(path);
    }
    expect(missing).toEqual([]);
    expect(await readFile(join(resources, 'THIRD-PARTY.md'), 'utf8')).toContain('Copyright (c) Microsoft Corporation');
  });

  it('holds the face that the engine draws Chinese titles with', () => {
    const font = '/node_modules/@fontsource-variable/noto-sans-sc';
    for (const file of ['package.json', 'unicode.json', 'LICENSE']) expect(packed).toContain(`${font}/${file}`);
    expect(packed.some((path) => path.startsWith(`${font}/files/`) && path.endsWith('-wght-normal.woff2'))).toBe(true);
  });

  it('keeps native code and programs outside the archive, for this system only', async () => {
    expect(await readdir(unpacked('node_modules/onnxruntime-node/bin/napi-v6'))).toEqual([process.platform]);
    expect(await readdir(unpacked(`node_modules/onnxruntime-node/bin/napi-v6/linux/${process.arch}`))).toContain(
      'onnxruntime_binding.node',
    );
    expect((await readdir(unpacked('node_modules/@napi-rs'))).some((name) => name.startsWith('canvas-linux'))).toBe(
      true,
    );
    expect((await readdir(unpacked('node_modules/@img'))).some((name) => name.startsWith('sharp-libvips'))).toBe(true);
    // optional: absent where its download failed at install
    expect(existsSync(unpacked('node_modules/ffmpeg-static'))).toBe(
      existsSync(join(root, 'node_modules/ffmpeg-static')),
    );
    const ffprobe = `node_modules/@ffprobe-installer/linux-${process.arch}/ffprobe`;
    expect(existsSync(unpacked(ffprobe))).toBe(existsSync(join(root, ffprobe)));
    if (existsSync(unpacked(ffprobe))) expect((await stat(unpacked(ffprobe))).mode & 0o777).toBe(0o755);
  });

  it('has packs, fonts and icon beside it as files', () => {
    for (const path of ['models/packs', 'assets/fonts/Inter-Regular.otf', 'assets/icons/icon.png'])
      expect(existsSync(join(resources, path)), path).toBe(true);
  });

  it('has every graph and every licence text of the packs', async () => {
    const packs = join(root, 'models/packs');
    for (const id of await readdir(packs)) {
      const { files } = JSON.parse(await readFile(join(packs, id, 'manifest.json'), 'utf8')) as {
        files: { path: string; sizeBytes: number }[];
      };
      for (const { path, sizeBytes } of files)
        expect((await stat(join(resources, 'models/packs', id, path))).size, path).toBe(sizeBytes);
    }
  });

  it('has the two MIT SoundFonts beside it with their licence texts, and TimGM6mb (GPL-2) nowhere', async () => {
    const holders = { 'MuseScore_General_Lite.copyright': 'Christian Collins', 'FluidR3Mono_License.md': 'Frank Wen' };
    expect((await readdir(join(resources, 'models/soundfonts'))).toSorted()).toEqual(
      [...packageSoundFonts.map(({ fileName }) => fileName), ...Object.keys(holders)].toSorted(),
    );
    for (const [file, holder] of Object.entries(holders)) {
      const text = await readFile(join(resources, 'models/soundfonts', file), 'utf8');
      expect(text).toContain(holder);
      expect(text).toContain('Permission is hereby granted, free of charge');
    }
    const everywhere = [...packed, ...(await readdir(join(folder, 'out'), { recursive: true }))];
    expect(everywhere.filter((path) => /TimGM6mb|@librescore/.test(path))).toEqual([]);
  });

  it('runs out of what was packed: its own doctor finds ffmpeg, processor and packs', async () => {
    const extracted = join(folder, 'extracted');
    asar.extractAll(join(resources, 'app.asar'), extracted);
    const env = { ...process.env, FRAMEWRIGHT_RESOURCES: resources, FRAMEWRIGHT_HOME: join(folder, 'home') };
    const { stdout } = await run(process.execPath, [join(extracted, 'dist/host/cli.mjs'), 'doctor', '--json'], {
      cwd: folder,
      env,
    });
    const report = JSON.parse(stdout) as DoctorReport;
    expect(report.ffmpeg.problem).toBeNull();
    expect(report.providers.find(({ provider }) => provider === 'cpu')).toMatchObject({ usable: true });
    expect(report.soundFont).toMatchObject({
      font: { name: 'MuseScore General Lite', origin: 'package' },
      problem: null,
    });
  });
});

/** Names of the packages that the bundles leave outside. */
async function importedPackages(): Promise<readonly string[]> {
  const names = new Set<string>();
  for (const folder of ['dist/host', 'dist/electron']) {
    for (const file of await readdir(join(root, folder))) {
      if (!/\.[mc]js$/.test(file)) continue;
      const text = await readFile(join(root, folder, file), 'utf8');
      for (const [, specifier] of text.matchAll(
        /(?:^import |\bfrom |\bimport\(|\brequire\()["']([^"'./][^"']*)["']/gm,
      )) {
        const name = specifier!
          .split('/')
          .slice(0, specifier!.startsWith('@') ? 2 : 1)
          .join('/');
        if (!isBuiltin(specifier!) && name !== 'electron' && name !== 'ffmpeg-static') names.add(name);
      }
    }
  }
  return [...names];
}
