/** The hash a music take is compared with, when the user chooses a SoundFont and removes it. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BasicSoundBank } from 'spessasynth_core';
import { expect, test } from 'vitest';
import type { GenerationRequest } from '../../document/schema.ts';
import { openFakeEngine } from '../testing/fakeEngine.node.ts';

test('choosing a SoundFont puts music out of date and nothing else; removing it brings the first hash back', async () => {
  const fake = await openFakeEngine();
  try {
    const { engine } = fake;
    const { projectId } = await engine.handlers['project.create']({ name: 'Fonts', folder: fake.folder });
    const music: GenerationRequest = {
      action: 'soundtrack',
      prompt: 'happy',
      seed: 1,
      steps: null,
      guidance: null,
      packId: 'fake',
      durationTicks: 1,
      firstFrame: null,
      lastFrame: null,
      references: [],
      source: null,
      mask: null,
      edit: null,
      keepShapes: null,
      scope: null,
      direction: null,
      stem: 'music',
      sequenceRange: null,
      hitTicks: [],
      tempoBpm: null,
    };
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
