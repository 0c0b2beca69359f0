import { expect, it } from 'vitest';
import { markdownBlocks, markdownRuns } from './markdownBlocks.ts';

it('joins the broken lines of a paragraph and of an item', () => {
  expect(markdownBlocks('one\ntwo\n\n- a\n  b\n- c')).toEqual([
    { kind: 'paragraph', text: 'one two' },
    { kind: 'list', items: ['a b', 'c'] },
  ]);
});

it('reads headings, tables and code, and leaves comments out', () => {
  expect(markdownBlocks('# A\n<!-- figures -->\n| x | y |\n|---|---:|\n| 1 | 2 |\n\n```\na\n\nb\n```')).toEqual([
    { kind: 'heading', level: 1, text: 'A' },
    { kind: 'table', head: ['x', 'y'], rows: [['1', '2']] },
    { kind: 'code', text: 'a\n\nb' },
  ]);
});

it('leaves a picture of a card out', () => {
  expect(markdownBlocks('a\n\n![Spectra, 40 Hz](spectra.png)\n\nb ![c](d.png)')).toEqual([
    { kind: 'paragraph', text: 'a' },
    { kind: 'paragraph', text: 'b ![c](d.png)' },
  ]);
});

it('tells strong, emphasised and code words apart', () => {
  expect(markdownRuns('a **b** *c* `d` 2 * 3')).toEqual([
    { text: 'a ', style: 'plain' },
    { text: 'b', style: 'strong' },
    { text: ' ', style: 'plain' },
    { text: 'c', style: 'emphasis' },
    { text: ' ', style: 'plain' },
    { text: 'd', style: 'code' },
    { text: ' 2 * 3', style: 'plain' },
  ]);
});

it('ends on any text', () => {
  for (const text of ['```', '|', '#', '- ', '-', '\n\n', '| a']) expect(() => markdownBlocks(text)).not.toThrow();
});
