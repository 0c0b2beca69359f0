import { ticksFromSeconds } from '../../../../core/time/ticks.ts';
import type { Builder } from '../build.ts';
import { buildFillGap } from '../fillGap/buildFillGap.ts';
import { buildJoin } from '../joins/joinRequest.ts';
import { isDrawn } from './drawn.ts';
import { upscaleOf } from './upscale.ts';

/** A new clip, another take of a generated one, or what fills a gap. */
export const buildGenerate: Builder = (context) => {
  const { state, draft, goal, common } = context;
  const join = buildJoin(context);
  if (join) return join;
  if (goal.kind === 'gap') return buildFillGap(context, goal);
  const { references } = draft.settings.generate;
  const pictures = { firstFrame: draft.firstFrame, lastFrame: draft.lastFrame, references: [...references] };
  const hasPicture = draft.firstFrame || draft.lastFrame || references.length > 0;
  if (common.prompt === '' && !hasPicture) return 'prompt';
  const drawn = isDrawn(state, goal, draft, common.packId);
  const upscale = drawn ? null : upscaleOf(state, goal, draft, common.packId);
  const asked = goal.kind === 'takeOf' ? goal.place.clip.generation?.request : undefined;
  // another take keeps what the clip was made from: an extension stays one
  if (asked && asked.action !== 'generate') return { ...asked, ...common };
  const durationTicks = asked?.durationTicks ?? ticksFromSeconds(draft.seconds);
  return { action: 'generate', ...common, durationTicks, ...pictures, upscale, ...(drawn ? { drawn } : {}) };
};
