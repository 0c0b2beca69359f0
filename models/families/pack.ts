/**
 * What a model pack is: data described by a manifest, never code. A pack is a folder (or a .zip of one) that holds
 * `manifest.json`, ONNX graphs, tokenizers and a card. One pack may serve several families: the starter pack serves
 * `video` and `soundtrack`, the pack `footage` serves `footage`, packs for speech to text serve `words`.
 */
import { z } from 'zod';

/** The manifest format that this version reads. */
export const packManifestVersion = 1;

/** The pipelines a pack can serve. */
export const familyIdSchema = z.enum(['video', 'soundtrack', 'footage', 'words']);
/** One of the pipelines. */
export type FamilyId = z.infer<typeof familyIdSchema>;

/** Path of a file inside the pack: relative, forward slashes, no `..`, no drive, no leading slash. */
export const packPathSchema = z
  .string()
  .min(1)
  .max(200)
  .refine((path) => /^[\w.-]+(\/[\w.-]+)*$/.test(path) && !path.split('/').includes('..'), {
    message: 'names a path outside the pack',
  });

/** A file of the pack with its size in bytes and its SHA-256. */
export const packFileSchema = z.object({
  path: packPathSchema,
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  sizeBytes: z.number().int().nonnegative(),
});

/** What the video pipeline needs to know about its graphs. Lengths in frames, sizes in pixels. */
export const videoFamilySchema = z.object({
  family: z.literal('video'),
  graphs: z.object({
    textEncoder: packPathSchema,
    transformer: packPathSchema,
    encoderInit: packPathSchema,
    encoderStep: packPathSchema,
    decoderInit: packPathSchema,
    decoderStep: packPathSchema,
    upscaler: packPathSchema.optional(),
  }),
  tokenizer: packPathSchema,
  /** Words the text encoder saw in training, one per line: those the editor calls 'known to this pack'. */
  vocabulary: packPathSchema.optional(),
  maxTextTokens: z.number().int().positive(),
  width: z.number().int().positive(),
  height: z.number().int().positive(),
  fps: z.number().positive(),
  /** Longest window the model was trained on, in frames, 4k+1. */
  maxFrames: z.number().int().positive(),
  latent: z.object({
    channels: z.literal(16),
    spatialFactor: z.literal(8),
    temporalFactor: z.literal(4),
    mean: z.array(z.number()).length(16),
    std: z.array(z.number()).length(16),
  }),
  /** Packs that draw figures by name: see planners/storybook. */
  figures: z
    .object({
      painter: packPathSchema,
      plane: packPathSchema,
      cast: packPathSchema,
      /** Word-vector neighbours of names, in older packs. No planner reads them: most of them mean something else. */
      nearWords: packPathSchema.optional(),
      /** Channels of the plane, the transformer's `figures` input. */
      channels: z.number().int().positive(),
    })
    .optional(),
  controlChannels: z.literal(96),
  controlScales: z.number().int().nonnegative(),
  scheduler: z.object({
    kind: z.literal('flow-euler'),
    shift: z.number().positive(),
    defaultSteps: z.number().int().positive(),
    defaultGuidance: z.number(),
    /**
     * Guidance applies while sigma is at least this (Kynkäänniemi et al., 2024), since place and light are settled
     * early. Always if absent.
     */
    guidanceMinSigma: z.number().min(0).max(1).optional(),
    /**
     * Share of the initial noise's variance that all latent frames have in common, 0..1; 0 if absent. Only for models
     * trained with it.
     */
    sharedNoise: z.number().min(0).max(1).optional(),
    /** True when the transformer has `timestep_r` and `guidance` inputs (few-step models). */
    fewStepInputs: z.boolean(),
  }),
});

/** What the soundtrack pipeline needs to know about its graphs. */
export const soundtrackFamilySchema = z.object({
  family: z.literal('soundtrack'),
  graphs: z.object({
    textEncoder: packPathSchema,
    transformer: packPathSchema,
    decoder: packPathSchema,
    encoder: packPathSchema,
    music: packPathSchema.optional(),
  }),
  tokenizer: packPathSchema,
  vocabulary: packPathSchema.optional(),
  maxTextTokens: z.number().int().positive(),
  sampleRateHz: z.literal(48000),
  latentRateHz: z.number().positive(),
  latentChannels: z.number().int().positive(),
  /** Channels of the frame-aligned video features added to each latent frame; see families/soundtrack/README.md. */
  videoFeatureChannels: z.number().int().positive(),
  maxLatentFrames: z.number().int().positive(),
  latentMean: z.array(z.number()),
  latentStd: z.array(z.number()),
  stft: z.object({ fftSize: z.number().int().positive(), hopSize: z.number().int().positive() }),
  scheduler: z.object({
    kind: z.literal('flow-euler'),
    shift: z.number().positive(),
    defaultSteps: z.number().int().positive(),
    defaultGuidance: z.number(),
  }),
});

/** Models that analyse footage and generate nothing. A pack may have any of the graphs. */
export const footageFamilySchema = z.object({
  family: z.literal('footage'),
  graphs: z.object({
    /** Speech detection; contract in families/footage/speech.ts. */
    speech: packPathSchema.optional(),
    /**
     * U-2-Netp, what stands out in a picture: 'input.1' f32[1,3,320,320] (RGB divided by the picture's largest value,
     * then (x - mean) / deviation of ImageNet) -> '1959' f32[1,1,320,320], to be stretched to 0..1.
     */
    select: packPathSchema.optional(),
    /** MediaPipe Selfie: picture f32[1,256,256,3] (RGB, 0..1) -> mask f32[1,256,256,1] (0..1, people). */
    people: packPathSchema.optional(),
    /**
     * NanoDet, the 80 things of COCO: picture f32[1,3,416,416] (BGR, 0..255, minus 103.53, 116.28, 123.675, divided by
     * 57.375, 57.12, 58.395) -> for s = 8, 16, 32 with n = (416 / s)^2 cells in rows: scores<s> f32[1,n,80] (0..1) and
     * boxes<s> f32[1,n,44] (left, top, right, bottom from the cell's centre, each the logits of 0..10 times s px).
     */
    things: packPathSchema.optional(),
    /**
     * RIFE v4, flow to a moment between two frames: img0, img1 f32[1,3,h,w] (RGB, 0..1, h and w multiples of 32),
     * timestep f32[1] (0..1) -> flow f32[1,4,h,w] (px: x, y into img0, x, y into img1), mask f32[1,1,h,w] (0..1, how
     * much of img0).
     */
    between: packPathSchema.optional(),
    /** waifu2x photo: picture f32[1,3,h,w] (RGB, 0..1) -> enlarged f32[1,3,2h-28,2w-28], without 7 px at each edge. */
    upscale2x: packPathSchema.optional(),
    /** As `upscale2x`, for compressed or slightly noisy pictures. */
    upscale2xDenoise1: packPathSchema.optional(),
    /**
     * DeepFilterNet3 at 48 kHz, S frames of 10 ms: feat_erb f32[1,1,S,32], feat_spec f32[1,2,S,96] -> e0..e3, emb, c0,
     * lsnr f32[1,S,1] (dB).
     */
    denoiseSpeechEncoder: packPathSchema.optional(),
    /** emb, e3, e2, e1, e0 of the encoder -> m f32[1,1,S,32], the gains of 32 bands. */
    denoiseSpeechGains: packPathSchema.optional(),
    /** emb, c0 of the encoder -> coefs f32[1,S,96,10], five complex filter taps for each of the lowest 96 bins. */
    denoiseSpeechFilters: packPathSchema.optional(),
  }),
});

const tokenIds = z.array(z.number().int().nonnegative().max(1_000_000)).max(10_000);

/** Speech to text with a Whisper model; the contract of the graphs is in families/words/graphs.ts. */
export const wordsFamilySchema = z.object({
  family: z.literal('words'),
  graphs: z.object({ encoder: packPathSchema, decoder: packPathSchema }),
  /** JSON: the texts of all tokens in order, as GPT-2's vocabulary spells bytes. */
  tokens: packPathSchema,
  /** Codes of the languages it knows, 'en'. */
  languages: z
    .array(z.string().regex(/^[a-z]{2,3}$/))
    .min(1)
    .max(200),
  decoderLayers: z.number().int().min(1).max(64),
  heads: z.number().int().min(1).max(64),
  headSize: z.number().int().min(1).max(256),
  melBands: z.number().int().min(1).max(256),
  textLength: z.number().int().min(64).max(4096),
  suppressed: tokenIds,
  suppressedFirst: tokenIds,
  /** How much later than a word begins the model's attention comes to it, s; measured for known models. */
  lateSeconds: z.number().min(-0.5).max(0.5),
});

/** A pack's manifest.json. */
export const packManifestSchema = z.object({
  manifestVersion: z.literal(packManifestVersion),
  id: z.string().regex(/^[a-z0-9][a-z0-9.-]{0,63}$/),
  name: z.string().min(1).max(80),
  version: z.string().regex(/^\d+\.\d+\.\d+$/),
  licence: z.string().min(1),
  description: z.string().max(500),
  /** What the pack can and cannot do, one sentence each. */
  can: z.array(z.string()),
  cannot: z.array(z.string()),
  memoryBytes: z.number().int().positive(),
  /**
   * Set for int8 graphs, which run fastest on a CPU: they run there even if a GPU is present, unless
   * FRAMEWRIGHT_PROVIDER says otherwise.
   */
  madeFor: z.literal('cpu').optional(),
  files: z.array(packFileSchema).min(1),
  families: z
    .array(
      z.discriminatedUnion('family', [
        videoFamilySchema,
        soundtrackFamilySchema,
        footageFamilySchema,
        wordsFamilySchema,
      ]),
    )
    .min(1),
});
/** A validated manifest. */
export type PackManifest = z.infer<typeof packManifestSchema>;
/** A manifest's entry for the video pipeline. */
export type VideoFamily = z.infer<typeof videoFamilySchema>;
/** A manifest's entry for footage analysis. */
export type FootageFamily = z.infer<typeof footageFamilySchema>;
/** A manifest's entry for the soundtrack pipeline. */
export type SoundtrackFamily = z.infer<typeof soundtrackFamilySchema>;
/** A manifest's entry for speech to text. */
export type WordsFamily = z.infer<typeof wordsFamilySchema>;
