import {
  ArrowLeftRight,
  AudioLines,
  Brush,
  ChevronLeft,
  ChevronRight,
  Clapperboard,
  Gauge,
  Package,
  Palette,
  RotateCw,
  Scaling,
  ScissorsLineDashed,
  SquareSplitHorizontal,
  X,
} from 'lucide-react';
import { pairToCompare } from '../../core/document/generationState.ts';
import { findClip } from '../../core/document/query.ts';
import type { Clip } from '../../core/document/schema.ts';
import { cleanable, cleanAll, usualAttenuationDb } from '../services/cleanSpeech.ts';
import {
  cancelGeneration,
  compareTakes,
  makeAgain,
  stepTake,
  upscaleTake,
  upscalable,
} from '../services/generation.ts';
import { isActive } from '../services/jobs.ts';
import { refreshPacks } from '../services/machine.ts';
import { openAiAction } from '../services/openAi.ts';
import { aiShown, canEdit, selectedPlaces } from '../services/selectors.ts';
import { acceptSmooth, smoothOffer } from '../services/smooth.ts';
import { makePartAnew, partOfStem, selectedStems } from '../services/stemTakes.ts';
import { useEditor } from '../services/store.ts';
import type { AiAction, EditorState } from '../services/editor.ts';
import { defineActions, type ActionDescriptor } from './action.ts';

const { getState, setState } = useEditor;
const hidden = (state: EditorState) => !aiShown(state);

/** The one clip that take actions work on. */
const madeClip = (state: EditorState): Clip | null =>
  selectedPlaces(state).find(({ clip }) => clip.generation !== null)?.clip ?? null;
const canCompare = (state: EditorState): boolean => {
  const clip = madeClip(state);
  return state.document !== null && clip !== null && pairToCompare(state.document, clip) !== null;
};
/** Stems that In–Out covers in part. */
const markedStems = (state: EditorState) =>
  selectedStems(state).filter((place) => state.document && partOfStem(state.document, place) !== null);
const pictureSelected = (state: EditorState) =>
  canEdit(state) &&
  selectedPlaces(state).some(({ track, clip }) => track.kind === 'video' && clip.reference.kind !== 'title');

/** The first selected clip that can have frames in between now. */
const offered = (state: EditorState) => {
  for (const place of selectedPlaces(state)) {
    const offer = smoothOffer(state, place);
    if (offer && offer.packId !== null && !offer.waits) return { place, offer };
  }
  return null;
};

/** Selected sounds whose voice can be cleaned now. */
const cleanedNow = (state: EditorState) =>
  cleanable(state, selectedPlaces(state)).filter(({ offer }) => offer.packId !== null && !offer.waits);

const panel = (
  icon: ActionDescriptor['icon'],
  action: AiAction,
  key: string,
  enabled: (state: EditorState) => boolean,
): ActionDescriptor => ({
  icon,
  shortcuts: [key],
  hidden,
  enabled,
  run: () => openAiAction(action),
});

const onMadeClip = (run: (clip: Clip) => void) => () => {
  const clip = madeClip(getState());
  if (clip) run(clip);
};

/** Actions of the AI menu: generation, takes and model packs. */
export const aiActions = defineActions({
  'ai.generate': panel(Clapperboard, 'generate', 'Shift+g', canEdit),
  'ai.inpaint': panel(Brush, 'inpaint', 'Shift+p', pictureSelected),
  'ai.restyle': panel(Palette, 'restyle', 'Shift+r', pictureSelected),
  'ai.soundtrack': panel(AudioLines, 'soundtrack', 'Shift+m', canEdit),
  'ai.fillGap': {
    icon: Clapperboard,
    shortcuts: ['Shift+f'],
    hidden,
    enabled: (state) => canEdit(state) && state.selection.gap !== null,
    run: () => openAiAction('generate'),
  },
  'ai.makeAgain': {
    icon: RotateCw,
    shortcuts: ['Alt+r'],
    hidden,
    enabled: (state) => canEdit(state) && madeClip(state) !== null,
    run: onMadeClip((clip) => makeAgain(clip.id)),
  },
  'ai.smooth': {
    icon: Gauge,
    hidden,
    enabled: (state) => offered(state) !== null,
    run: () => {
      const found = offered(getState());
      if (found) acceptSmooth(found.place, found.offer);
    },
  },
  'ai.cleanSpeech': {
    icon: AudioLines,
    hidden,
    enabled: (state) => cleanedNow(state).length > 0,
    run: () => cleanAll(cleanedNow(getState()), usualAttenuationDb),
  },
  'ai.upscale': {
    icon: Scaling,
    shortcuts: ['Alt+u'],
    hidden: (state) => hidden(state) || !state.packs.some((pack) => pack.video?.upscale),
    enabled: (state) => {
      const clip = madeClip(state);
      return canEdit(state) && clip !== null && upscalable(state, clip) !== null;
    },
    run: onMadeClip((clip) => upscaleTake(clip.id)),
  },
  'ai.remakePart': {
    icon: ScissorsLineDashed,
    shortcuts: ['Alt+Shift+r'],
    hidden,
    enabled: (state) => canEdit(state) && markedStems(state).length > 0,
    run: () => {
      const state = getState();
      state.asOneStep('setGeneration', () => {
        for (const { clip } of markedStems(state)) makePartAnew(clip.id);
      });
    },
  },
  'ai.cancelJob': {
    icon: X,
    shortcuts: ['Alt+Backspace'],
    hidden,
    enabled: (state) => {
      const clip = madeClip(state);
      return (
        clip !== null &&
        Object.values(state.jobs).some(
          (job) => job.spec.kind === 'generation' && job.spec.clipId === clip.id && isActive(job),
        )
      );
    },
    run: onMadeClip((clip) => cancelGeneration(clip.id)),
  },
  'ai.previousTake': {
    icon: ChevronLeft,
    shortcuts: ['Alt+['],
    hidden,
    enabled: (state) => canEdit(state) && (madeClip(state)?.generation?.takeIds.length ?? 0) > 1,
    run: onMadeClip((clip) => stepTake(clip.id, -1)),
  },
  'ai.nextTake': {
    icon: ChevronRight,
    shortcuts: ['Alt+]'],
    hidden,
    enabled: (state) => canEdit(state) && (madeClip(state)?.generation?.takeIds.length ?? 0) > 1,
    run: onMadeClip((clip) => stepTake(clip.id, 1)),
  },
  'ai.compare': {
    icon: SquareSplitHorizontal,
    shortcuts: ['Shift+c'],
    hidden,
    enabled: (state) => state.compare !== null || canCompare(state),
    checked: (state) => state.compare !== null,
    run: () => {
      const state = getState();
      if (state.compare) return setState({ compare: null });
      const clip = madeClip(state);
      if (clip) compareTakes(clip.id);
    },
  },
  'ai.compareSwitch': {
    icon: ArrowLeftRight,
    shortcuts: ['x'],
    hidden,
    enabled: (state) =>
      state.compare !== null &&
      state.document !== null &&
      findClip(state.document, state.compare.clipId)?.track.kind === 'audio',
    run: () => {
      const { compare, setSession } = getState();
      if (compare) setSession({ compare: { ...compare, heard: compare.heard === 'a' ? 'b' : 'a' } });
    },
  },
  'ai.enabled': {
    enabled: canEdit,
    checked: aiShown,
    run: () => {
      const state = getState();
      if (!state.document || !state.run('setAiEnabled', { enabled: !state.document.aiEnabled })) return;
      if (state.sidePanel === 'ai') setState({ sidePanel: 'inspect' });
    },
  },
  'ai.models': {
    icon: Package,
    run: () => {
      refreshPacks();
      setState({ screen: 'models', playing: 0, dialog: null });
    },
  },
});
