/** Links, devices, absurd sizes and torn files in the place of a project's own, and journals of every evil kind. */
import { spawnSync } from 'node:child_process';
import { rm, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { both, link, opens, put, refused, type HostileCase } from './hostileCase.node.ts';
import { journalLine } from './soundProject.node.ts';

const isLink = /is a link to another place/;
const outside = (name: string) => (place: { outside: string }) => join(place.outside, name);
const rename = (value: unknown, path: (string | number)[] = ['name']) => [{ op: 'replace' as const, path, value }];
const journal = (...lines: (string | Buffer)[]) =>
  put('journal.ndjson', Buffer.concat(lines.map((line) => Buffer.from(line as string))));
const lost = /could not be replayed|is damaged from line/;

function pipe(name: string): HostileCase['make'] {
  return async ({ folder }) => {
    await rm(join(folder, name), { recursive: true, force: true });
    if (spawnSync('mkfifo', [join(folder, name)]).status !== 0) throw new Error('mkfifo failed');
  };
}

function huge(name: string): HostileCase['make'] {
  return async (place) => {
    await put(name, '')(place);
    await truncate(join(place.folder, name), 10 * 1024 ** 3);
  };
}

const sum = (text: string) => text.replace(/^\{"sum":"[0-9a-f]{8}"/, '{"sum":"00000000"');

/** Need symbolic links and mkfifo. */
export const linkCases: readonly HostileCase[] = [
  opens('project.json is a link to a text', link('project.json', outside('secret.txt')), isLink),
  opens('project.json is a link to a project', link('project.json', outside('project.json')), isLink),
  opens(
    'project.json is a link to itself',
    link('project.json', ({ folder }) => join(folder, 'project.json')),
    isLink,
  ),
  refused('journal.ndjson is a link to a text', isLink, link('journal.ndjson', outside('secret.txt'))),
  refused('journal.ndjson is a link to nothing', isLink, link('journal.ndjson', outside('made.txt'))),
  refused('journal.1.ndjson is a link', isLink, link('journal.1.ndjson', outside('secret.txt'))),
  opens('lock is a link to a text', link('lock', outside('secret.txt'))),
  opens('lock is a link to nothing', link('lock', outside('made.txt'))),
  refused('takes is a link', isLink, link('takes', outside('folder'))),
  refused('backups is a link', isLink, link('backups', outside('folder'))),
  refused('media is a link', isLink, link('media', outside('folder'))),
  opens('cache is a link', link('cache', outside('folder'))),
  opens('a recipe is a link', link('takes/made1.recipe.json', outside('secret.txt')), isLink),
  opens('a take record is a link', link('takes/made2.take.json', outside('secret.txt'))),
  opens(
    'a backup is a link',
    both(link('backups/project-000000000009-1.json', outside('project.json')), put('project.json', '{')),
    /restored from the backup/,
  ),
  opens('a leftover is a link', link('project.json.0a.tmp', outside('secret.txt'))),
  opens(
    'project.json is a folder',
    async (place) => {
      await rm(join(place.folder, 'project.json'));
      await put('project.json/x', '')(place);
    },
    /restored from the backup/,
  ),
  refused('journal.ndjson is a folder', /is a folder, not a file/, async (place) => {
    await rm(join(place.folder, 'journal.ndjson'));
    await put('journal.ndjson/x', '')(place);
  }),
  opens('project.json is a pipe', pipe('project.json'), /device or a pipe/),
  refused('journal.ndjson is a pipe', /device or a pipe/, pipe('journal.ndjson')),
  opens('lock is a pipe', pipe('lock')),
  opens('a recipe is a pipe', pipe('takes/made1.recipe.json'), /device or a pipe/),
  opens('a take record is a pipe', pipe('takes/made2.take.json')),
  refused('takes is a pipe', /should be a folder/, pipe('takes')),
  opens('project.json has 10 GB', huge('project.json'), /too large/),
  refused('journal.ndjson has 10 GB', /too large/, huge('journal.ndjson')),
  opens('lock has 10 GB', huge('lock')),
  opens('a recipe has 10 GB', huge('takes/made1.recipe.json'), /too large/),
  opens('lock of process 2^40', put('lock', '{"pid":1099511627776,"host":"x","startedAt":null,"token":"x"}')),
  refused(
    'lock of another computer',
    /is open on the computer/,
    put('lock', '{"pid":1,"host":"elsewhere","startedAt":null,"token":"x"}'),
  ),
];

/** Each writes a journal.ndjson of its own. */
export const journalCases: readonly HostileCase[] = [
  opens('a torn journal', journal(journalLine(1, rename('One')), '{"sum":"0000'), /cut off/),
  opens('a journal of zeros', journal(Buffer.alloc(1000))),
  opens(
    'a binary journal',
    journal(Buffer.from(Array.from({ length: 5000 }, (_, index) => (index * 7919) % 256))),
    lost,
  ),
  opens('a line of 100 MB', journal(Buffer.alloc(100 * 1024 * 1024, 'x'), '\n', journalLine(1, rename('One'))), lost),
  opens('a wrong sum', journal(sum(journalLine(1, rename('One'))), journalLine(2, rename('Two'))), lost),
  opens('a hole in the numbers', journal(journalLine(1, rename('One')), journalLine(3, rename('Three'))), lost),
  opens('numbers that repeat', journal(journalLine(1, rename('One')), journalLine(1, rename('Other')))),
  opens('a number of 2^53', journal(journalLine(2 ** 53, rename('One'))), lost),
  opens('a patch of __proto__', journal(journalLine(1, rename(true, ['__proto__', 'polluted']))), lost),
  opens(
    'a patch of constructor.prototype',
    journal(journalLine(1, rename(true, ['constructor', 'prototype', 'polluted']))),
    lost,
  ),
  opens(
    'a value with __proto__',
    journal(journalLine(1, rename(JSON.parse('{"film":{"__proto__":{"polluted":true}}}'), ['media']))),
    lost,
  ),
  opens('a patch that leaves the schema', journal(journalLine(1, rename(7))), lost),
  opens('a patch of the whole document', journal(journalLine(1, rename('evil', []))), lost),
  opens('a patch beside the document', journal(journalLine(1, rename(1, ['nowhere', 'x', 'y']))), lost),
  opens('a patch of a length', journal(journalLine(1, rename(4e9, ['sequences', 'x', 'tracks', 'length']))), lost),
  opens('a patch at index 4e9', journal(journalLine(1, rename({}, ['sequences', 'x', 'tracks', 4e9]))), lost),
  opens(
    'a key that leads out, by patch',
    journal(journalLine(1, rename('../../x', ['media', 'film', 'contentKey']))),
    lost,
  ),
  opens(
    'a take that leads out, by patch',
    journal(journalLine(1, rename('../../x', ['takes', 'made1', 'file']))),
    lost,
  ),
  opens(
    'an evil inverse',
    journal(journalLine(1, rename('One'), { inverse: rename('../../x', ['media', 'film', 'contentKey']) })),
  ),
  opens(
    'a value of 3000 levels',
    journal(journalLine(1, rename(JSON.parse(`${'['.repeat(3000)}${']'.repeat(3000)}`)))),
    lost,
  ),
  opens(
    '20,000 changes, the last one evil',
    journal(
      ...Array.from({ length: 20_000 }, (_, index) => journalLine(index + 1, rename(index === 19_999 ? 7 : 'x'))),
    ),
    lost,
  ),
];
