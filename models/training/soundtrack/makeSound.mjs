/** node makeSound.mjs PACK OUT.wav SECONDS STEMS "PROMPT" [SEED] [GUIDANCE] [HITS]: a soundtrack from text, for listening. */
import { context, loadFamily, openPack, readFamily, writeWav } from './lab.mjs';

const [pack, out, seconds, stems, prompt, seed = '1', guidance, hits = ''] = process.argv.slice(2);
const f = await loadFamily();
const began = performance.now();
const request = { prompt, durationSeconds: Number(seconds), seed: Number(seed), stems: stems.split(','), picture: null, hitSeconds: hits ? hits.split(',').map(Number) : [], ...(guidance ? { guidance: Number(guidance) } : {}) };
const result = await f.runSoundtrackPipeline(request, readFamily(pack), context(openPack(pack, 2)));
writeWav(out, f.sumStems(result.stems));
console.log(out, result.rewrittenPrompt, result.unknownWords, `${((performance.now() - began) / 1000).toFixed(1)} s`);
