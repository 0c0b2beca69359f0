import { readLooks } from '../../../../core/actions/restyle/readLooks.ts';
import { originOf } from '../../../../core/render/origin.ts';
import { editedSource, type Builder } from '../build.ts';

/** The clip with another look: all of it, or what the painted mask marks. */
export const buildRestyle: Builder = (context) => {
  const { state, draft, common } = context;
  const edited = editedSource(context);
  if (!edited) return 'clip';
  const ofFootage = originOf(edited.source, context.document) === 'footage';
  const references = ofFootage ? draft.settings.restyle.references.slice(0, 1) : [];
  if (common.prompt === '' && references.length === 0) return 'promptStyle';
  const mask = draft.scope === 'everything' ? null : (state.masks[edited.clip.id] ?? null);
  if (draft.scope === 'masked' && !mask) return 'mask';
  if (common.prompt !== '' && ofFootage && readLooks(common.prompt).looks.length === 0) return 'look';
  return {
    action: 'restyle',
    ...common,
    durationTicks: edited.clip.durationTicks,
    source: edited.source,
    mask,
    scope: draft.scope,
    ...(ofFootage
      ? {
          keepShapes: null,
          steps: null,
          guidance: null,
          strength: draft.strength,
          references,
          keepFaces: draft.keepFaces,
        }
      : { keepShapes: draft.keepShapes, strength: null }),
  };
};
