/** Selects a thing in one frame, in the inference child. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { WantedInPicture } from '../../../contract/masks.ts';
import { selectThing, type SelectGraphs, type Wanted } from '../../../../models/families/footage/select/selectThing.ts';
import type { FootageContext } from '../footageContext.ts';
import type { SelectResult, SelectRun } from './selectRun.ts';

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
  const mask = await selectThing(picture, inPixels(wanted, width, height), sessions, () => context.checkCancelled());
  if (!mask) return { task: 'select', mask: null };
  const path = join(context.scratchFolder, 'selected.gray');
  await writeFile(
    path,
    Uint8Array.from(mask.data, (value) => Math.round(value * 255)),
  );
  return { task: 'select', mask: { path, width, height } };
}

function inPixels(wanted: WantedInPicture, width: number, height: number): Wanted {
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
