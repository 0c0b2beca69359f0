/**
 * Every change of the document by name. Each command is a pure function on an immer draft in its own file;
 * it throws `CommandRefused` (a sentence for the user) when the document would break its rules: clips on a track
 * sorted and never overlapping, lengths positive, locked tracks untouched, links whole, transitions only between
 * abutting clips. Times in ticks of the sequence; callers snap to frames.
 */
import type {
  Clip,
  GenerationFailure,
  GenerationRequest,
  Marker,
  MediaItem,
  ProjectDocument,
  Take,
  Track,
} from '../document/schema.ts';
import type { Rate, Ticks } from '../time/ticks.ts';

export type PlacementMode = 'overwrite' | 'insert';

export interface CommandParams {
  /** Puts clips on tracks. overwrite cuts away what they cover; insert pushes what is later on all unlocked tracks. */
  addClips: { sequenceId: string; clips: readonly { trackId: string; clip: Clip }[]; mode: PlacementMode };
  /** Moves clips (linked ones must be named too) to starts and tracks; overwrites what they cover. */
  moveClips: {
    sequenceId: string;
    moves: readonly { clipId: string; trackId: string; startTicks: Ticks }[];
    mode: PlacementMode;
  };
  /**
   * Sets one edge. ripple moves what follows on the same track (and on tracks of linked clips); else stops at
   * neighbours and at the source's ends.
   */
  trimClip: {
    sequenceId: string;
    clipId: string;
    edge: 'in' | 'out';
    toTicks: Ticks;
    ripple: boolean;
    linked: boolean;
  };
  /** Moves the cut between two abutting clips. */
  rollCut: { sequenceId: string; leftClipId: string; rightClipId: string; toTicks: Ticks };
  /** Other source material under the same place. */
  slipClip: { sequenceId: string; clipId: string; deltaTicks: Ticks };
  /** Moves a clip between its neighbours, which give and take. */
  slideClip: { sequenceId: string; clipId: string; deltaTicks: Ticks };
  /** Splits each named clip that `atTicks` is inside of (linked ones too). */
  splitClips: { sequenceId: string; clipIds: readonly string[]; atTicks: Ticks };
  /** ripple closes the hole on the clips' tracks. */
  removeClips: { sequenceId: string; clipIds: readonly string[]; ripple: boolean };
  /** Closes the gap at a tick of one track. */
  closeGap: { sequenceId: string; trackId: string; atTicks: Ticks };
  /**
   * Name, transform, position keys (an empty list takes them away), crop, opacity, volume, fades, enabled, reference
   * (titles). Speed changes go through setClipSpeed.
   */
  setClipProperties: {
    sequenceId: string;
    clipIds: readonly string[];
    properties: Partial<
      Pick<
        Clip,
        | 'name'
        | 'transform'
        | 'positionKeys'
        | 'crop'
        | 'opacity'
        | 'volumeDb'
        | 'soundStream'
        | 'fadeInTicks'
        | 'fadeOutTicks'
        | 'enabled'
        | 'reference'
      >
    >;
  };
  /** Constant speed and direction; the length follows, later clips move when ripple. */
  setClipSpeed: { sequenceId: string; clipId: string; speed: Rate; reversed: boolean; ripple: boolean };
  linkClips: { sequenceId: string; clipIds: readonly string[] };
  unlinkClips: { sequenceId: string; clipIds: readonly string[] };
  addTransition: { sequenceId: string; fromClipId: string; toClipId: string; durationTicks: Ticks };
  setTransitionDuration: { sequenceId: string; transitionId: string; durationTicks: Ticks };
  removeTransition: { sequenceId: string; transitionId: string };
  addTrack: { sequenceId: string; kind: Track['kind']; role: Track['role']; name: string; index: number | null };
  removeTrack: { sequenceId: string; trackId: string };
  setTrackProperties: {
    sequenceId: string;
    trackId: string;
    properties: Partial<Pick<Track, 'name' | 'muted' | 'solo' | 'hidden' | 'locked' | 'gainDb'>>;
  };
  addMarker: { sequenceId: string; marker: Marker };
  setMarker: { sequenceId: string; markerId: string; properties: Partial<Omit<Marker, 'id'>> };
  removeMarker: { sequenceId: string; markerId: string };
  setInOut: { sequenceId: string; inTicks: Ticks | null; outTicks: Ticks | null };
  setSequenceFormat: { sequenceId: string; width: number; height: number; rate: Rate };
  renameProject: { name: string };
  setAiEnabled: { enabled: boolean };
  /** Takes items off the bin; refused while clips use them. */
  removeMedia: { mediaIds: readonly string[] };
  /** Writes what is asked of the AI for a clip (an existing clip, or one just added), before the job is submitted. */
  setGeneration: { sequenceId: string; clipId: string; request: GenerationRequest };
  /** null shows the clip's own reference again. */
  setActiveTake: { sequenceId: string; clipId: string; takeId: string | null };

  // records: outside of history
  addMedia: { items: readonly MediaItem[] };
  relinkMedia: { item: MediaItem };
  /** A take arrived: kept for ever, made active on its clip when the clip still stands. */
  addTake: { take: Take; clipId: string | null };
  setGenerationFailure: { clipId: string; failure: GenerationFailure | null };
}

export type CommandName = keyof CommandParams;

/** Commands that are recorded in the journal but not in the undo history. */
export const recordCommands = [
  'addMedia',
  'relinkMedia',
  'addTake',
  'setGenerationFailure',
] as const satisfies readonly CommandName[];

export type Command<N extends CommandName> = (draft: ProjectDocument, params: CommandParams[N]) => void;
