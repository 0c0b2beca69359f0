/**
 * One command, one table: node evaluate.mjs PACK TESTSET [CARD.part.md]
 * PACK holds soundtrack/, TESTSET comes from makeTestSet.py. Everything runs through the shipped TypeScript and graphs.
 * The figures are kept in TESTSET/figures.json, row by row; given the card, its table is written from them.
 * Given SOUNDFONT=file.sf3, `music`, `time` and `memory` are measured without it and with it.
 * PARTS=autoencoder,foley,words,seams,levels,music,probe,clips,speech,time,memory picks parts. `time` and `memory` run
 * the command line as built (npm run build) and want an idle machine.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { autoencoder, foley, words } from './evaluateModel.mjs';
import { clips, music, probe, speech } from './evaluateUse.mjs';
import { levels, memory, seams, time } from './evaluateSound.mjs';
import { context, loadFamily, openPack, readFamily } from './lab.mjs';

const parts = { autoencoder, foley, words, probe, clips, music, seams, levels, speech, time, memory };
const [packFolder, testFolder, card] = process.argv.slice(2);
const chosen = (process.env.PARTS ?? Object.keys(parts).join(',')).split(',');
const f = await loadFamily();
const family = readFamily(packFolder);
const pack = openPack(packFolder, 2);
const kept = join(testFolder, 'figures.json');
const figures = existsSync(kept) ? JSON.parse(readFileSync(kept, 'utf8')) : {};
const make = async ({ player, findSpeech = null, ...changes }) => {
  const { stems, ...rest } = await f.runSoundtrackPipeline({ prompt: '', durationSeconds: 8, seed: 1, stems: ['foley'], picture: null, hitSeconds: [], ...changes }, family, { ...context(pack, player), findSpeech });
  return { ...rest, stems: Object.fromEntries(Object.entries(stems).map(([name, store]) => [name, f.wholeSound(store)])) };
};

for (const [name, part] of Object.entries(parts)) {
  if (!chosen.includes(name)) continue;
  const rows = [];
  const row = (what, value, bar = '', note = '') => {
    rows.push([what, String(value), bar, note]);
    console.log(`${what}: ${value}  ${bar}  ${note}`);
  };
  await part({ f, family, pack, packFolder, testFolder, make, row });
  figures[name] = rows;
  writeFileSync(kept, JSON.stringify(figures, null, 1));
}

const table = ['| what | measured | bar | |', '|---|---|---|---|', ...Object.keys(parts).flatMap((name) => figures[name] ?? []).map((r) => `| ${r.join(' | ')} |`)].join('\n');
console.log(`\n${table}`);
if (card) {
  const text = readFileSync(card, 'utf8');
  const [start, end] = ['<!-- figures -->', '<!-- /figures -->'];
  if (!text.includes(start) || !text.includes(end)) throw new Error(`${card} has no place for the table: ${start} ... ${end}`);
  writeFileSync(card, `${text.slice(0, text.indexOf(start) + start.length)}\n${table}\n${text.slice(text.indexOf(end))}`);
}
