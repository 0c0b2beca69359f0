/** The whole matrix of colours.node.test.ts: every matrix, range, depth and chroma, opaque and with alpha. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { colourOf } from '../../disk/facts.ts';
import { format, toBt709, toRgb } from '../../ffmpeg/colour.ts';
import { FilterGraph } from '../../ffmpeg/filterGraph.ts';
import { runFfmpeg } from '../../ffmpeg/run.node.ts';
import { probeFile } from './probe.node.ts';
import { lumaWeights, patchFilm } from './testing/colourFilms.node.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fw-colours-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const truth = [200, 60, 40];
const matrices = [...Object.keys(lumaWeights), 'ycgco'];
const cases = matrices.flatMap((matrix) =>
  (['tv', 'pc'] as const).flatMap((range) =>
    ([8, 10, 12] as const).flatMap((bits) =>
      (['420', '422', '444'] as const).flatMap((chroma) =>
        // libavutil has no alpha beside 12 bits of 4:2:0
        (bits === 12 && chroma === '420' ? [null] : [null, 0.5]).map((alpha) => ({
          matrix,
          range,
          bits,
          chroma,
          alpha,
        })),
      ),
    ),
  ),
);

it.each(cases)(
  '$matrix, $range, $bits bits, 4:$chroma, alpha $alpha',
  async ({ matrix, range, bits, chroma, alpha }) => {
    const name = `${matrix}-${range}-${bits}-${chroma}-${alpha}`;
    const opacity = alpha === null ? undefined : Math.round(alpha * (2 ** bits - 1));
    const patches = [[200 / 255, 60 / 255, 40 / 255]] as const;
    const film = { name, patches, matrix, range, bits, chroma, tags: ['-colorspace', matrix], alpha: opacity };
    const path = patchFilm(folder, film);
    const video = (await probeFile(path)).video!;
    const chunks: Buffer[] = [];
    const to = new Writable({ write: (chunk: Buffer, _, done) => (chunks.push(chunk), done()) });
    const graph = new FilterGraph();
    const rgb = alpha === null ? toRgb : [toRgb[0]!, format('rgba')];
    const picture = graph.chain(
      [graph.open({ path }).first('video')],
      [...toBt709(colourOf(video), alpha !== null), ...rgb],
    );
    await runFfmpeg({ graph, outputs: [{ to, streams: [picture], format: 'rawvideo', options: [['frames:v', 1]] }] });
    const channels = alpha === null ? 3 : 4;
    const at = (8 * 16 + 8) * channels;
    const found = [...Buffer.concat(chunks).subarray(at, at + channels)];
    const wanted = alpha === null ? truth : [...truth, 128];
    found.forEach((value, c) => expect(Math.abs(value - wanted[c]!), `${found}`).toBeLessThanOrEqual(2));
  },
);
