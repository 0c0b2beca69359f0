import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readJsonOrNull } from './jsonFile.node.ts';

test('what is no plain file, or no JSON, counts as absent', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'framewright-json-'));
  try {
    const at = (name: string): string => join(folder, name);
    await mkdir(at('folder'));
    await writeFile(at('whole'), '{"a":1}');
    await writeFile(at('torn'), '{"a":');
    if (process.platform !== 'win32') execFileSync('mkfifo', [at('pipe')]);
    expect(await readJsonOrNull(at('whole'))).toEqual({ a: 1 });
    for (const name of ['torn', 'folder', 'pipe', 'absent']) expect(await readJsonOrNull(at(name)), name).toBeNull();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
