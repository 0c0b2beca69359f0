/** A real inference job of the built program, by a user whose home is empty. */
import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { answerOf, buildHost, framewright } from './testing/builtCli.node.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'framewright-quiet-'));
  await buildHost();
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it('leaves nothing in the user’s home but what belongs to Framewright', async () => {
  const home = join(folder, 'user');
  await mkdir(home);
  const ended = await framewright(
    folder,
    ['soundtrack', 'rain', '--seconds', '1', '--steps', '2', '--only', 'ambience', '-o', 'rain.wav', '--json'],
    {
      env: {
        HOME: home,
        USERPROFILE: home,
        XDG_CACHE_HOME: undefined,
        XDG_CONFIG_HOME: undefined,
        XDG_DATA_HOME: undefined,
        XDG_STATE_HOME: undefined,
        FRAMEWRIGHT_PROVIDER: 'cpu',
        // the program has to switch the telemetry off by itself; on a CI machine the runtime would not send any
        ORT_DISABLE_TELEMETRY: undefined,
        ORT_RUNNING_UNIT_TESTS: undefined,
        CI: undefined,
      },
    },
  );
  expect([ended.code, answerOf(ended).ok], ended.stderr).toEqual([0, true]);
  expect((await stat(join(folder, 'rain.wav'))).size).toBeGreaterThan(100_000);
  expect(await readdir(home, { recursive: true })).toEqual([]);
});
