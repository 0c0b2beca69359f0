import { expect, test } from 'vitest';
import { mediaPathProblem } from './mediaPath.node.ts';

test('only absolute paths of local disks are opened', () => {
  expect(mediaPathProblem('/films/a b.mov', 'linux')).toBeNull();
  expect(mediaPathProblem('/films/a: b,c|d.mov', 'darwin')).toBeNull();
  expect(mediaPathProblem('C:\\films\\a.mov', 'win32')).toBeNull();
  expect(mediaPathProblem('D:/films/a.mov', 'win32')).toBeNull();
});

const protocols = [
  'http://host/a',
  'file:/etc/passwd',
  'concat:/a|/b',
  'subfile,,start,0,end,9,,:/etc/passwd',
  'data:,x',
];
test.each([...protocols, 'a.mov', '../a.mov', '~/a.mov', '-i', '', '/a\0b'])('%j is refused everywhere', (path) => {
  for (const platform of ['linux', 'darwin', 'win32'] as const)
    expect(mediaPathProblem(path, platform), platform).not.toBeNull();
});

test.each([
  '\\\\host\\share\\a.mov',
  '//host/share/a.mov',
  '\\\\?\\C:\\a.mov',
  '\\\\.\\pipe\\x',
  '\\a.mov',
  'C:a.mov',
  'C:\\a.mov:s',
])('%j is refused on Windows', (path) => {
  expect(mediaPathProblem(path, 'win32')).not.toBeNull();
});
