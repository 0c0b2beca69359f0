/**
 * The video family's request. Every action is one control (Wan-VACE): `known` holds the frames that exist, `mask` marks
 * what to generate. Without `known`, everything is generated.
 *
 * Graph contract. Names and shapes after WanVACE; L = maxTextTokens, D = text width, h = H/8, w = W/8,
 * T = 1 + (F-1)/4 latents of a window, C = figures.channels, K = figures in one picture, S = side of a drawing.
 *   textEncoder   input_ids i64[1,L], attention_mask i64[1,L]
 *                 -> encoder_hidden_states f32[1,L,D] (rows past the mask are zero)
 *   transformer   hidden_states f32[1,16,T,h,w], timestep f32[1] (sigma x 1000),
 *                 timestep_r f32[1] (same unit; equals timestep for plain flow matching), guidance f32[1],
 *                 encoder_hidden_states f32[1,L,D], control_hidden_states f32[1,96,T,h,w],
 *                 control_hidden_states_scale f32[controlScales], for packs with figures figures f32[1,C,T,h,w]
 *                 -> velocity f32[1,16,T,h,w]
 *   painter       who i64[1,5] (name, colour, garment, colour of the garment, skin tone)
 *                 -> picture f32[1,4,S,S] (premultiplied, 0..1)
 *   plane         layout f32[1,T,K,2,10] (two moments a latent: used, the affine map a..f from the frame's -1..1 to the
 *                 drawing's, swing of the legs, height and phase of the body's wave), textures f32[1,K,4,S,S],
 *                 and, if the plane has the input, camera f32[1,T,2,5] (the same moments: known, pan and tilt in frame
 *                 heights, zoom, roll in radians; zeros where unknown)
 *                 -> figures f32[1,C,T,h,w]
 *   encoderInit   frame f32[1,3,H,W] (-1..1) -> latent f32[1,16,h,w], cache_0..
 *   encoderStep   frames f32[1,12,H,W] (4 frames in channels, oldest first), cache_0..
 *                 -> latent f32[1,16,h,w], cache_out_0..
 *   decoderInit   latent f32[1,16,h,w] -> frame f32[1,3,H,W], cache_0..
 *   decoderStep   latent, cache_0.. -> frames f32[1,12,H,W], cache_out_0..
 *   upscaler      frame f32[1,3,H,W] (-1..1) -> picture f32[1,3,4H,4W], each frame by itself (upscale.ts)
 * Latents at the graphs are raw; the pipeline normalises with the manifest's mean and std.
 *
 * Control, 96 channels: 16 inactive (source x (1-m)), 16 reactive (source x m), 64 = mask by 8x8 space-to-channel,
 * nearest-exact in time. Reference pictures are prepended in time as [latent16, zeros16, zeros64] and dropped before
 * decoding.
 */
import type { Frames, MaskFrames } from '../pipeline.ts';
import type { WordReading } from '../wordReading.ts';

/** What to generate; all frames have the pack's size. */
export interface VideoRequest {
  readonly prompt: string;
  /** Frames, at least 1. The pipeline rounds up to 4k+1, uses windows beyond maxFrames, and trims the result. */
  readonly frameCount: number;
  readonly seed: number;
  readonly steps?: number;
  readonly guidance?: number;
  /** The frames that exist, frameCount of them at the pack's size; null = none. */
  readonly known: Frames | null;
  /** Same count and size. null with `known` keeps the structure and generates every pixel (restyle). */
  readonly mask: MaskFrames | null;
  /** Pictures of subjects; the pipeline letterboxes them on white to the pack's size. */
  readonly references: readonly Frames[];
  /** Edit that the words ask for in the mask; null = they describe the result. Only planners with edits use it. */
  readonly edit?: 'replace' | 'add' | 'remove' | null;
  /** What the known frames show, so that 'at night' applies to all of it. Only planners with scenes use it. */
  readonly about?: string | null;
  /** Strength of the control, 0..1 (`control_hidden_states_scale`); 1 by default. */
  readonly controlScale?: number;
}

/** The generated video. */
export interface VideoResult {
  /** At the pack's size. Known pixels outside the mask are unchanged, byte for byte. */
  readonly frames: Frames;
  /** Which words were used, guessed or not used. */
  readonly reading: WordReading;
  /** Number of reference pictures that could not be cut out: their figures appear as rectangles. */
  readonly uncutReferences: number;
}
