/** The hash a music take is compared with, when the user chooses a SoundFont and removes it. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BasicSoundBank } from 'spessasynth_core';
import { expect, test } from 'vitest';
import { sampleOf } from '../../actions/testing/sampleRequests.ts';
import type { GenerationRequest } from '../../actions/schema.ts';
import { openFakeEngine } from '../testing/fakeEngine.node.ts';

test('choosing a SoundFont makes only music out of date; removing it restores the first hash', async () => {
  const fake = await openFakeEngine();
  try {
    const { engine } = fake;
    const { projectId } = await engine.handlers['project.create']({ name: 'Fonts', folder: fake.folder });
    const music = sampleOf('soundtrack', { prompt: 'happy', packId: 'fake', stem: 'music' });
    const hash = async (request: GenerationRequest, takeHash?: string): Promise<string> =>
      (
        await engine.handlers['generation.hash']({
          projectId,
          requests: [request],
          ...(takeHash === undefined ? {} : { takeHashes: [takeHash] }),
        })
      )[0]!;
    const builtIn = await hash(music);
    const rain = await hash({ ...music, stem: 'ambience' });

    const path = join(fake.folder, 'one.sf2');
    await writeFile(path, Buffer.from(BasicSoundBank.getSampleSoundBankFile()));
    await engine.handlers['soundFont.install']({ path });
    const played = await hash(music);
    expect(played).not.toBe(builtIn);
    expect(await hash(music, builtIn)).toBe(played);
    expect(await hash({ ...music, prompt: 'sad' }, played)).not.toBe(played);
    expect(await hash({ ...music, stem: 'ambience' }, rain)).toBe(rain);

    await engine.handlers['soundFont.remove']({});
    expect(await hash(music, played)).toBe(builtIn);
  } finally {
    await fake.close();
  }
});
