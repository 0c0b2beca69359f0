import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { sentences } from '../../core/contract/sentences.ts';

const here = new URL('.', import.meta.url).pathname;
const features = [...readdirSync(`${here}en`).filter((name) => name.endsWith('.json')), 'engine.json'];

/** The engine's sentences stand in English in core/contract/sentences, in Chinese in zh/engine.json. */
function words(language: string, feature: string): unknown {
  if (language === 'en' && feature === 'engine.json') return sentences;
  return JSON.parse(readFileSync(`${here}${language}/${feature}`, 'utf8'));
}

function flatten(value: unknown, path = ''): Map<string, string> {
  const flat = new Map<string, string>();
  if (typeof value === 'string') return flat.set(path, value);
  for (const [key, inner] of Object.entries(value as Record<string, unknown>)) {
    for (const [name, text] of flatten(inner, path ? `${path}.${key}` : key)) flat.set(name, text);
  }
  return flat;
}

const placeholders = (text: string) => [...text.matchAll(/\{\{\s*(\w+)/g)].map((match) => match[1]!).sort();

describe('words', () => {
  it('both languages have the same files', () => {
    expect(readdirSync(`${here}zh`).sort()).toEqual([...readdirSync(`${here}en`), 'engine.json'].sort());
  });

  it.each(features)('%s has the same keys in English and Chinese', (feature) => {
    expect([...flatten(words('zh', feature)).keys()].sort()).toEqual([...flatten(words('en', feature)).keys()].sort());
  });

  it.each(features)('%s fills in the same values in both', (feature) => {
    const zh = flatten(words('zh', feature));
    for (const [key, text] of flatten(words('en', feature))) {
      // plural forms may leave the figure out in one language ('one file'), never name another value
      expect({ key, values: placeholders(zh.get(key)!) }).toEqual({ key, values: placeholders(text) });
    }
  });

  it.each(features)('%s has no exclamation mark and no empty word', (feature) => {
    for (const language of ['en', 'zh']) {
      for (const [key, text] of flatten(words(language, feature))) {
        expect(text.trim(), `${language} ${key}`).not.toBe('');
        expect(text, `${language} ${key}`).not.toMatch(/[!！]/);
      }
    }
  });
});
