/** What the builders of the actions are given, and what they answer. */
import type { RequestBase } from '../../../core/actions/requestBase.ts';
import type { SourceRef } from '../../../core/document/refs.ts';
import type { Clip, GenerationRequest, ProjectDocument } from '../../../core/document/schema.ts';
import type { Draft } from '../../services/aiDraft.ts';
import type { EditorState } from '../../services/editor.ts';
import { sourceOfClip } from '../../services/placeGeneration.ts';
import type { Goal } from './goal.ts';

/** The one thing that is still needed. */
export type Need =
  | 'clip'
  | 'mask'
  | 'picture'
  | 'place'
  | 'following'
  | 'prompt'
  | 'promptStyle'
  | 'look'
  | 'shorterPrompt'
  | 'length'
  | 'stems'
  | 'pack';

/** All of a request but its length. */
export type Common = Omit<RequestBase, 'durationTicks'>;

/** All that a request is built from. */
export interface BuildContext {
  readonly state: EditorState;
  readonly document: ProjectDocument;
  readonly draft: Draft;
  readonly goal: Goal;
  readonly common: Common;
}

/** Answers a request, or what is still needed for one. */
export type Builder = (context: BuildContext) => GenerationRequest | Need;

/** The clip that an edit is of, and its material; null where it has none. */
export function editedSource({ document, goal }: BuildContext): { clip: Clip; source: SourceRef } | null {
  if (goal.kind !== 'takeOf') return null;
  const source = sourceOfClip(document, goal.place.clip);
  return source ? { clip: goal.place.clip, source } : null;
}
