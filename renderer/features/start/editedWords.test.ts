import { describe, expect, it } from 'vitest';
import type { TFunction } from 'i18next';
import { editedWords } from './editedWords.ts';

const t = ((key: string, values?: { time: string }) =>
  values ? `${key} ${values.time}` : key) as unknown as TFunction<'start'>;
const now = new Date(2026, 10, 23, 15, 0);

describe('when a project was edited', () => {
  it('today with the time, yesterday by name, else by date', () => {
    expect(editedWords(new Date(2026, 10, 23, 14, 32).toISOString(), now, 'en', t)).toBe('editedToday 14:32');
    expect(editedWords(new Date(2026, 10, 22, 23, 59).toISOString(), now, 'en', t)).toBe('yesterday');
    expect(editedWords(new Date(2026, 10, 9).toISOString(), now, 'en', t)).toBe('9 November');
    expect(editedWords(new Date(2025, 10, 9).toISOString(), now, 'en', t)).toBe('9 November 2025');
  });

  it('nothing for a time that cannot be read', () => {
    expect(editedWords('soon', now, 'en', t)).toBe('');
  });
});
