import { describe, expect, it } from 'vitest';
import { nearestKnownWord, rewritePrompt } from './prompt.ts';

const vocabulary = new Set(
  (
    'a an the cat cheetah fox elephant walks is running in on meadow night at city big red car and watercolour ' +
    'space to left jumps snow remove'
  ).split(' '),
);

describe('prompt rewriting', () => {
  it('keeps known sentences', () => {
    expect(rewritePrompt('A big red car in the city at night', vocabulary).text).toBe(
      'a big red car in the city at night',
    );
  });

  it('finds other forms and near words', () => {
    expect(nearestKnownWord('walking', vocabulary)).toBe('walks');
    expect(nearestKnownWord('jump', vocabulary)).toBe('jumps');
    expect(nearestKnownWord('tiger', vocabulary)).toBe('cheetah');
    expect(nearestKnownWord('foxes', vocabulary)).toBe('fox');
    expect(nearestKnownWord('dog', vocabulary)).toBeNull();
    expect(nearestKnownWord('constructor', vocabulary)).toBeNull();
  });

  it('names the words it could not use, once each, and not the small ones', () => {
    const out = rewritePrompt('The cat with a bagpipe and another bagpipe', vocabulary);
    expect(out.unused).toEqual(['bagpipe']);
    expect(out.text).toBe('the cat and');
  });

  it('mends the article', () => {
    expect(rewritePrompt('a elephant', vocabulary).text).toBe('an elephant');
    expect(rewritePrompt('a zeppelin in space', vocabulary).text).toBe('in space');
  });

  it('reads Chinese, longest words first', () => {
    const out = rewritePrompt('一只大象晚上在城市里散步', vocabulary);
    expect(out.text).toContain('elephant');
    expect(out.text).toContain('night');
    expect(out.text).toContain('city');
    expect(out.unused).toEqual(['散步']);
    expect(rewritePrompt('一只猫吹风笛', vocabulary).unused).toEqual(['吹风笛']);
  });

  it('survives ten thousand characters and odd ones', () => {
    expect(rewritePrompt('🦊'.repeat(5000), vocabulary).text).toBe('');
    expect(rewritePrompt('cat '.repeat(2500), vocabulary).text).toBe('cat');
  });
});
