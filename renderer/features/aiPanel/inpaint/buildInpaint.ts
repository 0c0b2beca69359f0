import { editedSource, type Builder } from '../build.ts';

/** An edit inside the painted mask, or inside the one the clip was edited with before. */
export const buildInpaint: Builder = (context) => {
  const { state, draft, common } = context;
  const edited = editedSource(context);
  if (!edited) return 'clip';
  const asked = edited.clip.generation?.request;
  const mask = state.masks[edited.clip.id] ?? (asked?.action === 'inpaint' ? asked.mask : null);
  if (!mask) return 'mask';
  if (common.prompt === '' && draft.edit !== 'remove') return 'prompt';
  return {
    action: 'inpaint',
    ...common,
    durationTicks: edited.clip.durationTicks,
    source: edited.source,
    mask,
    edit: draft.edit,
    references: [...draft.settings.inpaint.references],
  };
};
