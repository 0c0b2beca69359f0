/**
 * What the three threads of preview sound say to each other. The window orders; the feed (a worker) decodes and mixes;
 * the output (an audio worklet) plays from its ring buffer. Blocks go from feed to output over a port of their own, so
 * that a busy window never stops the sound.
 */
import type { SoundSegment } from '../../../../core/render/layers.ts';
import type { Ticks } from '../../../../core/time/ticks.ts';

/** Hz: everything is mixed at this rate. */
export const soundRateHz = 48_000;

/** One side of two takes that are compared by ear: both play, one is heard. */
export interface HeardSegment extends SoundSegment {
  readonly side?: 'a' | 'b';
}

/** A segment with the file that it is decoded from. */
export interface FeedSegment extends HeardSegment {
  readonly url: string;
}

/** Window -> feed. `run` counts the starts: what belongs to an earlier one is dropped. */
export type FeedOrder =
  | { readonly kind: 'connect'; readonly port: MessagePort }
  | {
      readonly kind: 'start';
      readonly run: number;
      readonly fromTicks: Ticks;
      readonly segments: readonly FeedSegment[];
      readonly heard: 'a' | 'b';
    }
  | { readonly kind: 'change'; readonly segments: readonly FeedSegment[]; readonly heard: 'a' | 'b' }
  | { readonly kind: 'stop' };

/** Feed -> window. */
export type FeedReport =
  | {
      readonly kind: 'levels';
      readonly run: number;
      readonly fromFrame: number;
      /** Track id and the sample peak of its part of the block, linear. */
      readonly peaks: readonly (readonly [string, number])[];
    }
  /** A file with sound that this browser cannot decode. */
  | { readonly kind: 'undecodable'; readonly url: string }
  /** Mixed without a clip whose decoder was late. */
  | { readonly kind: 'late'; readonly run: number };

/** Feed -> output. */
export type OutputOrder =
  | {
      readonly kind: 'block';
      readonly run: number;
      readonly fromFrame: number;
      readonly left: Float32Array<ArrayBuffer>;
      readonly right: Float32Array<ArrayBuffer>;
    }
  | { readonly kind: 'begin'; readonly run: number };

/** Output -> feed: frames taken from the ring so far. */
export interface OutputPosition {
  readonly run: number;
  readonly frame: number;
}

/** Window -> output. */
export type OutputControl =
  | { readonly kind: 'connect'; readonly port: MessagePort }
  | { readonly kind: 'stop'; /** The last run that ends. */ readonly run: number };

/** Output -> window. */
export type OutputReport =
  | { readonly kind: 'began'; readonly run: number; /** On the audio clock, s. */ readonly atSeconds: number }
  | {
      readonly kind: 'count';
      readonly run: number;
      /** Frames played, and frames that were not there when their time came. */
      readonly delivered: number;
      readonly missing: number;
    };
