import { editedSource, type Builder } from '../build.ts';
import { isOnFootage } from '../restyle/footage.ts';

/** An edit inside the painted mask, or inside the one the clip was edited with before. */
export const buildInpaint: Builder = (context) => {
  const { state, draft, common } = context;
  const edited = editedSource(context);
  if (!edited) return 'clip';
  const asked = edited.clip.generation?.request;
  const mask = state.masks[edited.clip.id] ?? (asked?.action === 'inpaint' ? asked.mask : null);
  if (!mask) return 'mask';
  if (common.prompt === '' && draft.edit !== 'remove') return 'prompt';
  const grows = draft.edit === 'remove' && draft.growPx > 0 && isOnFootage(context.document, context.goal);
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
