/**
 * Follows cut-outs whose place is known: a mottled and a plain figure, moved, scaled and turned over films. The films
 * are those of the folder FRAMEWRIGHT_FOOTAGE; without it, two that ffmpeg draws. Compares the followed outline with
 * the true one in every frame. `npm run bench -- masks`.
 */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { bundle } from '../support/runTs.mjs';

export async function run({ projectRoot, say }) {
  const program = await bundle(join(projectRoot, 'e2e/bench/masks.node.ts'));
  const { stdout } = await promisify(execFile)(process.execPath, [program], { maxBuffer: 1 << 24 });
  const cases = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  for (const { name, mean, worst, msPerFrame } of cases)
    say(`${name}: mean ${mean.toFixed(3)}, worst ${worst.toFixed(3)}, ${Math.round(msPerFrame)} ms of CPU a frame`);
  const mean = cases.reduce((sum, each) => sum + each.mean, 0) / cases.length;
  const worst = Math.min(...cases.map((each) => each.worst));
  const cost = cases.reduce((sum, each) => sum + each.msPerFrame, 0) / cases.length;
  return [
    {
      figure: `followed masks, IoU, mean of ${cases.length}`,
      measured: mean.toFixed(3),
      bar: '0.92',
      ok: mean >= 0.92,
    },
    { figure: 'followed masks, IoU, worst frame', measured: worst.toFixed(3), bar: '0.75', ok: worst >= 0.75 },
    { figure: 'followed masks, CPU a frame', measured: `${Math.round(cost)} ms`, bar: '', ok: null },
  ];
}
