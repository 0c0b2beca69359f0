/** CPU time of whole commands, for benches that compare two ways to do one thing. */
import { spawn } from 'node:child_process';

/** User and system seconds of a command and its children. Rejects when it fails. */
export function cpuSeconds(command) {
  return new Promise((resolve, reject) => {
    const child = spawn('bash', ['-c', 'TIMEFORMAT="cpu %U %S"; time "$@"', 'bash', ...command], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let text = '';
    child.stderr.setEncoding('utf8').on('data', (chunk) => (text += chunk));
    child.once('error', reject);
    child.once('close', (code) => {
      const found = /cpu ([\d.]+) ([\d.]+)/.exec(text);
      if (code === 0 && found) resolve(Number(found[1]) + Number(found[2]));
      else reject(new Error(`${command.slice(0, 3).join(' ')} ended with ${code}: ${text.trim().slice(-500)}`));
    });
  });
}

/** The middle value. */
export function median(values) {
  return [...values].sort((x, y) => x - y)[values.length >> 1];
}
