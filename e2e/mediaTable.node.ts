/** The program that e2e/mediaTable.mjs bundles and runs. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { markdownTable, mediaTable, sharedMedia } from '../core/engine/media/testing/mediaTable.node.ts';

const root = process.argv[2]!;
const media = sharedMedia();
if (media === null) {
  console.log('skipped: ../shared/media is not there');
} else {
  const folder = mkdtempSync(join(tmpdir(), 'framewright-media-'));
  try {
    const rows = await mediaTable(media, folder, join(root, 'assets'), true, (row) =>
      process.stderr.write(
        `${row.outcome.padEnd(8)} ${row.file}${row.wrong.length > 0 ? `  WRONG: ${row.wrong.join('; ')}` : ''}\n`,
      ),
    );
    const right = rows.filter((row) => row.wrong.length === 0 && !/FAILED|NOT PLAYABLE/.test(row.played)).length;
    const sum = `${right} of ${rows.length} imported and playable, or refused with the right reason.`;
    const text = `${markdownTable(rows)}\n\n${sum}\n`;
    mkdirSync(join(root, 'test-results'), { recursive: true });
    writeFileSync(join(root, 'test-results/mediaTable.md'), text);
    console.log(text);
    process.exitCode = right === rows.length ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
