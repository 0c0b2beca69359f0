/**
 * A request with its materials resolved to files, from a project or the command line.
 */
import type { PlanFile, Picture as PictureOf, SourceRange as RangeOf } from '../../actions/videoPlan.ts';
import type { DrawnMask, GenerationRequest } from '../../document/schema.ts';
import type { Ticks } from '../../time/ticks.ts';
import type { MediaFacts } from '../../disk/facts.ts';
import type { Origin } from '../footage/methods.ts';
import type { LocatedSource } from '../media/locateSource.node.ts';

/** A media file or a take, patches and all. See `contentKeyOf` in core/disk for its key. */
export interface SourceFile extends PlanFile, LocatedSource {
  /** For sentences. */
  readonly name: string;
  readonly facts: MediaFacts;
}

/** A frame of an opened file. */
export type Picture = PictureOf<SourceFile>;
/** A range of an opened file. */
export type SourceRange = RangeOf<SourceFile>;

/** A shape that stands still, or a film of masks: one that follows, or the command line's. */
export type ResolvedMask =
  | { readonly kind: 'drawn'; readonly mask: DrawnMask }
  /** One mask a frame, white = regenerate. */
  | { readonly kind: 'video'; readonly file: SourceFile; readonly featherPx: number };

/** A regenerated part of a stem, and what the whole stem was made with. */
export interface ResolvedPart extends SourceRange {
  readonly prompt: string;
  readonly rootPrompt: string;
  readonly rootSeed: number;
}

/** A request with every file it is made from. */
export interface ResolvedRequest<R extends GenerationRequest = GenerationRequest> {
  readonly request: R;
  /** What lies below all patches of the source: footage, or what a video model drew. */
  readonly origin: Origin;
  readonly firstFrame: Picture | null;
  readonly lastFrame: Picture | null;
  readonly references: readonly Picture[];
  readonly source: SourceRange | null;
  readonly mask: ResolvedMask | null;
  /** What stands before a picture that is put into footage. */
  readonly occluder?: ResolvedMask | null;
  /** The sequence's range for a soundtrack, rendered when the job runs. */
  readonly renderPicture: ((signal: AbortSignal) => Promise<SourceRange>) | null;
  /** For a soundtrack over a sequence: the source on screen longest, which suggests words where none are given. */
  readonly mostSeen?: SourceRange | null;
  readonly part?: ResolvedPart | null;
  /** The words that the pictures to go on from were made by, where they are takes. */
  readonly about?: string | null;
  /** What the requestHash holds beside the request: contents, not paths. */
  readonly inputKeys: readonly string[];
  /** Source time of the source's first frame (a take made from a range is itself offset). */
  readonly sourceOffsetTicks: Ticks;
  readonly parentTakeId: string | null;
}
