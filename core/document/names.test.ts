import { describe, expect, it, test } from 'vitest';
import { contentKeyOfName, contentKeySchema, idSchema, isPlainFileName, takeFileSchema } from './names.ts';
import { upgradeDocumentKeys, upgradeEntryKeys } from './oldKeys.ts';

const digits = 'f1ca78610e66230cecf6cf4fdb02b499399ed3c76e82e885d6cc58e74d3c5b62';

it('a content key is 64 hex digits and nothing else', () => {
  expect(contentKeySchema.safeParse(digits).success).toBe(true);
  for (const bad of [
    '',
    'k',
    '../../x',
    digits.toUpperCase(),
    `${digits}\n`,
    `${digits}/x`,
    `otio:${digits}`,
    digits.slice(1),
  ])
    expect(contentKeySchema.safeParse(bad).success, JSON.stringify(bad)).toBe(false);
});

test('an id begins a file name and keys an object on every system', () => {
  for (const good of ['v0', '-12kwCIknU7q', '_e61fjCHJe1E', 'main', 'a'.repeat(64)])
    expect(idSchema.safeParse(good).success, good).toBe(true);
  const bad = [
    '',
    'a b',
    'a/b',
    '..',
    'a.b',
    '__proto__',
    'constructor',
    'toString',
    'con',
    'NUL',
    'com1',
    'a'.repeat(65),
  ];
  for (const id of bad) expect(idSchema.safeParse(id).success, id).toBe(false);
});

test("a take's file stays inside takes/ on every system", () => {
  for (const good of [`${digits}.mp4`, 't1.mp4', 'take.1.wav']) expect(isPlainFileName(good), good).toBe(true);
  const bad = [
    '',
    '.',
    '..',
    '.hidden',
    '../x.mp4',
    'a/b.mp4',
    'a\\b.mp4',
    'a:b.mp4',
    'nul.mp4',
    'COM1',
    'x.',
    'x\0.mp4',
    'a\n',
  ];
  for (const name of [...bad, `${'a'.repeat(126)}.mp4`])
    expect(takeFileSchema.safeParse(name).success, name).toBe(false);
});

describe('a key made from a name', () => {
  it('is legal, the same for the same name, and another for another', () => {
    const names = Array.from({ length: 2000 }, (_, index) => `file:///films/${index}.mov`);
    expect(new Set(names.map(contentKeyOfName)).size).toBe(2000);
    expect(contentKeyOfName('a')).toBe(contentKeyOfName('a'));
  });

  it('takes the place of the URL keys of older imports, in snapshots and in patches alike', () => {
    const old = { id: 'm', contentKey: 'otio:file:///a.mov' };
    const key = contentKeyOfName(old.contentKey);
    expect(upgradeDocumentKeys({ name: 'x', media: { m: old } })).toEqual({
      name: 'x',
      media: { m: { id: 'm', contentKey: key } },
    });
    const entry = {
      seq: 1,
      kind: 'record' as const,
      label: 'relinkMedia',
      patches: [
        {
          op: 'replace' as const,
          path: ['media', 'm', 'contentKey'],
          value: digits,
        },
      ],
      inverse: [
        {
          op: 'replace' as const,
          path: ['media', 'm', 'contentKey'],
          value: old.contentKey,
        },
        { op: 'add' as const, path: ['media', 'm'], value: old },
      ],
      target: null,
      at: '',
    };
    const upgraded = upgradeEntryKeys(entry);
    expect(upgraded.patches).toEqual(entry.patches);
    expect(upgraded.inverse.map((patch) => patch.value)).toEqual([key, { id: 'm', contentKey: key }]);
  });

  it('replaces only those: any other illegal key stays and is refused', () => {
    expect(upgradeDocumentKeys({ media: { m: { contentKey: '../../x' } } })).toEqual({
      media: { m: { contentKey: '../../x' } },
    });
  });
});
