/**
 * Exports the reference timeline with Framewright and with one hand-written ffmpeg command, in turns, on the same media
 * and with the same encoder settings. Measures CPU seconds (user + system, including children and Node's startup).
 */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { bundle } from '../support/runTs.mjs';
import { cpuSeconds, median } from '../support/cpu.mjs';

const exec = promisify(execFile);
const rounds = 3;
const frameCount = 480;

export async function run({ projectRoot, say }) {
  const folder = await mkdtemp(join(tmpdir(), 'framewright-export-bench-'));
  try {
    const program = await bundle(join(projectRoot, 'e2e/bench/referenceTimeline.node.ts'));
    await exec(process.execPath, [program, 'make', folder]);
    const title = JSON.parse(await readFile(join(folder, 'title.json'), 'utf8'));
    const ours = [];
    const theirs = [];
    for (let round = 0; round < rounds; round++) {
      ours.push(await cpuSeconds([process.execPath, program, 'export', folder, join(folder, 'ours.mp4')]));
      theirs.push(await cpuSeconds(['ffmpeg', ...byHand(folder, title, join(folder, 'hand.mp4'))]));
      say(
        `  round ${round + 1}: Framewright ${ours.at(-1).toFixed(2)} s, by hand ${theirs.at(-1).toFixed(2)} s of CPU`,
      );
    }
    const ratio = median(ours) / median(theirs);
    const film = await describe(join(folder, 'ours.mp4'));
    const apart = Math.abs(film.pictureEnd - film.soundEnd);
    return [
      {
        figure: 'reference export: CPU over by hand in ffmpeg (median of 3, in turns)',
        measured: `${ratio.toFixed(3)} (${median(ours).toFixed(1)} s against ${median(theirs).toFixed(1)} s)`,
        bar: '<= 1.05',
        ok: ratio <= 1.05,
      },
      { figure: 'its frames', measured: String(film.frames), bar: String(frameCount), ok: film.frames === frameCount },
      {
        figure: 'its sound and picture end apart',
        measured: `${(apart * 1000).toFixed(1)} ms`,
        bar: '<= 33.3 ms',
        ok: apart <= 1 / 30,
      },
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function byHand(folder, title, to) {
  const clip = (index, from, length) => [
    '-ss',
    String(from),
    '-t',
    String(length),
    '-i',
    join(folder, `clip${index}.mp4`),
  ];
  const graph = [
    '[0:v]fps=30,settb=1/30[a]',
    '[1:v]fps=30,settb=1/30[b]',
    '[2:v]fps=30,settb=1/30[c]',
    '[a][b]xfade=transition=fade:duration=1:offset=5.5[ab]',
    '[ab][c]xfade=transition=fade:duration=1:offset=10.5[abc]',
    '[3:v]scale=out_color_matrix=bt709:out_range=tv,format=yuva420p,loop=-1:1:0,fps=30,trim=duration=4,fade=t=in:st=0:d=0.5:alpha=1,fade=t=out:st=3.5:d=0.5:alpha=1,setpts=PTS+1/TB[t]',
    `[abc][t]overlay=${title.x}:${title.y}:format=yuv420:eof_action=pass,format=yuv420p[v]`,
    '[4:a]atrim=duration=16,volume=-3dB,afade=t=out:st=14:d=2[m]',
  ].join(';');
  return [
    '-v',
    'error',
    '-nostdin',
    '-y',
    ...clip(0, 1, 6.5),
    ...clip(1, 0.5, 6),
    ...clip(2, 0.5, 5.5),
    '-i',
    join(folder, 'title.png'),
    '-i',
    join(folder, 'music.flac'),
    '-filter_complex',
    graph,
    '-map',
    '[v]',
    '-map',
    '[m]',
    '-c:v',
    'libx264',
    '-preset',
    'medium',
    '-crf',
    '20',
    '-profile:v',
    'high',
    '-pix_fmt',
    'yuv420p',
    '-colorspace',
    'bt709',
    '-color_primaries',
    'bt709',
    '-color_trc',
    'bt709',
    '-color_range',
    'tv',
    '-c:a',
    'aac',
    '-b:a',
    '192k',
    '-movflags',
    '+faststart',
    to,
  ];
}

async function describe(path) {
  const { stdout } = await exec('ffprobe', [
    '-v',
    'error',
    '-count_frames',
    '-show_entries',
    'stream=codec_type,nb_read_frames,duration,start_time',
    '-of',
    'json',
    path,
  ]);
  const streams = JSON.parse(stdout).streams;
  const end = (type) => {
    const stream = streams.find((each) => each.codec_type === type);
    return Number(stream.start_time) + Number(stream.duration);
  };
  return {
    frames: Number(streams.find((each) => each.codec_type === 'video').nb_read_frames),
    pictureEnd: end('video'),
    soundEnd: end('audio'),
  };
}
