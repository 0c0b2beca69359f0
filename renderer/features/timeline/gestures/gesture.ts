/**
 * A gesture is a state with three moves: the pointer moves, is released, or the gesture is cancelled (it is then simply
 * dropped, since nothing has changed yet). States are plain values made by functions of (world, pointer), so that tests
 * drive them without a screen. (After tldraw, SelectTool/childStates.)
 */
import type { CommandName, CommandParams } from '../../../../core/commands/commands.ts';
import type { ProjectDocument, Sequence } from '../../../../core/document/schema.ts';
import type { Ticks } from '../../../../core/time/ticks.ts';
import type { Selection, SessionState, Tool } from '../../../services/editor.ts';
import type { LaneBox } from '../view/laneLayout.ts';
import type { TimeScale } from '../view/scale.ts';
import type { SnapPoint } from '../view/snapping.ts';

/** The state a gesture can read. It is read at each step, since jobs may change the document during a drag. */
export interface World {
  readonly document: ProjectDocument;
  readonly sequence: Sequence;
  readonly lanes: readonly LaneBox[];
  readonly scale: TimeScale;
  readonly selection: Selection;
  readonly tool: Tool;
  readonly snapping: boolean;
  readonly linkedSelection: boolean;
  readonly playheadTicks: Ticks;
}

/** px from the left edge of the visible lanes and from the top of the first lane (scrolled lanes included). */
export interface Pointer {
  readonly xPx: number;
  readonly yPx: number;
  readonly shift: boolean;
  readonly alt: boolean;
  /** Ctrl, or Command on macOS. */
  readonly ctrl: boolean;
}

export type PendingCommand = {
  [N in CommandName]: { readonly name: N; readonly params: CommandParams[N] };
}[CommandName];

export type ClipEdge = 'in' | 'out';

/** A stretch to be made past the end (or before the start) of a clip's source. */
export interface ExtensionOffer {
  readonly clipId: string;
  readonly trackId: string;
  readonly edge: ClipEdge;
  readonly startTicks: Ticks;
  readonly durationTicks: Ticks;
}

export type Effect =
  | { readonly kind: 'run'; readonly command: PendingCommand }
  | { readonly kind: 'session'; readonly patch: Partial<SessionState> }
  | { readonly kind: 'focus'; readonly clipId: string }
  | { readonly kind: 'extend'; readonly offer: ExtensionOffer }
  /** Vertical scrolling of the lanes, px. */
  | { readonly kind: 'scrollLanes'; readonly byPx: number };

/** What is shown while a hand is down. `pending` is drawn as though it were done already. */
export interface Preview {
  readonly pending: PendingCommand | null;
  readonly snap: SnapPoint | null;
  /** Where the moved edge stands, and how far it came. */
  /** A time by the hand; `atTicks` where it stands, if not at that time itself (the length of a fade). */
  readonly tip: { readonly ticks: Ticks; readonly deltaTicks: Ticks | null; readonly atTicks?: Ticks } | null;
  readonly marquee: {
    readonly fromTicks: Ticks;
    readonly toTicks: Ticks;
    readonly topPx: number;
    readonly bottomPx: number;
  } | null;
  readonly extension: ExtensionOffer | null;
  readonly bladeTicks: Ticks | null;
  /** The edge in the hand: yellow while it is snapped. */
  readonly edge: { readonly clipId: string; readonly edge: ClipEdge } | null;
  /** Clips in the hand: drawn above the others. */
  readonly heldClipIds: readonly string[];
}

/** A preview that shows nothing. */
export const emptyPreview: Preview = {
  pending: null,
  snap: null,
  tip: null,
  marquee: null,
  extension: null,
  bladeTicks: null,
  edge: null,
  heldClipIds: [],
};

export interface Gesture {
  readonly name: string;
  readonly cursor: string;
  readonly preview: Preview;
  /** Whether the lanes auto-scroll when the pointer comes near their edge. */
  readonly autoScroll: boolean;
  move(world: World, pointer: Pointer): Step;
  release(world: World, pointer: Pointer): readonly Effect[];
}

export interface Step {
  readonly gesture: Gesture;
  readonly effects: readonly Effect[];
}

/** Movement below this is a click. */
export const dragThresholdPx = 4;

/** Whether the pointer has moved far enough for a press to become a drag. */
export function passedThreshold(from: Pointer, to: Pointer): boolean {
  return Math.hypot(to.xPx - from.xPx, to.yPx - from.yPx) >= dragThresholdPx;
}

/** An effect that runs one document command. */
export function runEffect<N extends CommandName>(name: N, params: CommandParams[N]): Effect {
  return { kind: 'run', command: { name, params } as PendingCommand };
}
