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

const castSchema = z.array(figureEntrySchema).min(1);

/** The cast, and drawings by name. */
export interface Figures {
  readonly entries: ReadonlyMap<string, FigureEntry>;
  /** The text of a drawing that was asked for. Throws for any other. */
  svgOf(drawing: string): string;
}

/** The cast's entries by name. Throws FailureError 'notReadable', naming the file. */
export async function readFigures(folder: string): Promise<ReadonlyMap<string, FigureEntry>> {
  const path = join(folder, 'figures.json');
  try {
    const entries = castSchema.parse(JSON.parse(await readFile(path, 'utf8')));
    return new Map(entries.map((entry) => [entry.name, entry]));
  } catch (error) {
    throw broken(path, error);
  }
}

/**
 * Opens the drawings of the named figures in their skin tones. Throws FailureError 'notFound' for a name that the cast
 * does not hold, and 'notReadable' for files that are missing or damaged, naming them.
 */
export async function openFigures(
  folder: string,
  wanted: readonly Pick<StageFigure, 'name' | 'tone' | 'wears'>[],
): Promise<Figures> {
  const entries = await readFigures(folder);
  const path = join(folder, 'figures.zip');
  const names = wanted.flatMap((figure) => {
    const entry = entries.get(figure.name);
    if (!entry) throw new FailureError('notFound', sentence('stage.noFigure', { name: figure.name }), path);
    return drawingsOf(entry, figure);
  });
  const drawings = await readDrawings(path, names).catch((error: unknown) => {
    throw broken(path, error);
  });
  return {
    entries,
    svgOf: (drawing) => {
      const svg = drawings.get(drawing);
      if (svg === undefined) throw new Error(`The drawing '${drawing}' was not opened.`);
      return svg;
    },
  };
}

async function readDrawings(path: string, names: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const drawings = new Map<string, string>();
  const zip = await openZip(path);
  try {
    for (const name of names) {
      const stream = await zip.open(`${name}.svg`);
      if (!stream) throw new Error(`${name}.svg is not in it`);
      drawings.set(name, await text(stream));
    }
  } finally {
    zip.close();
  }
  return drawings;
}

/** They come with the app: whatever is wrong with them, nobody can mend it but by putting them back. */
function broken(path: string, error: unknown): FailureError {
  const reason =
    error instanceof z.ZodError ? 'a list of another kind' : error instanceof Error ? error.message : String(error);
  return new FailureError(
    'notReadable',
    sentence('stage.figuresBroken', { path, reason: reason.replace(/\.$/, '') }),
    path,
  );
}
