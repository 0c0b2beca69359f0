import { describe, expect, it } from 'vitest';
import { takeLegsOff } from './svgParts.node.ts';

const farLeg = '<path fill="#a55" d="M18 20h3v9h-3z"/>';
const gloss = '<path fill="#c77" d="M18.5 21h1v6h-1z"/>';
const body = '<path fill="#f80" d="M4 6h24v16h-4v8h-3v-8H10v8H7v-8H4z"/>';
const eye = '<path fill="#000" d="M24 9h1v1h-1z"/>';
const drawing = (inner: string): string => `<svg viewBox="0 0 32 32">${inner}<defs></defs></svg>`;

describe('parts of an animal', () => {
  it('takes the legs behind the body off, with their gloss', () => {
    const { body: rest, farLegs } = takeLegsOff(drawing(farLeg + gloss + body + eye));
    expect(farLegs).toEqual([drawing(farLeg + gloss)]);
    expect(rest).toBe(drawing(body + eye));
  });

  it('looks through a group that only clips', () => {
    const { farLegs } = takeLegsOff(drawing(`<g clip-path="url(#a)">${farLeg}${body}</g>`));
    expect(farLegs).toHaveLength(1);
  });

  it('leaves a drawing without such legs whole', () => {
    expect(takeLegsOff(drawing(body + eye)).farLegs).toEqual([]);
  });
});
