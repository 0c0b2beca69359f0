/** node showcase.mjs PACK OUT: the twelve results whose spectrograms stand in the card, as wav files. Then: spectrogram.py SHEET.png OUT/*.wav */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { context, loadFamily, openPack, readFamily, writeWav } from './lab.mjs';

const [packFolder, out] = process.argv.slice(2);
const every = (seconds, until) => Array.from({ length: Math.floor(until / seconds) }, (_, i) => 0.5 + i * seconds).filter((t) => t < until - 0.3);
const pieces = [
  ['rain', 'rain', ['ambience']],
  ['sea waves', 'sea waves', ['ambience']],
  ['crackling fire', 'crackling fire', ['ambience']],
  ['helicopter', 'helicopter', ['ambience']],
  ['forest birds', 'forest birds', ['ambience']],
  ['footsteps on gravel, asked for every 0.6 s', 'footsteps on gravel', ['foley'], every(0.6, 8)],
  ['dog barking, asked for every 1.5 s', 'dog barking', ['foley'], every(1.5, 8)],
  ['clock, asked for every second', 'ticking clock', ['foley'], every(1, 8)],
  ['happy music, 104 bpm in C major', 'happy music at 104 bpm in C major', ['music']],
  ['epic music, orchestra', 'epic orchestra music in D minor', ['music']],
  ['engine revving under a guitar', 'engine revving, rock guitar', ['foley', 'music']],
  ['leaves, twigs snapping under an orchestra', 'leaves rustling, twigs snapping, orchestra', ['ambience', 'foley', 'music'], [1, 2.2, 3.9, 5.5, 6.4]],
];
const f = await loadFamily();
const family = readFamily(packFolder);
const pack = openPack(packFolder, 2);
mkdirSync(out, { recursive: true });
for (const [i, [title, prompt, stems, hitSeconds = []]] of pieces.entries()) {
  const made = await f.runSoundtrackPipeline({ prompt, durationSeconds: stems.includes('music') ? 16 : 8, seed: 5, stems, picture: null, hitSeconds }, family, context(pack));
  writeWav(join(out, `${String(i + 1).padStart(2, '0')} ${title}.wav`), f.sumStems(made.stems));
  console.log(title, '|', made.rewrittenPrompt, made.unknownWords.join(' '));
}
