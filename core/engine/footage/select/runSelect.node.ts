/** Selects a thing in one frame, in the inference child. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { selectThing, type SelectGraphs, type Wanted } from '../../../../models/families/footage/select/selectThing.ts';
import type { FootageContext } from '../footageContext.ts';
import { selectNamed } from '../../../../models/families/footage/select/selectNamed.ts';
import type { Picture, Plane } from '../../../../models/families/footage/select/raster.ts';
import type { NamedOutcome, SelectResult, SelectRun, SelectWanted } from './selectRun.ts';

/** Reads the frame, writes the mask beside what else the run makes. */
export async function runSelect(
  { pack, graphs, picture: file, wanted }: SelectRun,
  context: FootageContext,
): Promise<SelectResult> {
  const { width, height } = file;
  const data = await readFile(file.path);
  if (data.length !== width * height * 3) throw new Error(`${file.path} does not hold one frame`);
  const reader = context.readerOf(pack);
  const sessions: SelectGraphs = {
    things: () => reader.session(graphs.things),
    subject: () => reader.session(graphs.select),
    people: () => reader.session(graphs.people),
  };
  const picture = { data: new Uint8Array(data.buffer, data.byteOffset, data.length), width, height };
  const { mask, named } = await find(picture, wanted, sessions, context);
  if (!mask) return { task: 'select', mask: null, named };
  const path = join(context.scratchFolder, 'selected.gray');
  await writeFile(
    path,
    Uint8Array.from(mask.data, (value) => Math.round(value * 255)),
  );
  return { task: 'select', mask: { path, width, height }, named };
}

async function find(
  picture: Picture,
  wanted: SelectWanted,
  sessions: SelectGraphs,
  context: FootageContext,
): Promise<{ readonly mask: Plane | null; readonly named: NamedOutcome | null }> {
  const check = (): void => context.checkCancelled();
  if (wanted.kind !== 'named') {
    const place = inPixels(wanted, picture.width, picture.height);
    return { mask: await selectThing(picture, place, sessions, check), named: null };
  }
  const found = await selectNamed(picture, wanted, sessions, check);
  if (found.outcome !== 'taken') return { mask: null, named: found };
  const { mask, ...named } = found;
  return { mask, named };
}

function inPixels(wanted: Exclude<SelectWanted, { kind: 'named' }>, width: number, height: number): Wanted {
  if (wanted.kind === 'point') return { kind: 'point', x: wanted.x * width, y: wanted.y * height };
  if (wanted.kind !== 'box') return wanted;
  const box = {
    left: wanted.x * width,
    top: wanted.y * height,
    right: (wanted.x + wanted.width) * width,
    bottom: (wanted.y + wanted.height) * height,
  };
  return { kind: 'box', box };
}
