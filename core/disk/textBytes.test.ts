import { expect, it } from 'vitest';
import { decodeText } from './textBytes.ts';

const text = '{"OTIO_SCHEMA": "Timeline.1", "name": "片 é"}';
const swapped = (bytes: Buffer) => Buffer.from(bytes).swap16();

it('UTF-8 and UTF-16 in either order, with and without a mark, are one text', () => {
  const little = Buffer.from(text, 'utf16le');
  const markedLittle = Buffer.from(`\ufeff${text}`, 'utf16le');
  const files = [
    Buffer.from(text),
    Buffer.from(`\ufeff${text}`),
    little,
    markedLittle,
    swapped(little),
    swapped(markedLittle),
    Buffer.concat([swapped(little), Buffer.from([0])]),
  ];
  for (const bytes of files) expect(decodeText(bytes)).toBe(text);
});

it('an empty file is an empty text', () => {
  expect(decodeText(Buffer.alloc(0))).toBe('');
});
