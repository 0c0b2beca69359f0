/** What the code knows of an action: one descriptor each, so that nothing else has to tell actions apart. */
import type { VideoFamily } from '../../models/families/pack.ts';
import type { Refusal } from './refusal.ts';
import type { ActionKind, RequestOf } from './schema.ts';
import type { PlanFile, Planned, PlanMaterials } from './videoPlan.ts';

/** What every action says of its requests. */
export interface Action<A extends ActionKind> {
  /** The take shows a source in its own place and time: it is trimmed and moved as the source would be. */
  readonly editsSource: boolean;
  /** Seconds; more would take hours and more memory than it should. */
  readonly longestSeconds: number;
  /** What speaks against the request itself, before anything is opened; null = nothing. */
  check(request: RequestOf<A>): Refusal | null;
  /** What a change of makes a take stale. Takes made by earlier versions must keep their hash. */
  hashed(request: RequestOf<A>): Readonly<Record<string, unknown>>;
}

/** An action that makes frames. */
export interface VideoAction<A extends ActionKind> extends Action<A> {
  readonly family: 'video';
  /** `sizePx`: size of the result where the request leaves it open; null = the pack's. */
  plan<F extends PlanFile>(
    request: RequestOf<A>,
    materials: PlanMaterials<F>,
    family: VideoFamily,
    sizePx: { readonly width: number; readonly height: number } | null,
  ): Planned<F>;
}

/** An action that is always done by operations on the footage itself (core/engine/footage). */
export interface FootageAction<A extends ActionKind> extends Action<A> {
  readonly family: 'footage';
}

/** An action that makes sound. */
export interface SoundAction<A extends ActionKind> extends Action<A> {
  readonly family: 'soundtrack';
}
