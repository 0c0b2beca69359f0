/**
 * Probes 100 small files of 25 kinds with Framewright and with ffprobe's own words, in turns, on the same files.
 * Measures CPU seconds (user + system, including children and Node's startup). By hand, each file is described
 * (`-show_format -show_streams`); those whose headers only guess when their streams end (bare streams, transport and
 * program streams, FLV, Ogg) have their packets read as well, by a second ffprobe. Framewright answers more: extents of
 * every stream of every file, key frame distances, and that frames decode.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cpuSeconds, median } from '../support/cpu.mjs';
import { bundle } from '../support/runTs.mjs';

const exec = promisify(execFile);
const rounds = 3;
const guessed = /\.(aac|ac3|mp3|h264|m2v|gif|ts|mpg|flv|ogg|ogv|opus)$/;

export async function run({ projectRoot, say }) {
  const folder = await mkdtemp(join(tmpdir(), 'framewright-probe-bench-'));
  try {
    const program = await bundle(join(projectRoot, 'e2e/bench/probeFiles.node.ts'));
    const media = join(folder, 'media');
    await exec(process.execPath, [program, 'make', media]);
    const files = (await readdir(media)).map((name) => join(media, name));
    const ours = [];
    const theirs = [];
    for (let round = 0; round < rounds; round++) {
      ours.push(await cpuSeconds([process.execPath, program, 'probe', media]));
      theirs.push(await cpuSeconds(['sh', '-c', byHand(files)]));
      say(
        `  round ${round + 1}: Framewright ${ours.at(-1).toFixed(2)} s, ffprobe ${theirs.at(-1).toFixed(2)} s of CPU`,
      );
    }
    const ratio = median(ours) / median(theirs);
    const whole = JSON.parse((await exec(process.execPath, [program, 'import', media])).stdout);
    return [
      {
        figure: `probing ${files.length} files: CPU over ffprobe's own (median of 3, in turns)`,
        measured: `${ratio.toFixed(2)} (${median(ours).toFixed(1)} s against ${median(theirs).toFixed(1)} s)`,
        bar: '<= 1.5',
        ok: ratio <= 1.5,
      },
      {
        figure: 'import of the same files into the bin',
        measured: `${whole.imported} imported in ${whole.seconds.toFixed(1)} s`,
        bar: `${files.length} imported`,
        ok: whole.imported === files.length,
      },
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function byHand(files) {
  const quiet = 'ffprobe -v error -of json';
  return files
    .flatMap((path) => [
      `${quiet} -show_format -show_streams '${path}' > /dev/null`,
      ...(guessed.test(path) ? [`${quiet} -show_packets '${path}' > /dev/null`] : []),
    ])
    .join('\n');
}
