/**
 * Which moment of a source a clip shows. A source is a row of slots at its own rate: slot k shows the frame that is on
 * at the slot's middle. Layers name that middle, so that a decoder that rounds timestamps (Matroska keeps
 * milliseconds) cannot show the neighbour, and preview and export agree on irregular sources too.
 */
import type { Clip, MediaItem, Take } from '../document/schema.ts';
import { frameAtTicks, ticksAtFrame, ticksPerFrame, type Rate, type Ticks } from '../time/ticks.ts';

/** Slack for rates whose frames are no whole number of ticks: 1.4 microseconds. */
export const sampleToleranceTicks: Ticks = 1000;

/** ticks * num / den, floored, without passing 2^53 on the way. */
export function scaleTicks(ticks: Ticks, by: Rate): Ticks {
  const whole = Math.floor(ticks / by.den);
  const rest = ticks - whole * by.den;
  return whole * by.num + Math.floor((rest * by.num) / by.den);
}

/**
 * Source tick (unclamped, of the clip's reference) that the clip shows at a tick of the sequence. Backwards, the last
 * frame of the source range comes first: hence one frame of the sequence is taken off.
 */
export function referenceTicksAt(clip: Clip, atTicks: Ticks, sequenceRate: Rate): Ticks {
  const localTicks = atTicks - clip.startTicks;
  if (!clip.reversed) return clip.sourceInTicks + scaleTicks(localTicks, clip.speed);
  return clip.sourceInTicks + scaleTicks(clip.durationTicks - localTicks - ticksPerFrame(sequenceRate), clip.speed);
}

/**
 * The middle of the slot that is on at `ticks`, clamped into the source. A hair before the middle, so that ties fall as
 * ffmpeg's `fps` filter has them.
 */
export function slotMiddle(ticks: Ticks, rate: Rate, durationTicks: Ticks): Ticks {
  return (
    ticksAtFrame(slotAt(ticks, rate, durationTicks), rate) + Math.floor(ticksPerFrame(rate) / 2) - sampleToleranceTicks
  );
}

/** Number of the slot that is on at `ticks`, clamped to what the source has. */
export function slotAt(ticks: Ticks, rate: Rate, durationTicks: Ticks): number {
  return Math.min(lastSlot(rate, durationTicks), Math.max(0, frameAtTicks(ticks + sampleToleranceTicks, rate)));
}

export function lastSlot(rate: Rate, durationTicks: Ticks): number {
  return Math.max(0, frameAtTicks(durationTicks + sampleToleranceTicks, rate) - 1);
}

/** What a clip plays: its active take, else the file it refers to; null for titles, solids and what is not made yet. */
export interface PlayedSource {
  readonly kind: 'media' | 'take';
  readonly id: string;
  readonly durationTicks: Ticks;
  /** 0 by 0 where there is no picture. */
  readonly width: number;
  readonly height: number;
  /** null for stills. */
  readonly rate: Rate | null;
  readonly hasPicture: boolean;
  readonly hasSound: boolean;
  readonly hasAlpha: boolean;
  /** Reference time of the source's first frame: taken off before asking the source. */
  readonly offsetTicks: Ticks;
}

export function sourceOfMedia(item: MediaItem): PlayedSource {
  return {
    kind: 'media',
    id: item.id,
    durationTicks: item.durationTicks,
    width: item.video?.width ?? 0,
    height: item.video?.height ?? 0,
    rate: item.kind === 'video' ? (item.video?.rate ?? null) : null,
    hasPicture: item.video !== null && item.kind !== 'audio',
    hasSound: item.audio !== null,
    hasAlpha: item.video?.hasAlpha ?? false,
    offsetTicks: 0,
  };
}

export function sourceOfTake(take: Take): PlayedSource {
  return {
    kind: 'take',
    id: take.id,
    durationTicks: take.durationTicks,
    width: take.width,
    height: take.height,
    rate: take.kind === 'video' ? take.rate : null,
    hasPicture: take.kind !== 'audio' && take.width > 0 && take.height > 0,
    // a video take may have none: whoever reads it answers silence then
    hasSound: take.kind !== 'image',
    hasAlpha: false,
    offsetTicks: take.sourceStartTicks,
  };
}
