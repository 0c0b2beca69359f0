// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, beforeAll, expect, it } from 'vitest';
import { startI18n } from '../../i18n/i18n.ts';
import { WordsRead } from './WordsRead.tsx';

beforeAll(() => startI18n('en'));
afterEach(cleanup);
const shown = (): (string | null)[] => [...screen.getByRole('status').children].map(({ textContent }) => textContent);

it('names the words that are used, guessed and without effect, each with its guess', () => {
  render(
    <WordsRead
      usedWords={['sunset', 'red']}
      guessedWords={[{ word: 'boat', takenFor: 'sailboat' }]}
      unknownWords={['festival']}
    />,
  );
  expect(shown()).toEqual(['Used: sunset, red', 'Guessed: boat as sailboat', 'No effect: festival']);
});

it('shows the words without effect alone for a pack that tells no more', () => {
  render(<WordsRead unknownWords={['festival']} />);
  expect(shown()).toEqual(['No effect: festival']);
});

it('shows nothing where no word was read', () => {
  render(<WordsRead unknownWords={[]} />);
  expect(screen.queryByRole('status')).toBeNull();
});
