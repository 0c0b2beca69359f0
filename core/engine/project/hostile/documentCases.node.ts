/** Evil values in project.json: every kind of string and number that the engine reads. */
import { inText, opens, pictureClips, put, refused, set, type HostileCase } from './hostileCase.node.ts';
import { sampleTake } from '../../../commands/testing/samples.ts';

const damaged = /is damaged \(.+\), and so is every backup; nothing was changed|was restored from the backup/;
const hex = 'a'.repeat(64);

/** A document that does not parse is replaced by the backup that the project has. */
const restored = (name: string, make: HostileCase['make']): HostileCase => opens(name, make, damaged);

const keys = ['../../../escaped/dir', 'a/b', 'con', '', '%2e%2e', `${hex}/..`, `${hex}\n`, 'otio', '__proto__'];
const files = ['../project.json', '/etc/passwd', '..', '.hidden', 'a\\b.mp4', 'nul.mp4', 'x.mp4:stream', 'a\0.mp4'];
const ids = ['__proto__', 'constructor', 'toString', '../x', 'a/b', 'con', ' ', 'x'.repeat(65)];
const text = (value: string) => inText((json) => json.replace('"opacity":1', `"opacity":${value}`));

const titles: readonly (readonly [string, string])[] = [
  ['expansion', '%{e:1+1} %{pts} %{metadata:x} %{eif:x:d}'],
  ['newlines and quotes', 'a\nb\r\n\'"\\:;,[]=@'],
  ['filter syntax', "x':textfile=/etc/passwd,movie=/etc/passwd[o];[o]"],
  ['control characters', '\u0000\u0007\u001b[2J\u202e'],
];

/** Where the document does not parse, the backup beside it takes its place. */
export const documentCases: readonly HostileCase[] = [
  ...keys.map((key) => restored(`content key ${JSON.stringify(key)}`, set('media.film.contentKey', key))),
  ...files.map((file) => restored(`take file ${JSON.stringify(file)}`, set('takes.made1.file', file))),
  ...ids.map((id) => restored(`id ${JSON.stringify(id)}`, set('id', id))),
  restored('a clip id as a path', set(`${pictureClips}.0.id`, '../../x')),
  opens('a media record under __proto__', set('media.__proto__', { id: 'x', polluted: true })),
  restored('a take record under constructor', set('takes.constructor', { ...sampleTake('x') })),
  restored('1e308 as an offset', set(`${pictureClips}.0.transform.x`, 1e308)),
  restored('1e308 as a scale', set(`${pictureClips}.0.transform.scale`, 1e308)),
  opens('the largest scale', set(`${pictureClips}.0.transform.scale`, 10_000)),
  opens('a scale of almost nothing', set(`${pictureClips}.0.transform.scale`, 5e-324)),
  opens('a rotation of a million degrees', set(`${pictureClips}.0.transform.rotationDegrees`, 999_999.5)),
  restored('NaN', text('NaN')),
  restored('1e999', text('1e999')),
  restored('minus infinity', text('-1e999')),
  restored('negative ticks', set(`${pictureClips}.0.startTicks`, -1)),
  restored('more ticks than count exactly', set(`${pictureClips}.0.durationTicks`, Number.MAX_SAFE_INTEGER)),
  opens('the longest clip', set(`${pictureClips}.1.durationTicks`, 1e15)),
  restored('a rate of a billion', set('sequences.*.rate', { num: 1_000_000_000, den: 1 })),
  restored('a rate over zero', set('sequences.*.rate', { num: 25, den: 0 })),
  restored('a source rate of 2^53', set('media.film.video.rate', { num: 2 ** 53, den: 1 })),
  opens('the fastest sequence', set('sequences.*.rate', { num: 1000, den: 1 })),
  restored('an enormous sequence', set('sequences.*.width', 1e9)),
  opens('an odd sequence', set('sequences.*.width', 63)),
  restored('a speed of a billion', set(`${pictureClips}.0.speed`, { num: 1e9, den: 1 })),
  opens('the fastest clip', set(`${pictureClips}.0.speed`, { num: 1000, den: 1 })),
  restored('a text where a number stands', set(`${pictureClips}.0.opacity`, '1;[zz')),
  restored('an object where a text stands', set('name', { toString: 'x' })),
  restored('a name of a million letters', set('name', 'x'.repeat(1e6))),
  opens('a clip name of filter syntax', set(`${pictureClips}.0.name`, "[0:v]scale=1:1,movie='/etc/passwd'")),
  opens('a sequence named like a path', set('sequences.*.name', '../../../x\0')),
  opens('no active sequence', set('activeSequenceId', 'none'), /active sequence does not exist/),
  opens('a clip of media that is not there', set(`${pictureClips}.0.reference.mediaId`, 'none'), /not in the project/),
  opens('a clip before another', set(`${pictureClips}.1.startTicks`, 0), /begins before/),
  opens('unknown fields', set('evil', { nested: [1, { two: 3 }] })),
  ...[3000, 200_000]
    .map((levels) =>
      inText((json) => json.replace('"aiEnabled":', `"evil":${'['.repeat(levels)}${']'.repeat(levels)},"aiEnabled":`)),
    )
    .map((make, index) => opens(`${[3000, 200_000][index]} levels of an unknown field`, make)),
  restored(
    '3000 levels of a known field',
    inText((json) => json.replace('"media":{', `"media":${'{"a":'.repeat(3000)}{`)),
  ),
  ...titles.map(([name, words]) =>
    opens(`a title with ${name}`, set('sequences.*.tracks.2.clips.0.reference.text', words)),
  ),
  opens('a title in a colour of filter syntax', set('sequences.*.tracks.2.clips.0.reference.color', 'red:x=1[o]')),
  opens(
    'a solid in a colour of filter syntax',
    set(`${pictureClips}.0.reference`, { kind: 'solid', color: "x':d=1,movie=a[b]" }),
  ),
  restored('a title of a billion pixels', set('sequences.*.tracks.2.clips.0.reference.sizePx', 1e9)),
  opens('the largest title', set('sequences.*.tracks.2.clips.0.reference.sizePx', 10_000)),
  opens('binary as project.json', put('project.json', Buffer.from([0, 255, 254, 0, 10, 13, 192])), damaged),
  opens('an array as project.json', put('project.json', '[1,2]'), damaged),
  opens(
    'a negative number of changes',
    inText((json) => json.replace('"seq":0', '"seq":-5')),
    damaged,
  ),
  refused('a version from the future', /newer Framewright/, set('schemaVersion', 1e9)),
  opens('a version of no kind', set('schemaVersion', '3'), damaged),
  opens('a take over itself', set('takes.made1.patch', patchOver('take', 'made1'))),
  opens(
    'a take over media that is not there',
    set('takes.made1.patch', patchOver('media', 'none')),
    /not in the project/,
  ),
];

function patchOver(kind: 'media' | 'take', id: string) {
  return {
    over: { kind, id, startTicks: 0 },
    picture: { width: 64, height: 36 },
    box: { x: 0, y: 0, width: 64, height: 36 },
  };
}
