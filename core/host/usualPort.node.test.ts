import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { rememberPort, usualPort } from './usualPort.node.ts';

it('a port is kept from start to start; anything else in its file counts as none', async () => {
  const home = await mkdtemp(join(tmpdir(), 'framewright-port-'));
  expect(await usualPort(home)).toBe(0);
  await rememberPort(home, 43210);
  expect(await usualPort(home)).toBe(43210);
  for (const text of ['', 'abc', '80', '99999', '-43210', '43210; rm', '4.5e3']) {
    await writeFile(join(home, 'browserPort'), text);
    expect(await usualPort(home), text).toBe(0);
  }
  await rememberPort(join(home, 'browserPort/below a file'), 43210);
  await rm(home, { recursive: true });
});
