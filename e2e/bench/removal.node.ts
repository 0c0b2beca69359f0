/**
 * Removal where the truth is known: an object is laid over real clips, removed, and what comes back is compared with
 * what was there, beside the classic methods in the same run. Prints one line of JSON: the rows, case by case.
 * Arguments: a folder of clips ('' = synthetic ones), a folder for contact sheets ('' = none), words that select cases.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeSynthetic } from './removal/synthetic.node.ts';
import { casesIn, type RemovalCase } from './removal/cases.node.ts';
import { composite, type Scene } from './removal/composite.node.ts';
import { baselines } from './removal/baselines.node.ts';
import { judge, leakOf, type Judged } from './removal/judge.ts';
import { removeWithPlate } from './removal/plate.node.ts';
import { writeSheet } from './removal/sheet.node.ts';

const [clips = '', sheets = '', ...words] = process.argv.slice(2);
const folder = await mkdtemp(join(tmpdir(), 'removal-bench-'));
interface Row {
  readonly name: string;
  readonly results: Record<string, Judged>;
  /** Of the removal; 0 where it was not measured. */
  readonly leak: number;
  readonly verdict: string;
  readonly isRight: boolean;
  readonly seconds: number;
}
const rows: Row[] = [];
try {
  if (sheets !== '') await mkdir(sheets, { recursive: true });
  const source = clips === '' ? await makeSynthetic(folder) : clips;
  const only = process.env['REMOVAL_ONLY'] === 'plate';
  for (const each of await casesIn(source, words)) {
    const scene = await composite(each, folder);
    const plate = await removeWithPlate(scene, folder);
    const filled = { plate: plate.luma, ...(only ? {} : await baselines(scene)) };
    const results = Object.fromEntries(
      Object.entries(filled).map(([method, frames]) => [method, judge(scene, frames)]),
    );
    const isRight = results['plate']!.isRight(plate.verdict.kind);
    const leak = await leakIn(each, scene, plate.luma);
    rows.push({ name: each.name, results, leak, verdict: plate.verdict.kind, isRight, seconds: plate.seconds });
    const line = `${lineOf(each.name, results, plate, scene)} (${isRight ? 'right' : 'WRONG'})`;
    process.stderr.write(`${line}; leak ${leak.toFixed(4)}\n`);
    if (sheets !== '') await writeSheet(join(sheets, `${each.name.replaceAll(/[^\w.-]/g, '_')}.png`), scene, filled);
    await rm(scene.folder, { recursive: true, force: true });
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
await writeFile(process.env['REMOVAL_JSON'] ?? join(tmpdir(), 'removal-bench.json'), JSON.stringify(rows, null, 1));
console.log(JSON.stringify(rows));

/** Removes the object once more, in the opposite colours. */
async function leakIn(each: RemovalCase, scene: Scene, filled: readonly Uint8Array[]): Promise<number> {
  if (process.env['REMOVAL_LEAK'] !== '1') return 0;
  const other = await composite(each, folder, true);
  const { luma } = await removeWithPlate(other, folder);
  await rm(other.folder, { recursive: true, force: true });
  return leakOf([scene, filled], [other, luma]);
}

function lineOf(
  name: string,
  results: Readonly<Record<string, Judged>>,
  { verdict, seconds, cpuSeconds }: Awaited<ReturnType<typeof removeWithPlate>>,
  { width, height, frameCount }: Scene,
): string {
  const scores = Object.entries(results).map(
    ([method, { psnr, medianPsnr }]) => `${method} ${psnr.toFixed(1)} (${medianPsnr.toFixed(1)})`,
  );
  const { left, flicker, badFrames } = results['plate']!;
  const spans = verdict.spans.map(({ startFrame, endFrame }) => `${startFrame}-${endFrame - 1}`).join(' ');
  const perFrame = (total: number): string => ((total * 1000) / frameCount).toFixed(0);
  return [
    `${name}: ${scores.join(', ')}`,
    `left ${left.toFixed(3)}, flicker ${flicker.toFixed(2)}`,
    `${perFrame(seconds)} ms a frame (CPU ${perFrame(cpuSeconds)}) of ${width}x${height}`,
    `bad frames ${badFrames.slice(0, 12).join(' ')}`,
    `unseen ${verdict.neverSeen.toFixed(2)}, tight ${verdict.tightPx}, ${verdict.kind} ${spans}`,
  ].join('; ');
}
