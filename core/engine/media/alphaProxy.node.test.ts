/** Films with alpha in the window: the preview of each holds what the exporter reads of it, colours and opacity. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ffmpeg } from '../generation/testing/films.node.ts';
import { makeProxy } from './makeProxy.node.ts';
import { probeFile } from './probe.node.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'framewright-alpha-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const [width, height] = [64, 32];
/** Four bands of 16 px, from left to right: of each its opacity, 0..255. */
const opacities = [0, 85, 170, 255];
/** The same colour everywhere, as RGB. */
const [red, green, blue] = [200, 90, 40];

const films = [
  { name: 'vp9.webm', encoder: ['-c:v', 'libvpx-vp9', '-pix_fmt', 'yuva420p', '-crf', '4', '-b:v', '0'] },
  { name: 'prores.mov', encoder: ['-c:v', 'prores_ks', '-profile:v', '4444', '-pix_fmt', 'yuva444p10le'] },
  { name: 'ffv1.mkv', encoder: ['-c:v', 'ffv1', '-pix_fmt', 'yuva420p'] },
  { name: 'png.mov', encoder: ['-c:v', 'png', '-pix_fmt', 'rgba'] },
] as const;

function makeFilm({ name, encoder }: (typeof films)[number]): string {
  const path = join(folder, name);
  const bands = `geq=r=${red}:g=${green}:b=${blue}:a='85*floor(X/16)'`;
  const picture = ['-f', 'lavfi', '-i', `color=black:s=${width}x${height}:r=10,format=rgba,${bands}`];
  const bt709 = 'colorspace=bt709:color_primaries=bt709:color_trc=bt709:range=tv';
  const tagged = ['-vf', `scale=out_color_matrix=bt709:out_range=tv,setparams=${bt709}`];
  ffmpeg(...picture, ...(name === 'png.mov' ? [] : tagged), '-frames:v', '5', ...encoder, path);
  return path;
}

it.each(films.map((film) => [film.name, film] as const))(
  '%s: colours over opacity, frame for frame',
  async (_, film) => {
    const path = makeFilm(film);
    const facts = await probeFile(path);
    expect(facts.video).toMatchObject({ hasAlpha: true });
    expect(facts.proxyReason).not.toBeNull();
    const proxy = join(folder, `${film.name}.mp4`);
    await makeProxy(path, facts, null, proxy, () => undefined);
    const rgb = ffmpeg('-i', proxy, '-vf', 'scale=in_color_matrix=bt709', '-f', 'rawvideo', '-pix_fmt', 'rgb24', '-');
    expect(rgb.length).toBe(width * height * 2 * 3 * 5);
    for (const [band, opacity] of opacities.entries()) {
      const at = (row: number): number[] => [...rgb.subarray((row * width + band * 16 + 8) * 3).subarray(0, 3)];
      for (const value of at(height + 16)) expect(Math.abs(value - opacity), `opacity of band ${band}`).toBeLessThan(5);
      // nothing is seen where the opacity is 0, and encoders keep no colour there
      if (opacity === 0) continue;
      const [r, g, b] = at(16);
      const away = Math.max(Math.abs(r! - red), Math.abs(g! - green), Math.abs(b! - blue));
      expect(away, `colour of band ${band}`).toBeLessThan(10);
    }
  },
);
