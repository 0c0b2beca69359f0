import { expect, it } from 'vitest';
import { editOf, integerBetween, numberBetween, readMask, readSize } from './optionValues.ts';

it('numbers are whole or not, and within their limits', () => {
  expect(numberBetween(0, 10)('2.5')).toBe(2.5);
  expect(integerBetween(0, 10)('7')).toBe(7);
  for (const text of ['', ' ', 'many', '-1', '11', 'Infinity', '1e9', '5s'])
    expect(() => numberBetween(0, 10)(text), text).toThrow('from 0 to 10');
  expect(() => integerBetween(0, 10)('2.5')).toThrow('whole');
});

it('a size is two even numbers of pixels', () => {
  expect(readSize('640x360')).toEqual({ width: 640, height: 360 });
  for (const text of ['640', '640x', '641x360', '640*360', '0x0', '10x10', '99999x2'])
    expect(() => readSize(text), text).toThrow('640x360');
});

it('a mask is a box in pixels, or a file', () => {
  expect(readMask('box:10,20,30.5,40')).toEqual({ kind: 'box', x: 10, y: 20, width: 30.5, height: 40 });
  expect(readMask('m.png')).toEqual({ kind: 'file', path: 'm.png' });
  for (const text of ['box:', 'box:1,2,3', 'box:1,2,0,4', 'box:1,2,3,4,5', 'box:a,b,c,d', 'box:-1,2,3,4', 'box:1,,3,4'])
    expect(() => readMask(text), text).toThrow('box:x,y');
});

it.each([
  ['remove the sign', 'remove'],
  ['Please take out the cup', 'remove'],
  ['get rid of him', 'remove'],
  ['add a hat', 'add'],
  ['Put a frog on the table', 'add'],
  ['a red balloon', 'replace'],
  ['replace the cat by a dog', 'replace'],
  ['removes', 'replace'],
  ['', 'replace'],
])('%j asks for: %s', (instruction, edit) => {
  expect(editOf(instruction)).toBe(edit);
});
