/**
 * Takes every file of the torture set through import, preview, cuts, speeds and export, and counts what is wrong.
 * Files are made in the system's temporary folder and kept there for the next run. `npm run bench -- torture`.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { bundle } from '../support/runTs.mjs';

export async function run({ projectRoot, say }) {
  const program = await bundle(join(projectRoot, 'e2e/bench/torture.node.ts'));
  const { lines, code } = await runProgram([program, projectRoot]);
  for (const line of lines.slice(0, -1)) say(line);
  if (code !== 0) throw new Error(`the torture set ended with ${code}`);
  return JSON.parse(lines.at(-1)).map(({ figure, count, files, bar }) => ({
    figure: `torture set: ${figure}`,
    measured: files === null ? String(count) : `${count} in ${files} files`,
    bar: bar === null ? '' : String(bar),
    ok: bar === null ? null : count <= bar,
  }));
}

function runProgram(words) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'] });
    // the table of what is done comes before the end
    const stop = () => child.kill('SIGTERM');
    for (const name of ['SIGINT', 'SIGTERM']) process.on(name, stop);
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (chunk) => (text += chunk));
    child.once('error', reject);
    child.once('close', (code) => {
      for (const name of ['SIGINT', 'SIGTERM']) process.off(name, stop);
      resolve({ lines: text.trimEnd().split('\n'), code });
    });
  });
}
