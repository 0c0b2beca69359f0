/** Requests that continue or bridge footage: they are made in the way that the panel has chosen, and read no words. */
import type { ExtendRequest } from '../../../../core/actions/extend/schema.ts';
import { leadTicks } from '../../../../core/actions/extend/ways.ts';
import type { GenerationRequest, RequestOf } from '../../../../core/actions/schema.ts';
import type { ProjectDocument } from '../../../../core/document/schema.ts';
import { originOf, originOfPictures } from '../../../../core/render/origin.ts';
import { snapToFrame, type Rate } from '../../../../core/time/ticks.ts';
import type { Draft } from '../../../services/aiDraft.ts';
import type { AiAction } from '../../../services/editor.ts';
import type { BuildContext } from '../build.ts';
import { buildFillGap, gapPictures } from '../fillGap/buildFillGap.ts';
import type { Goal } from '../goal.ts';

/** A request that a method on footage makes between or beyond shots. */
export type JoinRequest = RequestOf<'extend' | 'fillGap'>;

/** Whether a request continues or bridges footage. A room tone is sound alone. */
export function isJoin(request: GenerationRequest | undefined, document: ProjectDocument): request is JoinRequest {
  if (request?.action === 'extend')
    return request.way !== 'roomTone' && originOf(request.source, document) === 'footage';
  if (request?.action !== 'fillGap') return false;
  return originOfPictures([request.firstFrame, request.lastFrame], document) === 'footage';
}

/** Whether what the panel is set to continues or bridges footage. */
export function joinsFootage(
  document: ProjectDocument | null,
  goal: Goal | null,
  action: AiAction,
  draft: Pick<Draft, 'firstFrame' | 'lastFrame'>,
): boolean {
  if (!document || action !== 'generate') return false;
  if (goal?.kind === 'gap') {
    const { firstFrame, lastFrame } = gapPictures(document, draft, goal);
    return originOfPictures([firstFrame, lastFrame], document) === 'footage';
  }
  return goal?.kind === 'takeOf' && isJoin(goal.place.clip.generation?.request, document);
}

/** The request in the chosen way; null where the panel is set to something else. */
export function buildJoin(context: BuildContext): JoinRequest | null {
  const { document, draft, goal, common } = context;
  if (!joinsFootage(document, goal, 'generate', draft)) return null;
  if (goal.kind === 'gap')
    return {
      ...buildFillGap(context, goal),
      ...{ prompt: '', steps: null, guidance: null, references: [], way: draft.bridgeWay },
    };
  const asked = goal.kind === 'takeOf' ? goal.place.clip.generation?.request : undefined;
  if (asked?.action === 'fillGap') return { ...asked, seed: common.seed, way: draft.bridgeWay };
  if (goal.kind !== 'takeOf' || asked?.action !== 'extend') return null;
  return { ...inWay(asked, draft.extendWay, goal.place.sequence.rate), seed: common.seed };
}

/** As long beyond the shot's edge as before, whatever of the shot is shown again. */
function inWay(asked: ExtendRequest, way: Draft['extendWay'], rate: Rate): ExtendRequest {
  const { leadTicks: leadBefore = 0, ...rest } = asked;
  const extraTicks = asked.durationTicks - leadBefore;
  const lead = snapToFrame(leadTicks(way, extraTicks, asked.source.durationTicks), rate);
  return { ...rest, way, durationTicks: extraTicks + lead, ...(lead > 0 ? { leadTicks: lead } : {}) };
}
