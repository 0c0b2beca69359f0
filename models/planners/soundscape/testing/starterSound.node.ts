/** The starter pack's soundtrack, ready to run in tests. Sessions are kept: opening a graph costs more than a step. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { soundtrackFamilySchema } from '../../../families/pack.ts';
import type { GraphSession } from '../../../families/pipeline.ts';
import type { SoundtrackRequest, SoundtrackResult } from '../../../families/soundtrack/contract.ts';
import { runSoundtrackPipeline } from '../../../families/soundtrack/pipeline.ts';
import { openPack } from '../../../families/soundtrack/testing/openPack.node.ts';
import { soundtrackPlannerOf } from '../planner.ts';

const folder = join(import.meta.dirname, '../../../packs/starter');

export const starterFamily = soundtrackFamilySchema.parse(
  JSON.parse(readFileSync(join(folder, 'soundtrack/family.json'), 'utf8')),
);

const opened = openPack(folder);
const sessions = new Map<string, Promise<GraphSession>>();

export const starterPack = {
  ...opened,
  session(path: string): Promise<GraphSession> {
    const kept = sessions.get(path) ?? opened.session(path);
    sessions.set(path, kept);
    return kept;
  },
};

const planner = soundtrackPlannerOf(starterFamily, starterPack.readText);

export function runStarter(request: SoundtrackRequest): Promise<SoundtrackResult> {
  const context = { pack: starterPack, checkCancelled: () => undefined, report: () => undefined };
  return runSoundtrackPipeline(request, starterFamily, context, planner);
}
