import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { documentProblems } from '../invariants.ts';
import { parseDocument } from '../parse.ts';
import { exportOtio, importOtio } from './otio.ts';

/** OpenTimelineIO's own samples, beside the project on the developers' machines only. */
const folder = new URL('../../../../shared/interchange/', import.meta.url);
const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.otio')) : [];

test.skipIf(names.length === 0)(
  'every .otio file of ../shared/interchange is read by the rules and written again',
  () => {
    for (const name of names) {
      const document = importOtio(readFileSync(new URL(name, folder), 'utf8'), name);
      expect(documentProblems(document), name).toEqual([]);
      expect(parseDocument(document), name).toMatchObject({ ok: true });
      const again = importOtio(exportOtio(document, document.activeSequenceId), name);
      expect(Object.keys(again.sequences), name).toHaveLength(Object.keys(document.sequences).length);
    }
  },
);
