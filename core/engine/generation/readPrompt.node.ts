/** What a pack will make of a request's words, read without loading a graph. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SoundtrackPlanner } from '../../../models/families/soundtrack/planner.ts';
import type { VideoPlanner } from '../../../models/families/video/planner.ts';
import type { WordReading } from '../../../models/families/wordReading.ts';
import { soundtrackPlannerOf } from '../../../models/planners/soundscape/planner.ts';
import { plannerOf } from '../../../models/planners/storybook/planner.ts';
import { materialsOf } from '../../actions/materials.ts';
import type { GenerationRequest } from '../../document/schema.ts';
import type { WordLists } from './wordLists.ts';
import { soundtrackFamily, videoFamily, type LoadedPack } from '../packs/packStore.node.ts';

/**
 * The prompt as the pack rewrites it, and which of its words were used, guessed or not known. `about`: the edited
 * take's words.
 */
export async function readPrompt(
  request: GenerationRequest,
  pack: LoadedPack,
  about: string | null,
): Promise<{ readonly rewrittenPrompt: string } & WordLists> {
  if (request.action === 'soundtrack') {
    const reading = await soundPlannerIn(pack).read(request.part?.prompt || request.prompt);
    return shown(reading);
  }
  const isFresh = request.action === 'generate' && !request.firstFrame && !request.lastFrame;
  const edit = request.action === 'inpaint' ? request.edit : null;
  const referenceCount = materialsOf(request).references.length;
  const reading = await plannerIn(pack).read({ prompt: request.prompt, edit, about, isFresh, referenceCount });
  return shown(reading);
}

const shown = ({ text, used, guessed, unused }: WordReading): { readonly rewrittenPrompt: string } & WordLists => ({
  rewrittenPrompt: text,
  unknownWords: [...unused],
  usedWords: [...used],
  guessedWords: [...guessed],
});

const planners = new Map<string, VideoPlanner>();
const soundPlanners = new Map<string, SoundtrackPlanner>();

function soundPlannerIn(pack: LoadedPack): SoundtrackPlanner {
  const known = soundPlanners.get(pack.folder);
  if (known) return known;
  const planner = soundtrackPlannerOf(soundtrackFamily(pack), (path) => readFile(join(pack.folder, path), 'utf8'));
  soundPlanners.set(pack.folder, planner);
  return planner;
}

/** One planner a pack, which keeps its word files: the panel asks at every pause in typing. */
function plannerIn(pack: LoadedPack): VideoPlanner {
  const known = planners.get(pack.folder);
  if (known) return known;
  const planner = plannerOf(videoFamily(pack), (path) => readFile(join(pack.folder, path), 'utf8'));
  planners.set(pack.folder, planner);
  return planner;
}
