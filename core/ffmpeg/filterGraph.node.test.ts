import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { add, call, divide, multiply, subtract, variable } from './expression.ts';
import { filter, FilterGraph, type FilterName } from './filterGraph.ts';
import { colour, flags, list, panning, seconds, text } from './filterValue.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'framewright-graph-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Park and Miller's generator: the same strings in every run. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 48271) % 2147483647;
    return state % below;
  };
}

const special = [...`\\':,;[]=%{}"|@#$&()<>*?!~\`/.-_ \t\n\r`];
const letters = [...'aZ09äßñ漢字かな한🎬é\u{1F9D1}\u200D\u{1F680}\u0301'];

function randomText(random: (below: number) => number, length: number): string {
  const from = [...special, ...special, ...letters];
  return Array.from({ length }, () => from[random(from.length)]!).join('');
}

/** A graph that writes each text into a frame's metadata. */
function graphOf(texts: readonly string[]): FilterGraph {
  const graph = new FilterGraph();
  graph.chain(
    [],
    [
      filter('color', { color: 'black', size: { width: 16, height: 16 }, rate: 1, duration: 1 }),
      ...texts.map((value, index) => filter('metadata', { mode: 'add', key: `k${index}`, value: text(value) })),
    ],
  );
  return graph;
}

/** What ffmpeg's own parser made of a graph: the metadata of its one frame, and how many filters it has. */
function parsedByFfmpeg(graph: FilterGraph): { tags: Record<string, string>; filters: number } {
  const text = graph.toString().replace(/\[s\d+\]$/, '[out0]');
  const words = [
    '-v',
    'level+warning',
    '-f',
    'lavfi',
    '-i',
    text,
    '-show_frames',
    '-show_entries',
    'frame_tags',
    '-of',
    'json',
  ];
  const answer = execFileSync('ffprobe', words, { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 26 });
  const { frames } = JSON.parse(answer) as { frames: { tags: Record<string, string> }[] };
  const verbose = ['-v', 'verbose', '-f', 'lavfi', '-dumpgraph', '1', '-i', text, '-t', '1', '-f', 'null', '-'];
  const log = execFileSync('sh', ['-c', 'exec ffmpeg -nostdin "$@" 2>&1', 'sh', ...verbose], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  return { tags: frames[0]!.tags, filters: new Set(log.match(/Parsed_[a-z0-9]+_\d+/g)).size };
}

describe('text passes through both of ffmpeg’s parsers unchanged', () => {
  it('every special character, alone, doubled, and at both ends', () => {
    const texts = special.flatMap((each) => [each, each + each, `${each}a${each}`, `\\${each}`, `'${each}'`]);
    const { tags, filters } = parsedByFfmpeg(graphOf(texts));
    expect(texts.map((_, index) => tags[`k${index}`])).toEqual(texts);
    // the graph's own, and the sink that lavfi adds
    expect(filters).toBe(texts.length + 1);
  });

  it('400 random strings of 1 to 60 characters', () => {
    const random = randomFrom(7);
    for (let round = 0; round < 4; round++) {
      const texts = Array.from({ length: 100 }, () => randomText(random, 1 + random(60)));
      const { tags, filters } = parsedByFfmpeg(graphOf(texts));
      expect(texts.map((_, index) => tags[`k${index}`])).toEqual(texts);
      expect(filters).toBe(texts.length + 1);
    }
  });

  it('strings of 5,000 characters', () => {
    const random = randomFrom(11);
    const texts = [randomText(random, 5000), `\\`.repeat(5000), `'`.repeat(5000), ' '.repeat(5000)];
    for (const each of texts) expect(parsedByFfmpeg(graphOf([each])).tags['k0']).toBe(each);
  });

  it('the same through -filter_complex', () => {
    const value = `\\':,;[]=%{}é🎬 `;
    const graph = graphOf([value]);
    const [made] = graph.unread;
    const shown = graph.chain([made!], [filter('metadata', { mode: 'print', file: text('pipe:1') })]);
    const words = [
      '-v',
      'level+warning',
      '-nostdin',
      '-filter_complex',
      String(graph),
      '-map',
      shown.mapWord,
      '-f',
      'null',
      '-',
    ];
    expect(execFileSync('ffmpeg', words, { encoding: 'utf8' })).toContain(`k0=${value}\n`);
  });
});

it('no text adds a filter, opens a file or writes one', () => {
  const target = join(folder, 'written');
  const attacks = [
    `v]metadata=mode=print:file=${target};[x`,
    `a,metadata=mode=print:file=${target}`,
    `a:file=${target}:mode=print`,
    `a\\,metadata=mode=print:file=${target}`,
    `'],metadata=mode=print:file=${target},[`,
    `a[out0];movie=${target}[b];[b]null`,
    `\n,metadata=mode=print:file=${target}\n`,
  ];
  const { tags, filters } = parsedByFfmpeg(graphOf(attacks));
  expect(attacks.map((_, index) => tags[`k${index}`])).toEqual(attacks);
  expect(filters).toBe(attacks.length + 1);
  expect(existsSync(target)).toBe(false);
});

describe('what is not text is checked', () => {
  const attack = 'v]movie=/etc/passwd;[w';

  it('identifiers, colours, numbers and names of filters and options', () => {
    expect(() => filter('format', { pix_fmts: attack })).toThrow(TypeError);
    expect(() => filter('format', { pix_fmts: list('yuv420p', attack) })).toThrow(TypeError);
    expect(() => filter('scale', { flags: flags('bicubic', attack) })).toThrow(TypeError);
    expect(() => filter('color', { color: colour(attack) })).toThrow(TypeError);
    expect(() => filter('pan', { args: panning('mono', { [attack]: [{ channel: 0, gain: 1 }] }) })).toThrow(TypeError);
    expect(() => filter(attack as FilterName)).toThrow(TypeError);
    expect(() => filter('movie' as FilterName, { filename: text('/etc/passwd') })).toThrow(TypeError);
    expect(() => filter('null', { [attack]: 1 })).toThrow(TypeError);
    for (const bad of [Number.NaN, Infinity, 1e21, attack as unknown as number])
      expect(() => filter('volume', { volume: add(bad, 1) })).toThrow(RangeError);
    expect(() => filter('tpad', { stop: Number.NaN })).toThrow(RangeError);
    expect(() => filter('tpad', { stop_duration: seconds(Number.NaN) })).toThrow(RangeError);
    expect(() => filter('fps', { fps: { num: attack as unknown as number, den: 1 } })).toThrow(RangeError);
    expect(() => filter('fps', { fps: { num: 25, den: 0.5 } })).toThrow(RangeError);
    expect(() => variable(attack as 'N')).toThrow(TypeError);
    expect(() => call(attack as 'if', 1)).toThrow(TypeError);
    expect(() => text('a\0b')).toThrow(TypeError);
  });

  it('streams: by a whole number, of the graph they belong to, read once', () => {
    const graph = new FilterGraph();
    const input = graph.open({ path: 'a.mp4' });
    for (const bad of [-1, 0.5, Number.NaN, attack as unknown as number])
      expect(() => input.stream(bad)).toThrow(RangeError);
    const made = graph.chain([input.stream(1)], [filter('null')]);
    expect(() => new FilterGraph().chain([made], [filter('null')])).toThrow(/another graph/);
    graph.chain([made], [filter('null')]);
    expect(() => graph.chain([made], [filter('null')])).toThrow(/split/);
    expect(() => graph.chain([attack as unknown as typeof made], [filter('null')])).toThrow(TypeError);
    expect(() => graph.chain([input.stream(0)], [attack as unknown as ReturnType<typeof filter>])).toThrow(TypeError);
  });
});

it('writes a graph with several inputs, copies and outputs', () => {
  const graph = new FilterGraph();
  const film = graph.open({ path: 'film.mp4' });
  const sound = graph.open({ path: 'sound.wav' });
  const [shown, kept] = graph.split(
    graph.chain([film.stream(0)], [filter('fps', { fps: { num: 30000, den: 1001 } }), filter('setsar', { sar: 1 })]),
    2,
  );
  const small = graph.chain([shown!], [filter('scale', { w: 320, h: 180, flags: flags('bicubic', 'accurate_rnd') })]);
  const heard = graph.chain([sound.first('audio')], [filter('volume', { volume: 0.5 })]);
  expect(graph.inputs.map((input) => input.path)).toEqual(['film.mp4', 'sound.wav']);
  expect(graph.unread).toEqual([kept, small, heard]);
  expect(small.mapWord).toBe('[s3]');
  expect(film.stream(2).mapWord).toBe('0:2');
  expect(graph.toString()).toBe(
    [
      '[0:0]fps=fps=30000/1001,setsar=sar=1[s0]',
      '[s0]split=outputs=2[s1][s2]',
      '[s1]scale=w=320:h=180:flags=bicubic+accurate_rnd[s3]',
      '[1:a:0]volume=volume=0.5[s4]',
    ].join(';\n'),
  );
});

it('writes expressions with the parentheses they need and no more', () => {
  const n = variable('N');
  expect(String(add(n, 1, 2))).toBe('N+1+2');
  expect(String(subtract(n, subtract(1, 2)))).toBe('N-(1-2)');
  expect(String(multiply(add(n, 1), -2.5))).toBe('(N+1)*(-2.5)');
  expect(String(divide(multiply(n, 3), multiply(2, 4)))).toBe('N*3/(2*4)');
  expect(String(add(1, multiply(n, 2)))).toBe('1+N*2');
  expect(String(call('between', variable('t'), 1e-7, 2))).toBe('between(t,0.0000001,2)');
});
