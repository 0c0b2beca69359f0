/** Media paths, takes, recipes, masks and caches that a project brings along. */
import { readFile, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { deflateSync, crc32 } from 'node:zlib';
import { factsVersion } from '../../../disk/facts.ts';
import { both, opens, pictureClips, put, set, type HostileCase, type Place } from './hostileCase.node.ts';

const path = (value: string | ((place: Place) => string)) => set('media.film.path', value);
const notAbsolute = /is not an absolute path/;

const paths: readonly string[] = [
  'concat:/etc/passwd|/etc/hosts',
  'http://127.0.0.1:9/film.mp4',
  'https://example.invalid/film.mp4',
  'file:/etc/passwd',
  'file:///etc/passwd',
  'subfile,,start,0,end,9,,:/etc/passwd',
  'data:video/mp4;base64,AAAA',
  'pipe:0',
  'tcp://127.0.0.1:9',
  'crypto:/etc/passwd',
  'film.mp4',
  '../../film.mp4',
  '-i',
  '\\\\host\\share\\film.mp4',
];

/** A PNG header that promises `side` by `side` pixels, and as little data as says so. */
function bombPng(side: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const framed = Buffer.alloc(body.length + 8);
    framed.writeUInt32BE(data.length, 0);
    body.copy(framed, 4);
    framed.writeUInt32BE(crc32(body), body.length + 4);
    return framed;
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.set([1, 0, 0, 0, 0], 8);
  const data = deflateSync(Buffer.alloc(Math.min(64 * 1024 * 1024, (side / 8 + 1) * side)), { level: 9 });
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))]);
}

const dataUrl = (bytes: Buffer | string) => `data:image/png;base64,${Buffer.from(bytes).toString('base64')}`;
const mask = (png: string) => set(`${pictureClips}.1.generation.request.mask`, { kind: 'painted', png, featherPx: 2 });
const request = (field: string, value: unknown) => set(`${pictureClips}.1.generation.request.${field}`, value);
const svg = '<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>';

/** The proof of concept of the review: a filter graph in a number's place. */
function poisonedFacts({ outside }: Place): string {
  const streamIndex = `v]metadata=mode=add:key=PAYLOAD:value=$(id),metadata=mode=print:file=${outside}/pwned;[zz`;
  const video = { streamIndex, width: 64, height: 36, codedWidth: 64, codedHeight: 36, rate: { num: 10, den: 1 } };
  return JSON.stringify({
    version: factsVersion,
    kind: 'video',
    durationTicks: 1e9,
    video,
    audio: null,
    proxyReason: 'x',
  });
}

const recipes: readonly (readonly [string, string, RegExp?])[] = [
  ['not JSON', '{', /recipe .* is damaged/],
  ['null', 'null', /recipe .* is damaged/],
  [
    'an evil pack id',
    JSON.stringify({ takeId: 'made1', pack: { id: '../../../x'.repeat(20), version: '1' } }),
    /damaged/,
  ],
  ['an evil seed', JSON.stringify({ takeId: 'made1', seed: 'v];[zz' }), /damaged/],
  ['polluted', '{"takeId":"made1","__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}'],
  ['nested', `{"takeId":"made1","x":${'['.repeat(5000)}${']'.repeat(5000)}}`, /damaged/],
];

/** Opened, and what its clips ask of the AI is run. */
const generated = (...parameters: Parameters<typeof opens>): HostileCase => ({
  ...opens(...parameters),
  generates: true,
});

/** The project opens in each of them. */
export const mediaCases: readonly HostileCase[] = [
  ...paths.map((value) => opens(`media path ${value}`, path(value), notAbsolute)),
  opens('a device as media', path('/dev/zero'), /device or a pipe/),
  opens('a folder as media', path('/etc'), /is a folder/),
  opens('a text as media', path('/etc/passwd'), /text file/),
  opens('a path of a million letters', set('media.film.path', `/${'x'.repeat(1e6)}`), /backup/),
  opens(
    'a playlist as media',
    both(
      put('media/list.m3u8', '#EXTM3U\n#EXTINF:1,\n/etc/passwd\n'),
      path(({ folder }) => join(folder, 'media/list.m3u8')),
    ),
    /text file/,
  ),
  opens(
    'an ffconcat script as a take',
    both(put(`takes/x.mp4`, "ffconcat version 1.0\nfile '/etc/passwd'\n"), set('takes.made1.file', 'x.mp4')),
    /text file/,
  ),
  opens('noise as a take', both(put('takes/x.mp4', Buffer.alloc(5000, 7)), set('takes.made1.file', 'x.mp4')), /x\.mp4/),
  opens('an empty take', both(put('takes/x.mp4', ''), set('takes.made1.file', 'x.mp4')), /is empty/),
  opens(
    'a take record of another id',
    put('takes/other.take.json', '{"take":{"id":"../x","file":"../../x"},"clipId":null}'),
  ),
  opens('a take record of 10 GB', async (place) => {
    await put('takes/big.take.json', '')(place);
    await truncate(join(place.folder, 'takes/big.take.json'), 10 * 1024 ** 3);
  }),
  ...recipes.map(([name, text, says]) => opens(`a recipe that is ${name}`, put('takes/made1.recipe.json', text), says)),
  generated('a request for an evil pack', request('packId', '../../../../etc'), /packs?|model/i),
  generated('a request for a pack like a filter', request('packId', "x';[zz]"), /packs?|model/i),
  generated('a request of a million words', request('prompt', 'x'.repeat(1e6)), /backup/),
  generated('a request of a million steps', request('steps', 1e6), /backup/),
  generated('a request from a source that is not there', request('source.id', 'constructor'), /backup/),
  opens('a box of 1e308', request('mask.width', 1e308), /backup/),
  generated('a mask that is an SVG', mask(dataUrl(svg)), /not a PNG/),
  generated('a mask that is not base64', mask('data:image/png;base64,<svg>'), /backup/),
  generated('a mask from an address', mask('http://127.0.0.1:9/mask.png'), /backup/),
  generated('a mask of 22000 by 22000 pixels', mask(dataUrl(bombPng(22_000))), /PNG/),
  opens('a cache with poisoned facts', async (place) => {
    const { document } = JSON.parse(await readFile(join(place.folder, 'project.json'), 'utf8')) as {
      document: { media: { film: { contentKey: string } } };
    };
    await put(`cache/${document.media.film.contentKey}/facts.json`, poisonedFacts)(place);
  }),
  opens('a cache of poisoned pictures', put('cache/poster.jpg', 'x')),
];
