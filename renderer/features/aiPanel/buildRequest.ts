/** From what is written and selected to a request, or to the one thing that is still needed. */
import {
  generationRequestSchema,
  type Clip,
  type GenerationRequest,
  type ProjectDocument,
} from '../../../core/document/schema.ts';
import { allClips, findClip, type ClipPlace } from '../../../core/document/query.ts';
import { ticksFromSeconds } from '../../../core/time/ticks.ts';
import type { AiAction, EditorState } from '../../services/editor.ts';
import { hitsIn, wholeNow } from '../../services/generation.ts';
import { partOfStem, selectedStems } from '../../services/stemTakes.ts';
import { emptyRequest, frameOfClip, soundtrackRange, sourceOfClip } from '../../services/placeGeneration.ts';
import { loudnessPresets, stems, type Draft } from './draft.ts';
import { useStemTarget } from './stemTarget.ts';

/** As long as the document keeps. */
export const maxPromptLength = generationRequestSchema.shape.prompt.maxLength ?? Infinity;

export type Need = 'clip' | 'mask' | 'prompt' | 'promptStyle' | 'shorterPrompt' | 'length' | 'stems' | 'pack';

export type Goal =
  | { readonly kind: 'newClip' }
  | { readonly kind: 'gap'; readonly trackId: string; readonly startTicks: number; readonly durationTicks: number }
  | { readonly kind: 'takeOf'; readonly place: ClipPlace }
  | { readonly kind: 'soundtrack' }
  /** Stems that are there: another take of each, or their marked part anew. */
  | { readonly kind: 'stems'; readonly places: readonly ClipPlace[]; readonly part: boolean };

export type Built =
  | { readonly ok: true; readonly request: GenerationRequest; readonly goal: Goal; readonly sequenceId: string }
  | { readonly ok: false; readonly need: Need };

/** Where pressing the button leads, before anything is checked. */
export function goalOf(state: EditorState, action: AiAction, draft: Draft): Goal | null {
  if (action === 'soundtrack') return stemsGoal(state) ?? { kind: 'soundtrack' };
  const place = selectedPicture(state);
  if (action === 'inpaint' || action === 'restyle') return place ? { kind: 'takeOf', place } : null;
  if (state.selection.gap) return { kind: 'gap', ...state.selection.gap };
  const isGenerated = place?.clip.reference.kind === 'generated' && place.clip.generation;
  return place && isGenerated && !draft.asNewClip ? { kind: 'takeOf', place } : { kind: 'newClip' };
}

function stemsGoal(state: EditorState): Goal | null {
  const { target } = useStemTarget.getState();
  const places = target === 'new' || !state.document ? [] : selectedStems(state);
  if (places.length === 0) return null;
  const marked = places.filter((place) => partOfStem(state.document!, place) !== null);
  return target === 'part' && marked.length > 0
    ? { kind: 'stems', places: marked, part: true }
    : { kind: 'stems', places, part: false };
}

/**
 * What one of the stems is asked for. Words that are written go to the part alone; without any the stem keeps its own.
 */
export function stemRequest(
  document: ProjectDocument,
  goal: StemsGoal,
  place: ClipPlace,
  common: Common,
  draft: Pick<Draft, 'takeLoudness'>,
): GenerationRequest {
  const { prompt, ...rest } = common;
  const whole = wholeNow(document, place.clip.generation!.request);
  const part = goal.part ? partOfStem(document, place) : null;
  const take = part ? document.takes[part.takeId] : undefined;
  if (part && take) return { ...whole, ...rest, durationTicks: take.durationTicks, part: { ...part, prompt } };
  const chosen = draft.takeLoudness?.clipIds === stemsKey(goal) ? { loudnessLufs: draft.takeLoudness.lufs } : {};
  return { ...whole, ...rest, ...chosen, ...(prompt === '' ? {} : { prompt }) };
}

type StemsGoal = Extract<Goal, { kind: 'stems' }>;

/** Which stems a choice in the panel was made for. */
export const stemsKey = (goal: StemsGoal): string => goal.places.map((place) => place.clip.id).join(' ');

/** Loudness of another take, LUFS: chosen for these stems, else what the first of them was made at. */
export function takeLoudnessOf(goal: StemsGoal, draft: Pick<Draft, 'takeLoudness'>): number {
  if (draft.takeLoudness?.clipIds === stemsKey(goal)) return draft.takeLoudness.lufs;
  return goal.places[0]?.clip.generation?.request.loudnessLufs ?? loudnessPresets[0];
}

export function selectedPicture(state: EditorState): ClipPlace | null {
  if (!state.document) return null;
  for (const id of state.selection.clipIds) {
    const place = findClip(state.document, id);
    if (place && place.track.kind === 'video' && place.clip.reference.kind !== 'title') return place;
  }
  return null;
}

export function buildRequest(
  state: EditorState,
  action: AiAction,
  draft: Draft,
  packId: string | null,
  seed: number,
): Built {
  const goal = goalOf(state, action, draft);
  if (!state.document || !goal) return { ok: false, need: 'clip' };
  if (!packId) return { ok: false, need: 'pack' };
  const prompt = draft.prompts[action].trim();
  if (prompt.length > maxPromptLength) return { ok: false, need: 'shorterPrompt' };
  const common = { seed, steps: draft.steps, guidance: draft.guidance, packId, prompt };
  switch (action) {
    case 'generate':
      return buildGenerate(state, goal, draft, common);
    case 'inpaint': {
      const edited = editedSource(state, goal);
      if (!edited) return { ok: false, need: 'clip' };
      const mask =
        state.masks[edited.clip.id] ??
        (edited.clip.generation?.request.action === 'inpaint' ? edited.clip.generation.request.mask : null);
      if (!mask) return { ok: false, need: 'mask' };
      if (prompt === '' && draft.edit !== 'remove') return { ok: false, need: 'prompt' };
      const request = {
        ...emptyRequest('inpaint', edited.clip.durationTicks),
        ...common,
        source: edited.source,
        mask,
        edit: draft.edit,
        references: [...draft.references],
      };
      return { ok: true, goal, request, sequenceId: state.document.activeSequenceId };
    }
    case 'restyle': {
      const edited = editedSource(state, goal);
      if (!edited) return { ok: false, need: 'clip' };
      if (prompt === '') return { ok: false, need: 'promptStyle' };
      const mask = draft.scope === 'everything' ? null : (state.masks[edited.clip.id] ?? null);
      if (draft.scope === 'masked' && !mask) return { ok: false, need: 'mask' };
      const request = {
        ...emptyRequest('restyle', edited.clip.durationTicks),
        ...common,
        source: edited.source,
        mask,
        scope: draft.scope,
        keepShapes: draft.keepShapes,
      };
      return { ok: true, goal, request, sequenceId: state.document.activeSequenceId };
    }
    case 'soundtrack': {
      if (goal.kind === 'stems')
        return {
          ok: true,
          goal,
          request: stemRequest(state.document, goal, goal.places[0]!, common, draft),
          sequenceId: state.document.activeSequenceId,
        };
      const range = soundtrackRange();
      const sequence = state.document.sequences[state.document.activeSequenceId]!;
      const stem = stems.find((each) => draft.stems[each]);
      if (!range) return { ok: false, need: 'length' };
      if (!stem) return { ok: false, need: 'stems' };
      const request = {
        ...emptyRequest('soundtrack', range.durationTicks),
        ...common,
        stem,
        tempoBpm: draft.tempoBpm,
        loudnessLufs: loudnessOf(state, draft),
        sequenceRange: { sequenceId: sequence.id, ...range },
        hitTicks: hitsIn(sequence, range),
      };
      return { ok: true, goal, request, sequenceId: state.document.activeSequenceId };
    }
  }
}

/**
 * Integrated loudness of each stem, LUFS: chosen here, else that of the project's newest soundtrack, else the first
 * preset.
 */
export function loudnessOf({ document, projectId }: Pick<EditorState, 'document' | 'projectId'>, draft: Draft): number {
  if (draft.loudness && draft.loudness.projectId === projectId) return draft.loudness.lufs;
  let newest: { lufs: number; at: string } = { lufs: loudnessPresets[0], at: '' };
  for (const clip of Object.values(document?.sequences ?? {}).flatMap(allClips)) {
    const lufs = clip.generation?.request.loudnessLufs ?? null;
    // what is not made yet was asked for last
    const at = clip.generation?.takeIds.map((takeId) => document?.takes[takeId]?.createdAt ?? '').at(-1) ?? '9999';
    if (lufs !== null && at >= newest.at) newest = { lufs, at };
  }
  return newest.lufs;
}

export type Common = Pick<GenerationRequest, 'seed' | 'steps' | 'guidance' | 'packId' | 'prompt'>;

/**
 * The factor that the pack's upscaler is asked for, null = none; only what is made from words or pictures has a size of
 * its own.
 */
export function upscaleOf(
  state: Pick<EditorState, 'packs'>,
  goal: Goal | null,
  draft: Draft,
  packId: string | null,
): 4 | null {
  const factor = factorOf(state, goal, packId);
  const asked = goal?.kind === 'takeOf' ? goal.place.clip.generation?.request.upscale : null;
  return (draft.upscale ?? Boolean(asked)) ? factor : null;
}

/** What the size may be multiplied by; null where there is nothing to choose. */
export function factorOf({ packs }: Pick<EditorState, 'packs'>, goal: Goal | null, packId: string | null): 4 | null {
  const isOpen =
    goal?.kind === 'newClip' || (goal?.kind === 'takeOf' && goal.place.clip.generation?.request.action === 'generate');
  return isOpen ? (packs.find((pack) => pack.id === packId)?.video?.upscale ?? null) : null;
}

function buildGenerate(state: EditorState, goal: Goal, draft: Draft, common: Common): Built {
  const pictures = { firstFrame: draft.firstFrame, lastFrame: draft.lastFrame, references: [...draft.references] };
  const upscale = upscaleOf(state, goal, draft, common.packId);
  if (goal.kind === 'gap') {
    const sequence = state.document!.sequences[state.document!.activeSequenceId]!;
    const track = sequence.tracks.find((each) => each.id === goal.trackId);
    const before = track?.clips.find((clip) => clip.startTicks + clip.durationTicks === goal.startTicks);
    const after = track?.clips.find((clip) => clip.startTicks === goal.startTicks + goal.durationTicks);
    const request = {
      ...emptyRequest('fillGap', goal.durationTicks),
      ...common,
      ...pictures,
      firstFrame: draft.firstFrame ?? (before ? frameOfClip(state.document!, before, before.durationTicks - 1) : null),
      lastFrame: draft.lastFrame ?? (after ? frameOfClip(state.document!, after, 0) : null),
    };
    return { ok: true, goal, request, sequenceId: sequence.id };
  }
  const hasPicture = draft.firstFrame || draft.lastFrame || draft.references.length > 0;
  if (common.prompt === '' && !hasPicture) return { ok: false, need: 'prompt' };
  if (goal.kind === 'takeOf') {
    // another take keeps what the clip was made from: an extension stays one
    const asked = goal.place.clip.generation!.request;
    return {
      ok: true,
      sequenceId: state.document!.activeSequenceId,
      goal,
      request: { ...asked, ...common, ...(asked.action === 'generate' ? { ...pictures, upscale } : {}) },
    };
  }
  return {
    ok: true,
    sequenceId: state.document!.activeSequenceId,
    goal,
    request: { ...emptyRequest('generate', ticksFromSeconds(draft.seconds)), ...common, ...pictures, upscale },
  };
}

function editedSource(
  state: EditorState,
  goal: Goal,
): { clip: Clip; source: NonNullable<GenerationRequest['source']> } | null {
  if (goal.kind !== 'takeOf' || !state.document) return null;
  const source = sourceOfClip(state.document, goal.place.clip);
  return source ? { clip: goal.place.clip, source } : null;
}
