/**
 * The soundtrack family's request: picture features and text in, three stems out.
 *
 * Graph contract (L = maxTextTokens, D = text width, N latent frames at 25 Hz, C = 32 latent channels,
 * V = 8 picture features, K = 5 N spectrum frames, 513 bins):
 *   textEncoder  input_ids i64[1,L], attention_mask i64[1,L] -> encoder_hidden_states f32[1,L,D] (rows past the mask
 *                zero; all rows zero = no text)
 *   transformer  hidden_states f32[1,C,N], timestep f32[1] (sigma x 1000, 1000 = noise), timestep_r f32[1] (same unit;
 *                = timestep for plain flow matching), guidance f32[1] (1 = none), encoder_hidden_states f32[1,L,D],
 *                video_features f32[1,V,N] (0..1, see README.md), context_hidden_states f32[1,C+1,N] (known latents,
 *                zero where unknown, then the mask: 1 = known), stem i64[1] (0 ambience, 1 foley, 2 kept for music)
 *                -> velocity f32[1,C,N] (noise minus sound: one Euler step is x += (sigma_next - sigma) * velocity)
 *   encoder      spectrum f32[1,2,513,K] (re, im of the STFT below) -> latent f32[1,C,N]
 *   decoder      latent f32[1,C,N] -> log_magnitude f32[1,513,K] (ln amplitude), tonality f32[1,513,K] (0 = noise,
 *                1 = tone; the pipeline fills in phase accordingly)
 *   music        token i64[1,T], position f32[T], past f32[layers,2,1,heads,P,width] -> logits f32[1,T,243],
 *                present f32[layers,2,1,heads,P+T,width]. T > 1 only with P = 0. Tokens: musicTokens.ts.
 *   Latents are raw at the encoder and decoder, and normalised with the manifest's mean and std at the transformer.
 *   STFT: 1024 samples, periodic Hann, hop 384, frame k centred on sample (k + 0.5) * 384, divided by sqrt(384).
 */
import type { SpeechFinder } from '../footage/speech.ts';
import type { Frames, PipelineContext } from '../pipeline.ts';
import type { WordReading } from '../wordReading.ts';
import type { SoundSource, SoundStore } from './soundStore.ts';

/** The three stems of a soundtrack. */
export type StemKind = 'ambience' | 'foley' | 'music';

/** Frames read one by one, in order: RGB, 8 bit, [height, width, 3]. The next read may overwrite the last frame. */
export interface FrameSource {
  readonly frameCount: number;
  readonly width: number;
  readonly height: number;
  read(frame: number): Uint8Array;
}

/** A stretch of a stem to regenerate; everything around it stays, sample for sample. */
export interface SoundtrackPart {
  /** The current stem, as long as the request. */
  readonly old: SoundSource;
  readonly fromSeconds: number;
  readonly toSeconds: number;
  /** Prompt of the whole stem: music keeps its plan (form, tempo, key, players) and its other bars. */
  readonly rootPrompt: string;
  readonly rootSeed: number;
}

/** What to generate. */
export interface SoundtrackRequest {
  readonly prompt: string;
  readonly durationSeconds: number;
  readonly seed: number;
  readonly steps?: number;
  readonly guidance?: number;
  readonly stems: readonly StemKind[];
  /** The picture, small (64x36 or so) at `fps`; null = from text alone. */
  readonly picture: { readonly frames: Frames | FrameSource; readonly fps: number } | null;
  /** Times that foley and music must hit, in seconds from the start. */
  readonly hitSeconds: readonly number[];
  readonly tempoBpm?: number;
  /** The clip's own sound, mono at 16 kHz: the stems are turned down under its speech. */
  readonly ownSound?: Int16Array | null;
  /** Integrated loudness of the stems' sum, LUFS; -16 by default. */
  readonly loudnessLufs?: number;
  /** For a single stem: separately made stems that play with it, whose sum has the loudness (share.ts). */
  readonly besides?: readonly StemKind[];
  /** For a single stem: generate only this part, with loudness that follows its surroundings. */
  readonly part?: SoundtrackPart | null;
}

/**
 * What the soundtrack pipeline needs from its surroundings. Without `openSound` stems are kept in memory. The SoundFont
 * plays the music; without one the built-in instruments do.
 */
export interface SoundtrackContext extends PipelineContext {
  openSound?(stem: StemKind, sampleCount: number): SoundStore;
  /** Bytes of an .sf2 or .sf3. */
  readonly soundFont?: { read(): Promise<ArrayBuffer> } | null;
  /** Finds speech in `ownSound`; without it no stem is turned down. */
  readonly findSpeech?: SpeechFinder | null;
}

/** Who played the music. `problem` completes 'The SoundFont cannot be used: '. */
export type PlayedBy = { readonly kind: 'soundFont' } | { readonly kind: 'builtIn'; readonly problem: string | null };

/** The generated soundtrack. */
export interface SoundtrackResult {
  /** 48 kHz stereo, exactly round(durationSeconds * 48000) samples each. */
  readonly stems: Readonly<Partial<Record<StemKind, SoundStore>>>;
  /** The text encoder's input, and a description of the music. */
  readonly rewrittenPrompt: string;
  readonly reading: WordReading;
  /** null if there is no music. */
  readonly playedBy: PlayedBy | null;
}
