/**
 * What each kind of job takes against what was estimated after two like it, and how soon a cancelled one has ended.
 * Estimates hold on a machine that is free: others at work show here as a longer time.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { bundle } from '../support/runTs.mjs';

const exec = promisify(execFile);

export async function run({ projectRoot, say }) {
  const folder = await mkdtemp(join(tmpdir(), 'framewright-jobs-bench-'));
  try {
    const program = await bundle(join(projectRoot, 'e2e/bench/jobs.node.ts'));
    const { stdout } = await exec(process.execPath, [program, projectRoot, folder], { maxBuffer: 1e8 });
    const rows = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    for (const { kind, firstEstimate, busy } of rows)
      say(
        `  ${kind}: before anything was measured ${firstEstimate.toFixed(1)} s${busy ? '; the machine is busy' : ''}`,
      );
    return rows.flatMap(({ kind, estimate, took, cancelMs }) => {
      const factor = Math.max(estimate / took, took / estimate);
      return [
        {
          figure: `${kind}: estimate over time`,
          measured: `factor ${factor.toFixed(2)} (${estimate.toFixed(1)} s, took ${took.toFixed(1)} s)`,
          bar: '<= 1.5',
          ok: factor <= 1.5,
        },
        {
          figure: `${kind}: cancelled while running`,
          measured: cancelMs === null ? 'ended before' : `${cancelMs.toFixed(0)} ms`,
          bar: '<= 1000 ms',
          ok: cancelMs !== null && cancelMs <= 1000,
        },
      ];
    });
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}
