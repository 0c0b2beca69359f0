/** The stage's figures on disk: entries of the cast, and their drawings from one archive. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { drawingsOf } from '../../../models/families/stage/figures/engage.node.ts';
import { figureEntrySchema, type FigureEntry } from '../../../models/families/stage/figures/entry.ts';
import type { StageFigure } from '../../../models/families/stage/scene.ts';
import { FailureError } from '../../contract/errors.ts';
import { sentence } from '../../contract/sentence.ts';
import { openZip } from '../packs/zip.node.ts';

/** The cast, and drawings by name. */
export interface Figures {
  readonly entries: ReadonlyMap<string, FigureEntry>;
  /** The text of a drawing that was asked for. Throws for any other. */
  svgOf(drawing: string): string;
}

/** The cast's entries by name. Throws what the file system throws, and ZodError. */
export async function readFigures(folder: string): Promise<ReadonlyMap<string, FigureEntry>> {
  const file = JSON.parse(await readFile(join(folder, 'figures.json'), 'utf8')) as unknown;
  return new Map(
    z
      .array(figureEntrySchema)
      .parse(file)
      .map((entry) => [entry.name, entry]),
  );
}

/**
 * Opens the drawings of the named figures in their skin tones. Throws FailureError 'notFound' for a name that the cast
 * does not hold, and as `openZip`.
 */
export async function openFigures(
  folder: string,
  wanted: readonly Pick<StageFigure, 'name' | 'tone' | 'wears'>[],
): Promise<Figures> {
  const entries = await readFigures(folder);
  const path = join(folder, 'figures.zip');
  const zip = await openZip(path);
  const drawings = new Map<string, string>();
  try {
    for (const figure of wanted) {
      const entry = entries.get(figure.name);
      if (!entry) throw new FailureError('notFound', sentence('stage.noFigure', { name: figure.name }), path);
      for (const drawing of drawingsOf(entry, figure)) {
        const stream = await zip.open(`${drawing}.svg`);
        if (!stream) throw new FailureError('notFound', sentence('stage.noFigure', { name: figure.name }), path);
        drawings.set(drawing, await text(stream));
      }
    }
  } finally {
    zip.close();
  }
  return {
    entries,
    svgOf: (drawing) => {
      const svg = drawings.get(drawing);
      if (svg === undefined) throw new Error(`The drawing '${drawing}' was not opened.`);
      return svg;
    },
  };
}
