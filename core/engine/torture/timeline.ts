/**
 * One timeline that asks everything of a file: 20 cuts (single frames, short pieces, pieces that continue each other),
 * slow, fast, backwards, and the very end.
 */
import { frameAtTicks, ticksAtFrame, ticksFromSeconds, type Rate } from '../../time/ticks.ts';

/** What a piece of the timeline is for. */
export type PieceKind = 'frame' | 'short' | 'joined' | 'slow' | 'fast' | 'reverse' | 'fast reverse' | 'end';

/** A piece of the timeline. Frames are the sequence's, which has the source's rate. */
export interface Piece {
  readonly kind: PieceKind;
  readonly startFrame: number;
  readonly frameCount: number;
  /** First slot of the source that the piece shows (of its range, when it runs backwards). */
  readonly slot: number;
  readonly speed: Rate;
  readonly reversed: boolean;
}

type Wish = Omit<Piece, 'startFrame'>;

const normal: Rate = { num: 1, den: 1 };
const slowSpeed: Rate = { num: 1, den: 4 };
const fastSpeed: Rate = { num: 2, den: 1 };

/** All pieces, or one of nearly every kind. */
export type Extent = 'all' | 'few';

/** The pieces of a timeline over a source of some slots (frames of its rate), gapless from 0. */
export function planPieces(slots: number, rate: Rate, extent: Extent = 'all'): Piece[] {
  const fps = rate.num / rate.den;
  // about 40 ms: long enough to tell where its sound lies
  const unit = Math.max(1, Math.ceil(fps * 0.04 - 1e-9));
  const at = (share: number, length: number) => Math.max(0, Math.min(slots - length, Math.round(slots * share)));
  const piece = (kind: PieceKind, share: number, frameCount: number, more: Partial<Wish> = {}): Wish => ({
    kind,
    frameCount,
    slot: at(share, Math.ceil((frameCount * (more.speed?.num ?? 1)) / (more.speed?.den ?? 1))),
    speed: normal,
    reversed: false,
    ...more,
  });
  const single = (slot: number): Wish => ({
    kind: 'frame',
    frameCount: 1,
    slot: Math.max(0, Math.min(slots - 1, slot)),
    speed: normal,
    reversed: false,
  });
  const joined = at(0.15, unit * 8);
  const wishes: Wish[] = [
    ...[slots - 1, 0, 19, 11, Math.round(slots * 0.77), Math.round(slots / 2)].map(single),
    ...[0.62, 0.08, 0.9, 0.35].map((share) => piece('short', share, unit * 2)),
    ...[0, 1, 3, 4, 6].map((units, index): Wish => ({
      ...piece('joined', 0, unit * [1, 2, 1, 2, 2][index]!),
      slot: joined + units * unit,
    })),
    piece('slow', 0.45, unit * 8, { speed: slowSpeed }),
    piece('fast', 0.3, unit * 4, { speed: fastSpeed }),
    piece('reverse', 0.55, unit * 4, { reversed: true }),
    piece('fast reverse', 0.2, unit * 2, { speed: fastSpeed, reversed: true }),
    piece('reverse', 0.02, unit * 2, { reversed: true }),
    piece('end', 1, unit * 3),
  ];
  const fewer = [0, 1, 4, 6, 7, 10, 11, 12, 15, 18, 20];
  let startFrame = 0;
  return (extent === 'all' ? wishes : fewer.map((place) => wishes[place]!)).map((wish) => {
    const placed = { ...wish, startFrame };
    startFrame += wish.frameCount;
    return placed;
  });
}

/** Frames of a whole timeline. */
export function frameCountOf(pieces: readonly Piece[]): number {
  const last = pieces.at(-1)!;
  return last.startFrame + last.frameCount;
}

/** Moment of the source (s after its start, middle of a slot of `grid`) that a frame of a piece shows. */
export function shownSeconds(piece: Piece, frame: number, rate: Rate, grid: Rate): number {
  const local = piece.reversed ? piece.frameCount - 1 - frame : frame;
  const ticks =
    ticksAtFrame(piece.slot, rate) + Math.floor((ticksAtFrame(local, rate) * piece.speed.num) / piece.speed.den);
  const slot = frameAtTicks(ticks + ticksFromSeconds(2e-6), grid);
  return ((slot + 0.5) * grid.den) / grid.num;
}
