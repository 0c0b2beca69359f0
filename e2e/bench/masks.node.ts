/** The work of masks.bench.mjs: prints one line of JSON for each film and figure. */
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { carryPass, passesOf } from '../../models/families/footage/follow/passes.ts';
import { planeOf, type Picture, type Plane } from '../../models/families/footage/select/raster.ts';

const [width, height, count] = [480, 270, 60];
const drawn = ['mandelbrot=s=480x270:r=30', 'testsrc2=s=480x270:r=30'];
/** 'alike': nearly of the ground's own colour where it starts, with a faint pattern. */
type Figure = 'mottled' | 'plain' | 'alike';
type Colour = readonly [number, number, number];

function framesOf(source: { readonly path: string } | { readonly drawn: string }): Uint8Array[] {
  const from = 'path' in source ? ['-i', source.path] : ['-f', 'lavfi', '-i', source.drawn];
  const size = `scale=${width}:${height}:force_original_aspect_ratio=increase,crop=${width}:${height}`;
  const words = ['-v', 'error', ...from, '-an', '-frames:v', String(count), '-vf', size];
  const raw = execFileSync('ffmpeg', [...words, '-f', 'rawvideo', '-pix_fmt', 'rgb24', '-'], { maxBuffer: 1 << 28 });
  const bytes = width * height * 3;
  return Array.from({ length: Math.floor(raw.length / bytes) }, (_, i) =>
    Uint8Array.from(raw.subarray(i * bytes, (i + 1) * bytes)),
  );
}

/** An egg with a notch, about 90 px long; where it is at a share of the way. */
function figureAt(share: number) {
  const turn = 0.5 * Math.sin(5 * share);
  const size = 45 * (1 + 0.3 * share);
  const [cx, cy] = [width * (0.3 + 0.4 * share), height * (0.5 + 0.15 * Math.sin(6 * share))];
  return (x: number, y: number): { u: number; v: number; isInside: boolean } => {
    const [dx, dy] = [(x - cx) / size, (y - cy) / size];
    const u = Math.cos(turn) * dx + Math.sin(turn) * dy;
    const v = -Math.sin(turn) * dx + Math.cos(turn) * dy;
    return { u, v, isInside: u * u + (v * (1.3 + 0.3 * u)) ** 2 < 1 && !(u > 0.5 && Math.abs(v) < 0.15) };
  };
}

function colourOf(figure: Figure, like: Colour, u: number, v: number): Colour {
  const mottle = 70 * Math.sin(9 * u + 4 * Math.sin(7 * v)) * Math.cos(11 * v);
  if (figure === 'plain') return [235, 120, 40];
  if (figure === 'mottled') return [235 + Math.min(0, mottle), 120 + mottle, 40];
  const shade = mottle / 7;
  return [like[0] - 12 + shade, like[1] - 4 + shade, like[2] + 14 + shade];
}

/** The mean colour of the ground where the figure is. */
function meanAt(ground: Uint8Array, share: number): Colour {
  const sums = [0, 0, 0];
  const at = figureAt(share);
  let count = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (!at(x, y).isInside) continue;
      count++;
      for (let channel = 0; channel < 3; channel++) sums[channel]! += ground[(y * width + x) * 3 + channel]!;
    }
  }
  return [sums[0]! / count, sums[1]! / count, sums[2]! / count];
}

function composed(ground: Uint8Array, share: number, figure: Figure, like: Colour): { picture: Picture; truth: Plane } {
  const data = Uint8Array.from(ground);
  const truth = planeOf(width, height);
  const at = figureAt(share);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const { u, v, isInside } = at(x, y);
      if (!isInside) continue;
      truth.data[y * width + x] = 1;
      const colour = colourOf(figure, like, u, v).map((value) => Math.max(0, Math.min(255, value)));
      data.set(colour, (y * width + x) * 3);
    }
  }
  return { picture: { data, width, height }, truth };
}

function likeness(a: Plane, b: Plane): number {
  let [both, either] = [0, 0];
  for (let i = 0; i < a.data.length; i++) {
    const [here, there] = [a.data[i]! >= 0.5, b.data[i]! >= 0.5];
    if (here && there) both++;
    if (here || there) either++;
  }
  return either === 0 ? 1 : both / either;
}

async function judge(name: string, grounds: readonly Uint8Array[], figure: Figure): Promise<void> {
  const last = grounds.length - 1;
  const key = Math.floor(grounds.length / 3);
  const like = meanAt(grounds[key]!, key / last);
  const frameAt = (frame: number) => composed(grounds[frame]!, frame / last, figure, like);
  const frames = grounds.map((_, frame) => frameAt(frame));
  const found: number[] = frames.map(() => 0);
  const mask = frameAt(key).truth;
  const before = process.cpuUsage();
  for (const { step, to } of passesOf([{ frame: key, isEmpty: false }], 0, grounds.length))
    await carryPass({
      ...{ frame: key, mask, step, to },
      picture: async (frame) => frames[frame]!.picture,
      put: async (frame, carried) => void (found[frame] = likeness(carried, frames[frame]!.truth)),
    });
  const { user, system } = process.cpuUsage(before);
  const judged = found.filter((_, frame) => frame !== key);
  const mean = judged.reduce((sum, value) => sum + value, 0) / judged.length;
  const msPerFrame = (user + system) / 1000 / judged.length;
  process.stdout.write(
    `${JSON.stringify({ name: `${figure} on ${name}`, mean, worst: Math.min(...judged), msPerFrame })}\n`,
  );
}

const folder = process.env['FRAMEWRIGHT_FOOTAGE'];
const films = folder
  ? readdirSync(folder)
      .filter((name) => /\.(mp4|mov|mkv|webm|avi)$/.test(name))
      .map((name) => ({ name, path: join(folder, name) }))
  : drawn.map((words) => ({ name: words.split('=')[0]!, drawn: words }));
for (const film of films) {
  const grounds = framesOf(film);
  if (grounds.length < 10) continue;
  for (const figure of ['mottled', 'plain', 'alike'] as const) await judge(film.name, grounds, figure);
}
