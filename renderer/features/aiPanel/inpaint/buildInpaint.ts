import type { InpaintRequest } from '../../../../core/actions/inpaint/schema.ts';
import { editedSource, type BuildContext, type Builder, type Need } from '../build.ts';
import { isOnFootage } from '../restyle/footage.ts';

/** An edit inside the painted mask, or inside the one the clip was edited with before. */
export const buildInpaint: Builder = (context) => {
  const { state, draft, common, document } = context;
  const edited = editedSource(context);
  if (!edited) return 'clip';
  if (draft.edit !== 'remove' && isOnFootage(document, context.goal)) return buildAddition(context);
  const asked = edited.clip.generation?.request;
  const mask = state.masks[edited.clip.id] ?? (asked?.action === 'inpaint' ? asked.mask : null);
  if (!mask) return 'mask';
  if (common.prompt === '' && draft.edit !== 'remove') return 'prompt';
  const grows = draft.edit === 'remove' && draft.growPx > 0 && isOnFootage(document, context.goal);
  return {
    action: 'inpaint',
    ...common,
    durationTicks: edited.clip.durationTicks,
    source: edited.source,
    mask,
    edit: draft.edit,
    references: [...draft.settings.inpaint.references],
    ...(grows ? { growPx: draft.growPx } : {}),
  };
};

/** A picture put into footage: words draw nothing there. */
function buildAddition(context: BuildContext): InpaintRequest | Need {
  const { state, draft, common } = context;
  const { clip, source } = editedSource(context)!;
  const [picture] = draft.settings.inpaint.references;
  if (!picture) return 'picture';
  const { placement } = draft;
  const mask = state.masks[clip.id] ?? null;
  const isFollowing = draft.edit === 'replace' || placement.anchor === 'thing';
  if (isFollowing && !mask) return 'mask';
  const isPlaced =
    placement.atTicks >= source.startTicks && placement.atTicks < source.startTicks + source.durationTicks;
  if (!isPlaced) return 'place';
  return {
    action: 'inpaint',
    ...common,
    ...{ steps: null, guidance: null, durationTicks: clip.durationTicks, source },
    mask: isFollowing ? mask : null,
    edit: draft.edit,
    references: [picture],
    placement: draft.edit === 'replace' ? { ...placement, anchor: 'thing' } : placement,
  };
}
