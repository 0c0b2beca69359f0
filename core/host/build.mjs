/**
 * `npm run build`: core and electron by esbuild into dist/host and dist/electron, the window by Vite into
 * dist/renderer. Each part is skipped while the hash of its sources is the one it was built from.
 * Options: --force, --only host|renderer. Plain JavaScript, so that it runs before anything is built.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const dist = join(root, 'dist');
const stampPath = join(dist, '.build.json');
const lockPath = join(dist, '.build.lock');
/** Old chunks stay this long, so that a host that is running while another build ends still finds its own. */
const keepChunksMs = 60 * 60 * 1000;

const hostEntries = {
  cli: 'core/host/cli.node.ts',
  engineProcess: 'core/host/engineProcess.node.ts',
  inferenceProcess: 'core/engine/inference/inferenceProcess.node.ts',
  plateThread: 'core/engine/footage/plate/plateThread.node.ts',
  browserHost: 'core/host/browserHost.node.ts',
};

/** Source folders of each part; a change in any of their files rebuilds the part. */
const parts = {
  host: {
    sources: [
      'core',
      'models/families',
      'models/planners',
      'models/runtime',
      'electron',
      'core/host/build.mjs',
      'package-lock.json',
    ],
    build: buildHost,
  },
  renderer: {
    sources: [
      'renderer',
      'core/time',
      'core/document',
      'core/commands',
      'core/contract',
      'core/render',
      'core/host/contentSecurityPolicy.ts',
      'assets',
      'vite.config.ts',
      'package-lock.json',
    ],
    build: buildRenderer,
  },
};

async function* sourceFiles(path) {
  if (!existsSync(path)) return;
  if (!(await stat(path)).isDirectory()) {
    yield path;
    return;
  }
  const entries = await readdir(path, { withFileTypes: true });
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.name.startsWith('.') || /\.test\.tsx?$/.test(entry.name)) continue;
    yield* sourceFiles(join(path, entry.name));
  }
}

async function hashOf(sources) {
  const hash = createHash('sha256').update(process.version);
  for (const source of sources) {
    for await (const file of sourceFiles(join(root, source))) {
      hash.update(relative(root, file)).update(await readFile(file));
    }
  }
  return hash.digest('hex');
}

async function removeOldChunks(folder) {
  if (!existsSync(folder)) return;
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    if (/^chunk-|-[A-Z0-9]{8}\.mjs/.test(name) && Date.now() - (await stat(path)).mtimeMs > keepChunksMs)
      await rm(path, { force: true });
  }
}

async function buildHost(force) {
  const { build } = await import('esbuild');
  const outdir = join(dist, 'host');
  if (force) await rm(outdir, { recursive: true, force: true });
  const entryPoints = {};
  for (const [name, path] of Object.entries(hostEntries)) {
    if (existsSync(join(root, path))) entryPoints[name] = path;
    else console.log(`build: ${path} is not there yet, left out`);
  }
  const common = {
    absWorkingDir: root,
    bundle: true,
    platform: 'node',
    target: 'node20.19',
    packages: 'external',
    sourcemap: true,
    logLevel: 'warning',
    legalComments: 'none',
  };
  // chunks lie beside the entries: code that finds its neighbours by import.meta.url works in both
  await build({
    ...common,
    entryPoints,
    outdir,
    format: 'esm',
    splitting: true,
    chunkNames: '[name]-[hash]',
    outExtension: { '.js': '.mjs' },
  });
  await removeOldChunks(outdir);

  if (existsSync(join(root, 'electron/main/main.ts'))) {
    await build({
      ...common,
      entryPoints: { main: 'electron/main/main.ts' },
      outdir: join(dist, 'electron'),
      format: 'esm',
      outExtension: { '.js': '.mjs' },
    });
    // a sandboxed preload can only be CommonJS
    await build({
      ...common,
      entryPoints: { preload: 'electron/preload/preload.ts' },
      outdir: join(dist, 'electron'),
      format: 'cjs',
      outExtension: { '.js': '.cjs' },
    });
  } else {
    console.log('build: electron/main/main.ts is not there yet, left out');
  }
  return true;
}

async function buildRenderer() {
  if (!existsSync(join(root, 'renderer/index.html'))) {
    console.log('build: renderer/index.html is not there yet, the window is left out');
    return false;
  }
  const { build } = await import('vite');
  // built beside and swapped in: a host that serves dist/renderer never sees half of it
  const fresh = join(dist, `.renderer-${process.pid}`);
  const old = `${fresh}-old`;
  try {
    await build({
      configFile: join(root, 'vite.config.ts'),
      logLevel: 'warn',
      build: { outDir: fresh, emptyOutDir: true },
    });
    if (existsSync(join(dist, 'renderer'))) await rename(join(dist, 'renderer'), old);
    await rename(fresh, join(dist, 'renderer'));
  } finally {
    await rm(old, { recursive: true, force: true });
    await rm(fresh, { recursive: true, force: true });
  }
  return true;
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** One build at a time in one folder; a lock whose owner has died is taken over. */
async function withLock(work) {
  await mkdir(dist, { recursive: true });
  for (;;) {
    try {
      await writeFile(lockPath, String(process.pid), { flag: 'wx' });
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      const owner = Number(await readFile(lockPath, 'utf8').catch(() => '0'));
      if (owner > 0 && !isAlive(owner)) await rm(lockPath, { force: true });
      else await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  try {
    return await work();
  } finally {
    await rm(lockPath, { force: true });
  }
}

async function readStamp() {
  try {
    return JSON.parse(await readFile(stampPath, 'utf8'));
  } catch (error) {
    // never built, or an interrupted write: build everything
    if (error.code === 'ENOENT' || error instanceof SyntaxError) return {};
    throw error;
  }
}

const { values: options } = parseArgs({
  options: { force: { type: 'boolean', default: false }, only: { type: 'string' } },
});
if (options.only !== undefined && !(options.only in parts)) {
  console.error(`build: --only takes ${Object.keys(parts).join(' or ')}, not '${options.only}'`);
  process.exit(2);
}

await withLock(async () => {
  const stamp = await readStamp();
  for (const [name, part] of Object.entries(parts)) {
    if (options.only !== undefined && options.only !== name) continue;
    const startedMs = Date.now();
    const hash = await hashOf(part.sources);
    if (!options.force && stamp[name] === hash) continue;
    let complete = false;
    try {
      complete = await part.build(options.force);
    } catch (error) {
      // the other part may still be whole, and is worth having
      console.error(`build: ${name} failed: ${error.message ?? error}`);
      process.exitCode = 1;
    }
    if (!complete) continue;
    stamp[name] = hash;
    await writeFile(stampPath, JSON.stringify(stamp));
    console.log(`build: ${name} in ${((Date.now() - startedMs) / 1000).toFixed(1)} s`);
  }
});
