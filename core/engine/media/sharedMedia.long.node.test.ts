import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { mediaTable, sharedMedia } from './testing/mediaTable.node.ts';

const media = sharedMedia();
if (media === null) console.log('skipped: ../shared/media is not there');

it.skipIf(media === null)(
  'each of the shared files is imported with the right facts, or refused with the right reason',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'framewright-media-'));
    try {
      const rows = await mediaTable(media!, folder, join(import.meta.dirname, '../../../assets'), false);
      expect(rows.length).toBeGreaterThanOrEqual(55);
      expect(
        rows.filter((row) => row.wrong.length > 0).map((row) => `${row.file}: ${row.wrong.join('; ')} (${row.what})`),
      ).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
  600_000,
);
