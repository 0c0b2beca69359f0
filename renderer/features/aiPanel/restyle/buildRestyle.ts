import { editedSource, type Builder } from '../build.ts';

/** The clip with another look: all of it, or what the painted mask marks. */
export const buildRestyle: Builder = (context) => {
  const { state, draft, common } = context;
  const edited = editedSource(context);
  if (!edited) return 'clip';
  if (common.prompt === '') return 'promptStyle';
  const mask = draft.scope === 'everything' ? null : (state.masks[edited.clip.id] ?? null);
  if (draft.scope === 'masked' && !mask) return 'mask';
  return {
    action: 'restyle',
    ...common,
    durationTicks: edited.clip.durationTicks,
    source: edited.source,
    mask,
    scope: draft.scope,
    keepShapes: draft.keepShapes,
  };
};
