import { expect, it } from 'vitest';
import { layoutTitle, type Title } from './title.ts';

/** Every character half as wide as the size. */
const context = { font: '', measureText: (text: string) => ({ width: [...text].length * 50 }) };
const title: Title = {
  kind: 'title',
  text: 'Hello',
  sizePx: 100,
  color: '#fff',
  background: null,
  align: 'center',
  weight: 700,
};
const lay = (changes: Partial<Title>) => layoutTitle(context, { ...title, ...changes }, 1000, 500);

it('lines are broken at spaces to nine tenths of the width, and the block stands in the middle', () => {
  const { lines } = lay({ text: 'one two three four five' });
  expect(lines.map((line) => line.text)).toEqual(['one two three four', 'five']);
  expect((lines[0]!.baseline + lines[1]!.baseline) / 2 - 36.35).toBeCloseTo(250, 5);
});

it('line ends of the text are kept', () => {
  expect(lay({ text: 'one\n\ntwo' }).lines.map((line) => line.text)).toEqual(['one', '', 'two']);
});

it('Chinese breaks between any two characters, and a word longer than a line inside of it', () => {
  expect(lay({ text: '影'.repeat(25) }).lines.map((line) => line.text.length)).toEqual([18, 7]);
  expect(lay({ text: 'x'.repeat(40) }).lines.map((line) => line.text.length)).toEqual([18, 18, 4]);
});

it('alignment anchors the lines at the safe margins or the middle', () => {
  expect(
    [lay({ align: 'left' }), lay({}), lay({ align: 'right' })].map((layout) => Math.round(layout.lines[0]!.x)),
  ).toEqual([50, 500, 950]);
});

it('a background lies behind all lines with room around them', () => {
  expect(lay({ background: '#000' }).background).toEqual({ x: 335, y: 172, width: 330, height: 156 });
  expect(lay({ background: '#000', text: '' }).background).toBeNull();
});

it('stands in the middle unless it says top or bottom, with its background inside the safe area', () => {
  const middle = lay({ background: '#000' }).background!;
  const top = lay({ background: '#000', vertical: 'top' }).background!;
  const bottom = lay({ background: '#000', vertical: 'bottom' }).background!;
  expect(lay({ background: '#000', vertical: 'middle' }).background).toEqual(middle);
  expect(top.y).toBeCloseTo(40, 5);
  expect(bottom.y + bottom.height).toBeCloseTo(460, 5);
  expect(lay({ vertical: 'bottom' }).lines[0]!.baseline).toBeGreaterThan(lay({}).lines[0]!.baseline);
});

it('asks for the bundled faces before those of the system', () => {
  const { font } = layoutTitle(context, title, 1000, 500, ['Subset 1', 'Subset 2']);
  expect(font).toMatch(/^700 100px "Framewright Inter", "Subset 1", "Subset 2", "Noto Sans CJK SC"/);
});
