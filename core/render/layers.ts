/**
 * One description of what is to be seen and heard, two backends: the renderer's compositor draws it, the exporter
 * turns it into an ffmpeg graph. Geometry in pixels of the sequence, rotation clockwise in degrees.
 */
import type { MediaReference } from '../document/schema.ts';
import type { Ticks } from '../time/ticks.ts';

export interface LayerSource {
  readonly kind: 'media' | 'take';
  readonly id: string;
}

interface LayerBase {
  readonly clipId: string;
  readonly trackId: string;
  /** 0..1: the clip's opacity times its fades times its share of a crossfade. */
  readonly opacity: number;
  /** Centre of the drawn picture in the sequence, px. */
  readonly centreX: number;
  readonly centreY: number;
  readonly rotationDegrees: number;
  /** Size after fitting (contain) and scale, before crop, px. */
  readonly width: number;
  readonly height: number;
  readonly crop: { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number };
}

/** Made pixels over a layer's picture, before that is cropped, placed and faded. */
export interface PatchOver {
  readonly takeId: string;
  readonly isStill: boolean;
  /** Tick of the patch's own file. */
  readonly sourceTicks: Ticks;
  /** Where it lies, in fractions of the picture. */
  readonly box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
}

export interface PictureLayer extends LayerBase {
  readonly kind: 'picture';
  readonly source: LayerSource;
  /**
   * Tick of the source's own time; already clamped to the source's length (the last frame is held in a handle that is
   * too short).
   */
  readonly sourceTicks: Ticks;
  /** The lowest first; empty for what is shown as it is. */
  readonly patches: readonly PatchOver[];
}

export interface TitleLayer extends LayerBase {
  readonly kind: 'title';
  readonly title: Extract<MediaReference, { kind: 'title' }>;
}

export interface SolidLayer extends LayerBase {
  readonly kind: 'solid';
  readonly color: string;
}

/**
 * Where a generated clip has nothing yet: drawn as its state by the viewer, as nothing (transparent) by the exporter.
 */
export interface PendingLayer extends LayerBase {
  readonly kind: 'pending';
}

export type Layer = PictureLayer | TitleLayer | SolidLayer | PendingLayer;

/** Back to front; the ground is black. Blending is 'over' in gamma-encoded bt709, on both sides. */
export interface PictureAtTick {
  readonly width: number;
  readonly height: number;
  readonly layers: readonly Layer[];
}

/** One stretch of sound; gain in linear amplitude as a piecewise linear curve over the stretch. */
export interface SoundSegment {
  readonly clipId: string;
  readonly trackId: string;
  readonly source: LayerSource;
  /** Which of the source's sound streams, by its index in the file; left out: the first. */
  readonly streamIndex?: number;
  readonly startTicks: Ticks;
  readonly durationTicks: Ticks;
  readonly sourceInTicks: Ticks;
  readonly speed: { readonly num: number; readonly den: number };
  readonly reversed: boolean;
  readonly gain: readonly { readonly atTicks: Ticks; readonly value: number }[];
}
