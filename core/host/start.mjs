/**
 * `npm start`: brings this machine as far as the editor needs (npm packages, ffmpeg), builds what has changed, and
 * opens the editor. Everything after `--` goes to the editor: a project folder, --browser, --no-open.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import {
  MissingPrerequisite,
  checkNode,
  ensureFfmpeg,
  ensurePackages,
  projectRoot,
  runShown,
} from './prerequisites.mjs';

const say = (line) => process.stderr.write(`${line}\n`);

async function prepare() {
  checkNode();
  await ensurePackages(say);
  await ensureFfmpeg(say);
  if ((await runShown(process.execPath, [join(projectRoot, 'core/host/build.mjs')])) !== 0)
    throw new MissingPrerequisite('The build failed; what it said is above.');
}

/** The editor gets our signals and we its exit code. */
function openEditor() {
  const child = spawn(process.execPath, [join(projectRoot, 'dist/host/cli.mjs'), 'open', ...process.argv.slice(2)], {
    stdio: 'inherit',
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(signal ? 130 : code));
}

try {
  await prepare();
  openEditor();
} catch (error) {
  if (!(error instanceof MissingPrerequisite)) throw error;
  say(error.message);
  process.exitCode = 1;
}
