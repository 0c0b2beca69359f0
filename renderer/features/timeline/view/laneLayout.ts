/**
 * Where tracks stand on the screen: titles and overlays above the picture, then the sound. Pixels, from the top of the
 * lanes.
 */
import type { Sequence, Track } from '../../../../core/document/schema.ts';

export interface LaneBox {
  readonly track: Track;
  /** 'V1', 'A2': numbered from the picture outwards. */
  readonly label: string;
  readonly topPx: number;
  readonly heightPx: number;
  /** Last of the video lanes: a stronger line divides picture from sound. */
  readonly lastVideo: boolean;
}

/** DESIGN-LANGUAGE, Tracks: titles 32, overlays 48, picture 64, audio 44. */
export function laneHeightPx(role: Track['role']): number {
  switch (role) {
    case 'titles':
      return 32;
    case 'overlay':
      return 48;
    case 'picture':
      return 64;
    case 'speech':
    case 'foley':
    case 'ambience':
    case 'music':
      return 44;
  }
}

/** The document lists video tracks from the back to the front; the screen shows the front one on top. */
export function layoutLanes(sequence: Sequence): readonly LaneBox[] {
  const video = sequence.tracks.filter((track) => track.kind === 'video');
  const audio = sequence.tracks.filter((track) => track.kind === 'audio');
  const ordered = [
    ...video.map((track, index) => ({ track, label: `V${index + 1}` })).reverse(),
    ...audio.map((track, index) => ({ track, label: `A${index + 1}` })),
  ];
  let topPx = 0;
  return ordered.map(({ track, label }, index) => {
    const heightPx = laneHeightPx(track.role);
    const box = { track, label, topPx, heightPx, lastVideo: index === video.length - 1 };
    topPx += heightPx;
    return box;
  });
}

/** Height of all lanes together, px. */
export function lanesHeightPx(lanes: readonly LaneBox[]): number {
  const last = lanes.at(-1);
  return last === undefined ? 0 : last.topPx + last.heightPx;
}

/** The lane at a height in px; null above and below the lanes. */
export function laneAt(lanes: readonly LaneBox[], yPx: number): LaneBox | null {
  return lanes.find((lane) => yPx >= lane.topPx && yPx < lane.topPx + lane.heightPx) ?? null;
}
