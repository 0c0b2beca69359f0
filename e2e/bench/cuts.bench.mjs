/**
 * Changes of shot in made reels: shots cut from real clips, one after the other or mixed, so that every cut is known.
 * `framewright look` beside ffmpeg's select=gt(scene,0.3), by F1. Hard cuts count where they are to the frame, all
 * changes within eight frames. The clips are those that no threshold was set on. The issue sets no bars here: being
 * behind the simplest classic way is the least. `npm run bench -- cuts`.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ffmpeg, framewright, mediaFolder } from './realClips.mjs';

const clips = [
  ...['mdn_flower.mp4', 'intel_bottle-detection.mp4', 'mdn_stream-of-water.mp4', 'am_hdr10-av1.mp4'],
  ...['am_sample_edit_list.mp4', 'mb_rotate-buck-bunny.mp4', 'am_sample_av1.mp4', 'am_sample_shorter_audio.mp4'],
  ...['mb_no-initial-keyframe.ts', 'am_bt601.mov', 'am_sample.avi'],
];
const [width, height, fps] = [416, 234, 30];
const frameBytes = width * height * 3;
const shots = 28;
/** Most frames that are read of a clip, and the fewest that make a shot. */
const [longest, shortest] = [260, 26];
const slackFrames = 8;

export async function run({ projectRoot, say }) {
  const media = mediaFolder(projectRoot, clips);
  const folder = await mkdtemp(join(tmpdir(), 'framewright-cuts-'));
  try {
    const films = [];
    for (const clip of clips) films.push(await filmOf(join(media, clip)));
    const long = films.filter((film) => film.length >= shortest);
    const random = generator(1);
    const rows = [];
    for (const mixes of [false, true]) {
      const { frames, truth } = reelOf(long, mixes, random);
      say(`  a reel of ${frames.length} frames`);
      const [here, theirs] = await foundIn(frames, join(folder, `reel-${mixes}.mkv`), projectRoot);
      const hard = truth.filter(({ kind }) => kind === 'cut');
      const soft = truth.filter(({ kind }) => kind === 'dissolve');
      const reel = mixes ? `${hard.length} cuts and ${soft.length} dissolves` : `${hard.length} cuts`;
      const only = (wanted) => here.filter(({ kind }) => kind === wanted);
      rows.push(rowOf(`${reel}: hard cuts`, scoreOf(only('cut'), hard, 0), scoreOf(theirs, hard, 0), say));
      if (!mixes) continue;
      const [all, theirsOfAll] = [here, theirs].map((found) => scoreOf(found, truth, slackFrames));
      rows.push(rowOf(`${reel}: all`, all, theirsOfAll, say));
      const { f1, precision, recall } = scoreOf(only('dissolve'), soft, slackFrames);
      const told = `precision ${precision.toFixed(2)}, recall ${recall.toFixed(2)}`;
      rows.push({ figure: `${reel}: dissolves alone, F1`, measured: `${f1.toFixed(2)} (${told})`, bar: '', ok: null });
    }
    return rows;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function rowOf(name, here, theirs, say) {
  const told = ({ precision, recall }) => `precision ${precision.toFixed(2)}, recall ${recall.toFixed(2)}`;
  say(`  ${name}: here ${told(here)}; ffmpeg ${told(theirs)}`);
  return {
    figure: `reel with ${name}, F1 (ffmpeg)`,
    measured: `${here.f1.toFixed(2)} (${theirs.f1.toFixed(2)})`,
    bar: '>= ffmpeg',
    ok: here.f1 >= theirs.f1,
  };
}

async function filmOf(path) {
  const fit = `scale=${width}:${height}:force_original_aspect_ratio=increase,crop=${width}:${height}`;
  const filters = `fps=${fps},${fit}`;
  // one clip begins without a key frame, about which ffmpeg complains
  const words = ['-v', 'fatal', '-i', path, '-an', '-vf', filters, '-frames:v', String(longest)];
  const all = await ffmpeg([...words, '-f', 'rawvideo', '-pix_fmt', 'rgb24', '-']);
  return Array.from({ length: Math.floor(all.length / frameBytes) }, (_, i) =>
    all.subarray(i * frameBytes, (i + 1) * frameBytes),
  );
}

/** Shots of one to two seconds; where `mixes`, every second one is mixed with the one before over 12 to 26 frames. */
function reelOf(films, mixes, random) {
  const below = (count) => Math.floor(random() * count);
  const frames = [];
  const truth = [];
  let last = -1;
  for (let shot = 0; shot < shots; shot++) {
    const drawn = below(films.length);
    last = drawn === last ? (drawn + 1) % films.length : drawn;
    const film = films[last];
    const length = Math.min(film.length - 1, 18 + below(50));
    const from = below(film.length - length);
    const part = film.slice(from, from + length);
    const mixed = 12 + 2 * below(8);
    if (mixes && shot % 2 === 1 && frames.length > 40 && part.length > mixed + 12) {
      const start = frames.length - mixed;
      for (let i = 0; i < mixed; i++) frames[start + i] = mixtureOf(frames[start + i], part[i], (i + 1) / (mixed + 1));
      truth.push({ frame: start + mixed / 2, kind: 'dissolve' });
      frames.push(...part.slice(mixed));
    } else {
      if (frames.length > 0) truth.push({ frame: frames.length, kind: 'cut' });
      frames.push(...part);
    }
  }
  return { frames, truth };
}

const mixtureOf = (a, b, share) => Buffer.from(a.map((value, i) => value + (b[i] - value) * share));

/** What Framewright finds, and what ffmpeg does. */
async function foundIn(frames, path, projectRoot) {
  const raw = ['-f', 'rawvideo', '-pix_fmt', 'rgb24', '-s', `${width}x${height}`, '-r', String(fps), '-i', '-'];
  await ffmpeg([...raw, '-c:v', 'ffv1', '-pix_fmt', 'bgr0', path], Buffer.concat(frames));
  const { cuts } = JSON.parse(await framewright(projectRoot, ['look', path, '--json']));
  const here = cuts.map(({ seconds, kind }) => ({ frame: Math.round(seconds * fps), kind }));
  const filters = "select='gt(scene,0.3)',metadata=print:file=-";
  const printed = (await ffmpeg(['-i', path, '-vf', filters, '-f', 'null', '-'])).toString();
  const times = [...printed.matchAll(/pts_time:([\d.]+)/g)].map(([, time]) => Number(time));
  return [here, times.map((time) => ({ frame: Math.round(time * fps), kind: 'cut' }))];
}

function scoreOf(found, truth, slack) {
  const left = [...found];
  let hits = 0;
  for (const { frame } of truth) {
    const index = left.findIndex((each) => Math.abs(each.frame - frame) <= slack);
    if (index < 0) continue;
    hits++;
    left.splice(index, 1);
  }
  const [precision, recall] = [hits / Math.max(1, found.length), hits / truth.length];
  return { precision, recall, f1: hits === 0 ? 0 : (2 * precision * recall) / (precision + recall) };
}

/** Numbers from 0 to 1, the same for the same seed. */
function generator(seed) {
  let state = seed;
  return () => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return state / 2147483648;
  };
}
