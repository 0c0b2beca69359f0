import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { mediaTable } from './testing/mediaTable.node.ts';
import { writeOwnMedia } from './testing/ownMedia.node.ts';

it('every common kind of file is imported with the right facts, damaged ones are refused with the reason', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'framewright-own-media-'));
  try {
    const media = join(folder, 'media');
    mkdirSync(media);
    const entries = writeOwnMedia(media);
    const rows = await mediaTable(media, join(folder, 'work'), join(import.meta.dirname, '../../../assets'), false);
    expect(rows).toHaveLength(entries.length);
    expect(
      rows.filter((row) => row.wrong.length > 0).map((row) => `${row.file}: ${row.wrong.join('; ')} (${row.what})`),
    ).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
