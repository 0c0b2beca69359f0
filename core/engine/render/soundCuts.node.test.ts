import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { chosenContainers } from './testing/soundContainers.node.ts';
import { proveCuts } from './testing/proveCuts.node.ts';

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'framewright-cuts-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a tone cut into adjoining pieces sounds as the uncut one, which sounds as the file', () => {
  it.each(chosenContainers)('$name', (container) => proveCuts(folder, container, 4));
});
