import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const packs = fileURLToPath(new URL('../../../models/packs/', import.meta.url));

describe.each(['starter/CARD.md', 'starter/video/CARD.part.md', 'starter/soundtrack/CARD.part.md', 'footage/CARD.md'])(
  'The card %s',
  (file) => {
    it('speaks to users: no path, script or command of this project', async () => {
      const text = await readFile(join(packs, file), 'utf8');
      expect(
        text.match(/`[^`]*[/.](?:\w+\/|ts|mjs|py|json|onnx)[^`]*`|\bshared\/|\bmodels\/|\bsessions?\b/g),
      ).toBeNull();
    });

    it('shows no picture that the window could not find', async () => {
      expect(await readFile(join(packs, file), 'utf8')).not.toMatch(/!\[/);
    });
  },
);
