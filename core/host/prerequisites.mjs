/**
 * What a fresh machine needs before Framewright can be built: Node, npm packages, ffmpeg, and Chromium for the tests.
 * Installs what it can; otherwise says what is missing and how to get it. Plain JavaScript without dependencies, since
 * it runs before they are installed.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Path of the repository's root. */
export const projectRoot = join(dirname(fileURLToPath(import.meta.url)), '../..');
const minimumNode = [20, 19];

/** Something is missing that could not be installed; `message` says what and how to get it. */
export class MissingPrerequisite extends Error {
  name = 'MissingPrerequisite';
}

/** Throws MissingPrerequisite when Node is too old. */
export function checkNode(version = process.versions.node) {
  const [major, minor] = version.split('.').map(Number);
  if (major > minimumNode[0] || (major === minimumNode[0] && minor >= minimumNode[1])) return;
  throw new MissingPrerequisite(
    `Framewright needs Node ${minimumNode.join('.')} or newer; this is ${version}. Get it from https://nodejs.org.`,
  );
}

/** Full path of a program on the PATH, or null. */
export function findProgram(name) {
  const endings = process.platform === 'win32' ? ['.exe', '.cmd', ''] : [''];
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    for (const ending of endings) {
      if (folder !== '' && existsSync(join(folder, name + ending))) return join(folder, name + ending);
    }
  }
  return null;
}

/** Runs a program with its output shown on stderr; resolves with the exit code, 127 when it does not exist. */
export function runShown(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: projectRoot, stdio: ['ignore', 2, 2], ...options });
    child.on('error', () => resolve(127));
    child.on('exit', (code, signal) => resolve(signal ? 1 : code));
  });
}

function missingPackages() {
  const manifest = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8'));
  const names = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies });
  return names.filter((name) => !existsSync(join(projectRoot, 'node_modules', name, 'package.json')));
}

/** Installs missing npm packages. `say` receives lines for the user; throws MissingPrerequisite. */
export async function ensurePackages(say) {
  const missing = missingPackages();
  if (missing.length === 0) return;
  say(`Installing npm packages (${missing.length} missing) ...`);
  // onnxruntime-node would download CUDA libraries, which fails offline; CPU and WebGPU come with the package
  const env = { ...process.env, ONNXRUNTIME_NODE_INSTALL: 'skip', npm_config_fund: 'false', npm_config_audit: 'false' };
  // not `npm ci`: it refuses a lock file that lacks the optional packages of other systems (npm/cli#4828), and some
  // mirrors do not have those; --no-save takes the lock's versions and leaves the lock as it is
  const code = await runShown(process.platform === 'win32' ? 'npm.cmd' : 'npm', ['install', '--no-save'], {
    env,
    shell: process.platform === 'win32',
  });
  if (code !== 0 || missingPackages().length > 0) {
    const some = missingPackages().slice(0, 3).join(', ');
    throw new MissingPrerequisite(
      `npm packages are missing (${some} ...) and 'npm install' failed; see its output above. ` +
        `Connect once to the npm registry and run 'npm install' in ${projectRoot}.`,
    );
  }
}

const isRoot = () => process.getuid?.() === 0;

/** Installs Debian packages when this is root on Debian or Ubuntu. Answers whether it did. */
async function aptInstall(packages, say) {
  if (!isRoot() || findProgram('apt-get') === null) return false;
  say(`Installing ${packages.join(' and ')} with apt-get ...`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const install = ['install', '-y', '--no-install-recommends', ...packages];
  if ((await runShown('apt-get', install, { env })) === 0) return true;
  await runShown('apt-get', ['update'], { env });
  return (await runShown('apt-get', install, { env })) === 0;
}

function howToInstall(packages, elsewhere) {
  if (process.platform === 'linux')
    return `Install it with: sudo apt-get install ${packages.join(' ')} (or your system's package manager).`;
  return elsewhere[process.platform] ?? elsewhere.other;
}

/** Where ffmpeg comes from, as the engine will find it: a variable, the PATH, the optional package; else null. */
export function findFfmpeg() {
  if (process.env.FRAMEWRIGHT_FFMPEG && existsSync(process.env.FRAMEWRIGHT_FFMPEG))
    return process.env.FRAMEWRIGHT_FFMPEG;
  const path = findProgram('ffmpeg') ?? optionalPackage('ffmpeg-static');
  return typeof path === 'string' && existsSync(path) ? path : null;
}

/** ffprobe comes with ffmpeg nearly everywhere; an optional package stands in where it does not. */
export function findFfprobe() {
  const path = findProgram('ffprobe') ?? optionalPackage('@ffprobe-installer/ffprobe')?.path;
  return typeof path === 'string' && existsSync(path) ? path : null;
}

function optionalPackage(name) {
  if (!existsSync(join(projectRoot, 'node_modules', name, 'package.json'))) return null;
  try {
    return createRequire(join(projectRoot, 'package.json'))(name);
  } catch {
    return null; // a package that throws on systems it has no program for
  }
}

/** The first of the two programs that is missing, or null. */
function missingProgram() {
  if (findFfmpeg() === null) return 'ffmpeg';
  return findFfprobe() === null ? 'ffprobe' : null;
}

/** Installs ffmpeg where that is possible, else throws MissingPrerequisite. */
export async function ensureFfmpeg(say) {
  if (missingProgram() === null) return;
  await aptInstall(['ffmpeg'], say);
  const missing = missingProgram();
  if (missing === null) return;
  const howTo = howToInstall(['ffmpeg'], {
    darwin: 'Install it with: brew install ffmpeg',
    win32: 'Install it with: winget install ffmpeg',
    other: 'Install ffmpeg 5.1 or newer.',
  });
  throw new MissingPrerequisite(`${missing} is missing. ${howTo} Or point FRAMEWRIGHT_FFMPEG at one.`);
}

const chromiumNames = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** A Chromium that can be driven, or null. Ubuntu's `chromium-browser` is often only a message to install a snap. */
export function findChromium() {
  const candidates = [process.env.FRAMEWRIGHT_CHROMIUM, ...chromiumNames.map(findProgram)];
  for (const path of candidates) {
    if (path && existsSync(path) && spawnSync(path, ['--version'], { timeout: 20_000 }).status === 0) return path;
  }
  return null;
}

/** Installs strace where that is possible. Only the tests use it, to count name look-ups, and they do without it. */
export async function ensureStrace(say) {
  if (process.platform === 'linux' && findProgram('strace') === null) await aptInstall(['strace'], say);
}

/** Path of a Chromium for the end-to-end tests, installed if need be. Throws MissingPrerequisite. */
export async function ensureChromium(say) {
  const found = findChromium();
  if (found) return found;
  await aptInstall(['chromium'], say);
  let path = findChromium();
  if (!path) {
    // Ubuntu has no chromium package outside of snap: Playwright brings its own
    say("Installing Playwright's Chromium ...");
    await runShown(process.execPath, [
      join(projectRoot, 'node_modules/playwright/cli.js'),
      'install',
      ...(isRoot() ? ['--with-deps'] : []),
      'chromium',
    ]);
    const query = "import('playwright').then(({ chromium }) => console.log(chromium.executablePath()))";
    const answer = spawnSync(process.execPath, ['-e', query], { cwd: projectRoot, encoding: 'utf8' }).stdout.trim();
    path = answer !== '' && existsSync(answer) ? answer : null;
  }
  if (path) return path;
  const howTo = howToInstall(['chromium'], { other: 'Install Chromium or Chrome.' });
  throw new MissingPrerequisite(
    `The end-to-end tests need Chromium, which is missing. ${howTo} Or point FRAMEWRIGHT_CHROMIUM at one.`,
  );
}
