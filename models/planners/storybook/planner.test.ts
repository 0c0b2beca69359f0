import { describe, expect, it } from 'vitest';
import { plainPlanner } from '../../families/video/planner.ts';
import { castFamily, fakeWorld, tinyFamily } from '../../families/video/testing.ts';
import { plannerOf } from './planner.ts';

const { readText } = fakeWorld().context.pack;
const words = { prompt: 'a red zeppelin cat', edit: null, about: null, isFresh: true, referenceCount: 0 } as const;

describe('plannerOf', () => {
  it('puts the words into those of a pack that lists its vocabulary', async () => {
    expect(await plannerOf(tinyFamily, readText).read(words)).toEqual({
      text: 'red cat',
      used: ['red', 'cat'],
      guessed: [],
      unused: ['zeppelin'],
    });
  });

  it('leaves the words alone where the pack lists none', () => {
    const { vocabulary: _, ...family } = tinyFamily;
    expect(plannerOf(family, readText)).toBe(plainPlanner);
  });

  it('reads a scene for a pack with a cast', async () => {
    const reading = await plannerOf(castFamily, readText).read(words);
    expect(reading).toMatchObject({ text: 'a red cat stands still', unused: ['zeppelin'] });
  });

  it('reads the files of a pack once, and again after a read that failed', async () => {
    let reads = 0;
    const planner = plannerOf(castFamily, async (path) => {
      reads += 1;
      if (reads === 1) throw new Error('busy');
      return readText(path);
    });
    await expect(planner.read(words)).rejects.toThrow('busy');
    await Promise.all([planner.read(words), planner.read(words)]);
    await planner.read(words);
    expect(reads).toBe(2);
  });
});
