/**
 * What is being written in the AI panel, for each action: one draft a project, kept while switching between actions and
 * projects, forgotten with the window.
 */
import { create } from 'zustand';
import { usualPlacement, type Placement } from '../../core/actions/inpaint/placement.ts';
import type { ExtendWay } from '../../core/actions/extend/ways.ts';
import type { BridgeWay } from '../../core/actions/fillGap/ways.ts';
import type { PictureRef } from '../../core/document/schema.ts';
import type { AiAction } from './editor.ts';
import { useEditor } from './store.ts';
import type { Stem } from '../../core/actions/soundtrack/schema.ts';

/** In the order they are shown and placed. */
export const stems: readonly Stem[] = ['music', 'foley', 'ambience'];
/**
 * Programme loudness, LUFS: home and web, loud platforms, European broadcast (EBU R 128). The family's
 * `loudnessPresets`.
 */
export const loudnessPresets = [-16, -14, -23] as const;

/** What every action has of its own: choosing it for one leaves the others alone. */
export interface ActionSettings {
  /** null = a new one each time. */
  readonly seed: number | null;
  readonly steps: number | null;
  readonly guidance: number | null;
  readonly packId: string | null;
  readonly references: readonly PictureRef[];
  readonly takeCount: number;
}

/** Everything that is chosen or written in the panel. */
export interface Draft {
  readonly prompts: Readonly<Record<AiAction, string>>;
  readonly settings: Readonly<Record<AiAction, ActionSettings>>;
  readonly seconds: number;
  readonly firstFrame: PictureRef | null;
  readonly lastFrame: PictureRef | null;
  readonly edit: 'replace' | 'add' | 'remove';
  /** Where a picture is put into footage, and how. */
  readonly placement: Placement;
  /** Of removals on footage: how far the mask grows, px of the source. */
  readonly growPx: number;
  readonly keepShapes: number;
  /** Of looks on footage, 0..1. */
  readonly strength: number;
  /** Looks on footage leave faces and hands nearly as they are. */
  readonly keepFaces: boolean;
  readonly scope: 'everything' | 'background' | 'masked';
  readonly stems: Readonly<Record<Stem, boolean>>;
  /** Gain relative to the default mix, dB. */
  readonly levels: Readonly<Record<Stem, number>>;
  readonly tempoBpm: number | null;
  /** LUFS; null = as the project's last soundtrack. */
  readonly loudness: number | null;
  /** Chosen for another take of these stems, LUFS; others keep what they were made at. */
  readonly takeLoudness: { readonly clipIds: string; readonly lufs: number } | null;
  /** Generate with a generated clip selected: another take of it, or a new clip. */
  readonly asNewClip: boolean;
  /** Generate: through the pack's upscaler. null = as the clip's other takes are, a new clip as the pack makes it. */
  readonly upscale: boolean | null;
  /** Generate: drawn by the stage, or painted. null = as the clip's other takes are, a new clip drawn. */
  readonly drawn: boolean | null;
  /** How footage is continued past its edge, and what is heard there. */
  readonly extendWay: Exclude<ExtendWay, 'roomTone'>;
  readonly extendSound: 'silence' | 'roomTone';
  /** How two shots of footage are bridged. */
  readonly bridgeWay: BridgeWay;
}

const newSettings: ActionSettings = {
  seed: null,
  steps: null,
  guidance: null,
  packId: null,
  references: [],
  takeCount: 1,
};

const newDraft: Draft = {
  prompts: { generate: '', inpaint: '', restyle: '', soundtrack: '' },
  settings: { generate: newSettings, inpaint: newSettings, restyle: newSettings, soundtrack: newSettings },
  seconds: 5,
  firstFrame: null,
  lastFrame: null,
  edit: 'replace',
  placement: usualPlacement,
  growPx: 0,
  keepShapes: 0.8,
  strength: 1,
  keepFaces: false,
  scope: 'everything',
  stems: { music: true, foley: true, ambience: true },
  levels: { music: 0, foley: 0, ambience: 0 },
  tempoBpm: null,
  loudness: null,
  takeLoudness: null,
  asNewClip: false,
  upscale: null,
  drawn: null,
  extendWay: 'hold',
  extendSound: 'silence',
  bridgeWay: 'blend',
};

/** The open project’s draft. */
export const useDraft = create<Draft>()(() => newDraft);

/** Drafts of the projects that were open before, so that switching back finds what was written. */
const drafts = new Map<string, Draft>();

useEditor.subscribe(({ projectId }, before) => {
  if (projectId === before.projectId) return;
  if (before.projectId !== null) drafts.set(before.projectId, useDraft.getState());
  useDraft.setState((projectId === null ? undefined : drafts.get(projectId)) ?? newDraft);
});

/** Changes some of the draft. */
export const setDraft = (patch: Partial<Draft>): void => useDraft.setState(patch);

/** Changes the words of one action. */
export function setPrompt(action: AiAction, prompt: string): void {
  setDraft({ prompts: { ...useDraft.getState().prompts, [action]: prompt } });
}

/** Changes settings of one action. */
export function setSettings(action: AiAction, patch: Partial<ActionSettings>): void {
  const { settings } = useDraft.getState();
  setDraft({ settings: { ...settings, [action]: { ...settings[action], ...patch } } });
}

/** Changes where or how a picture is put into footage. */
export function setPlacement(patch: Partial<Placement>): void {
  setDraft({ placement: { ...useDraft.getState().placement, ...patch } });
}
