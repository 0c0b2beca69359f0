import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { lookIds, looks, type LookId } from '../../../actions/restyle/looks.ts';
import { FilterGraph } from '../../../ffmpeg/filterGraph.ts';
import { changeBetween, drawForTest, filmOf } from './drawForTest.node.ts';
import { LookStage } from './stage.ts';

/** Small and square: textures cost most, and they follow the picture's shape. */
const film = filmOf({ width: 38, height: 38 });

/** Not every look is drawn a second time: the long test does that. */
const again: readonly LookId[] = ['night', 'rain'];

test('every look changes the picture, keeps size and count, and goes with strength and with other looks', async () => {
  const one = (look: LookId, strength = 1) => ({ looks: [look], strength });
  const drawn = await drawForTest(film, [
    { looks: [], strength: 1 },
    one('noir', 0),
    one('noir', 0.5),
    { looks: ['night', 'noir'], strength: 1 },
    ...again.map((look) => one(look)),
    ...lookIds.map((look) => one(look)),
  ]);
  const [source, none, half, both, ...others] = drawn.map((frames) => frames[0]!);
  const [repeated, single] = [others.slice(0, again.length), others.slice(again.length)];
  const of = (look: LookId) => single[lookIds.indexOf(look)]!;
  for (const frames of drawn) expect(frames).toHaveLength(film.frameCount);
  for (const look of lookIds)
    expect({ look, visible: changeBetween(of(look), source!) > 2 }).toEqual({ look, visible: true });
  // a look is deterministic
  for (const [index, look] of again.entries())
    expect({ look, same: repeated[index]!.equals(of(look)) }).toEqual({ look, same: true });
  expect(none!.equals(source!)).toBe(true);
  expect(changeBetween(half!, source!)).toBeGreaterThan(2);
  expect(changeBetween(half!, source!)).toBeLessThan(changeBetween(of('noir'), source!));
  expect(changeBetween(both!, of('noir'))).toBeGreaterThan(2);
  expect(changeBetween(both!, of('night'))).toBeGreaterThan(2);
});

test('lengths follow the shorter side, so that every size looks alike', () => {
  const stageOf = (width: number, height: number) => new LookStage(new FilterGraph(), filmOf({ width, height }), '');
  expect(stageOf(640, 360).px(2)).toBe(1);
  expect(stageOf(3840, 2160).px(2)).toBe(6);
  expect(stageOf(1080, 1920).px(2)).toBe(3);
  // one texture for all sizes of a shape
  expect(stageOf(640, 360).textureSize).toEqual(stageOf(3840, 2160).textureSize);
});

test('the README lists every word', async () => {
  const text = await readFile(new URL('README.md', import.meta.url), 'utf8');
  for (const id of lookIds) {
    const { words, chinese } = looks[id];
    expect(text).toContain(`| ${words.join(', ')} | ${chinese.join('、')} |`);
  }
});
