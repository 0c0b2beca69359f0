/** The work of masks.bench.mjs: prints one line of JSON for each film and figure. */
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { followKeys } from '../../models/families/footage/follow/followKeys.ts';
import { planeOf, type Picture, type Plane } from '../../models/families/footage/select/raster.ts';

const [width, height, count] = [480, 270, 60];
const drawn = ['mandelbrot=s=480x270:r=30', 'testsrc2=s=480x270:r=30'];
type Figure = 'mottled' | 'plain';

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

function composed(ground: Uint8Array, share: number, figure: Figure): { picture: Picture; truth: Plane } {
  const data = Uint8Array.from(ground);
  const truth = planeOf(width, height);
  const at = figureAt(share);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const { u, v, isInside } = at(x, y);
      if (!isInside) continue;
      const mottle = figure === 'plain' ? 0 : 70 * Math.sin(9 * u + 4 * Math.sin(7 * v)) * Math.cos(11 * v);
      truth.data[y * width + x] = 1;
      data.set([235 + Math.min(0, mottle), 120 + mottle, 40], (y * width + x) * 3);
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
  const frameAt = (frame: number) => composed(grounds[frame]!, frame / last, figure);
  const key = Math.floor(grounds.length / 3);
  const found: number[] = [];
  const before = process.cpuUsage();
  await followKeys({
    first: 0,
    end: grounds.length,
    keys: [{ frame: key, mask: frameAt(key).truth }],
    picture: async (frame) => frameAt(frame).picture,
    put: async (frame, mask) => void (found[frame] = likeness(mask, frameAt(frame).truth)),
    onFraction: () => undefined,
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
  for (const figure of ['mottled', 'plain'] as const) await judge(film.name, grounds, figure);
}
