import { expect, it } from 'vitest';
import { folderNameFor } from './projectFolder.node.ts';

it.each([
  ['Tides', 'Tides.fwproj'],
  ['潮汐', '潮汐.fwproj'],
  ['100%', '100%.fwproj'],
  ['a/b\\c:d\n', 'a-b-c-d-.fwproj'],
  ['Tides. .', 'Tides.fwproj'],
  ['', 'Project.fwproj'],
  ['..', 'Project.fwproj'],
  ['con', 'Project con.fwproj'],
  ['nul.backup', 'Project nul.backup.fwproj'],
  ['half \ud83c', 'half -.fwproj'],
])('the folder of the project %j is called %j', (name, folder) => {
  expect(folderNameFor(name)).toBe(folder);
});

it('a long name leaves room for its ending and its number', () => {
  const name = '片'.repeat(100);
  expect(folderNameFor(name)).toBe(`${'片'.repeat(82)}.fwproj`);
  expect(folderNameFor(name, 2)).toBe(`${'片'.repeat(82)} 2.fwproj`);
  expect(folderNameFor(name, 123)).toBe(`${'片'.repeat(81)} 123.fwproj`);
});
