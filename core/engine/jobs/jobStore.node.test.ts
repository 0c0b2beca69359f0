import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { flatFields } from '../../actions/flatFields.ts';
import { sampleOf } from '../../actions/testing/sampleRequests.ts';
import type { Job } from '../../contract/jobs.ts';
import { newJob } from './jobRecords.ts';
import { openJobStore } from './jobStore.node.ts';

const job = (id: string): Job =>
  ({ id, spec: { kind: 'export' }, state: 'queued', finishedAt: null }) as unknown as Job;

test('a save answers once its state, or a newer one, is on disk, whoever else saves meanwhile', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'fw-store-'));
  const store = await openJobStore(folder);
  const onDisk = async (): Promise<string> =>
    readFile(
      join(
        folder,
        (await readdir(folder)).find((name) => name.endsWith('.json'))!,
      ),
      'utf8',
    );
  for (let round = 0; round < 20; round += 1) {
    const first = store.save([job(`a${round}`)]);
    await new Promise((resolve) => setTimeout(resolve, round % 3));
    const second = store.save([job(`b${round}`)]);
    await second;
    expect(await onDisk()).toContain(`b${round}`);
    expect((await readdir(folder)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
    await first;
  }
  await rm(folder, { recursive: true });
});

test('a generation that an earlier version queued is found with its action’s own request', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'fw-store-'));
  const request = sampleOf('inpaint');
  const queued = newJob('j', { kind: 'generation', projectId: 'p', clipId: 'c', request }, 0);
  const asked = (old: unknown) => ({ ...queued, spec: { ...queued.spec, request: old } });
  // left by a process that is gone
  await writeFile(join(folder, '999999999-0.json'), JSON.stringify([asked({ ...flatFields, ...request }), asked('x')]));
  expect((await openJobStore(folder)).found).toEqual([queued]);
  await rm(folder, { recursive: true });
});
