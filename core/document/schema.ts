/**
 * The document: what a project is. Vocabulary after OpenTimelineIO: project > sequence > track > clip | gap |
 * transition. Clips start at absolute ticks, so a gap is simply where no clip is. All of it is plain JSON.
 * Times in ticks (core/time), screen lengths in pixels of the sequence, levels in dB, angles in degrees clockwise.
 */
import { z } from 'zod';
import { actionKindSchema, generationRequestSchema } from '../actions/schema.ts';
import { contentKeySchema, idSchema, takeFileSchema } from './names.ts';
import { sentenceSchema } from './sentence.ts';
import { fraction, frameRateSchema, lengthSchema, rateSchema, ticksSchema } from './refs.ts';

export type { ActionKind, GenerationRequest } from '../actions/schema.ts';
export type { DrawnMask, FollowedMask, Mask, PictureRef, SourceRef } from './refs.ts';

/** Version of the document's schema; `migrate.ts` brings older documents up to it. */
export const documentVersion = 4;

const id = idSchema;
const ticks = ticksSchema;
const length = lengthSchema;
const label = z.string().max(10_000);
const timestamp = z.string().max(64);
const speedSchema = fraction(1e-3, 1000);

/**
 * A file on disk that the user brought. `contentKey` = sha256 over size and sampled bytes: finds the file again when it
 * moved.
 */
export const mediaItemSchema = z.object({
  id,
  name: label,
  /** Absolute; '' when unknown. */
  path: z
    .string()
    .max(4096)
    .refine((path) => !path.includes('\0'), 'holds a zero byte'),
  contentKey: contentKeySchema,
  sizeBytes: z.number().int().nonnegative(),
  kind: z.enum(['video', 'audio', 'image']),
  durationTicks: ticks.nonnegative(),
  video: z
    .object({
      width: z.number().int().positive().max(100_000),
      height: z.number().int().positive().max(100_000),
      rate: rateSchema,
      codec: z.string().max(100),
      /** Rotation and pixel aspect already applied to width and height. */
      rotationDegrees: z.number().min(-3600).max(3600),
      hasAlpha: z.boolean(),
    })
    .nullable(),
  audio: z
    .object({
      sampleRateHz: z.number().int().positive().max(10_000_000),
      channels: z.number().int().positive().max(1024),
      codec: z.string().max(100),
    })
    .nullable(),
  importedAt: timestamp,
});
export type MediaItem = z.infer<typeof mediaItemSchema>;

const pictureSize = z.number().int().positive().max(32768);

/**
 * A take that covers only part of a picture: generated pixels laid over a source, frame by frame from `startTicks` in
 * the source's own time. Where they are transparent the source shows unchanged. Lengths are pixels of `picture`, the
 * source as decoded: upright, before its pixel aspect is applied.
 */
export const patchSchema = z.object({
  over: z.object({ kind: z.enum(['media', 'take']), id, startTicks: ticks.nonnegative() }),
  picture: z.object({ width: pictureSize, height: pictureSize }),
  box: z.object({
    x: z.number().int().nonnegative(),
    y: z.number().int().nonnegative(),
    width: pictureSize,
    height: pictureSize,
  }),
});
export type TakePatch = z.infer<typeof patchSchema>;

const guessedWordSchema = z.object({ word: label, takenFor: label });
export type GuessedWord = z.infer<typeof guessedWordSchema>;

const verdictSchema = z.object({
  kind: z.enum(['clean', 'check', 'invented']),
  sentence: sentenceSchema,
  /** Where to look, from the take's first frame on. */
  spans: z.array(z.object({ startTicks: ticks.nonnegative(), durationTicks: length })).max(1000),
  /** Of a removal: how far the thing seems to reach out of its mask, px of the source. */
  tightPx: z.number().int().positive().max(1000).optional(),
});
/** What a method on footage says of its result, measured while it was made. */
export type TakeVerdict = z.infer<typeof verdictSchema>;

/** A made thing on disk: `takes/<file>` with an immutable recipe beside it. */
export const takeSchema = z.object({
  id,
  /** File name inside the project's takes/ folder. */
  file: takeFileSchema,
  kind: z.enum(['video', 'audio', 'image']),
  action: actionKindSchema,
  prompt: label,
  rewrittenPrompt: label,
  /** Words of the prompt that had no effect. */
  unknownWords: z.array(label).max(10_000),
  /** Words that had their own meaning, and words taken for others. Takes made before these lists have neither. */
  usedWords: z.array(label).max(10_000).optional(),
  guessedWords: z.array(guessedWordSchema).max(10_000).optional(),
  seed: z.number().int(),
  packId: z.string().max(64),
  /** The method on footage that made it in the pack's place; none for what a pack's model made. */
  method: z.object({ id: z.string().max(64), version: z.number().int().nonnegative() }).optional(),
  verdict: verdictSchema.optional(),
  /** Of cleaned sound: its loudness less its source's, LU. Both are compared at the same loudness. */
  loudnessChangeDb: z.number().min(-200).max(200).optional(),
  /** Hash of request and inputs: differs from the clip's own -> stale. */
  requestHash: z.string().max(128),
  durationTicks: length,
  /** Of the picture it shows, px; a patch's is its source's. */
  width: z.number().int().nonnegative().max(100_000),
  height: z.number().int().nonnegative().max(100_000),
  rate: rateSchema.nullable(),
  /** Its file has an alpha channel: what lies below a cut-out shows around it. */
  hasAlpha: z.boolean().optional(),
  /**
   * For takes made from a source (inpaint, restyle): source time of the take's first frame, so that trims stay in step.
   */
  sourceStartTicks: ticks.nonnegative(),
  device: z.string().max(200),
  createdAt: timestamp,
  parentTakeId: id.nullable(),
  /** The clip it was made for (written by addTake): a clip that comes back by undo finds its takes again. */
  clipId: id.nullable().optional(),
  /** Where the file is laid over a source; none for whole frames, as all takes of version 1 are. */
  patch: patchSchema
    .refine(({ box, picture }) => box.x + box.width <= picture.width && box.y + box.height <= picture.height, {
      message: 'the box lies outside the picture',
    })
    .nullable()
    .optional(),
});
export type Take = z.infer<typeof takeSchema>;

/**
 * What a clip shows when no take is active: a file, words, a colour, or nothing yet (a generated clip before its first
 * take).
 */
export const mediaReferenceSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('media'), mediaId: id }),
  z.object({
    kind: z.literal('title'),
    text: z.string().max(2000),
    sizePx: z.number().positive().max(10_000),
    color: z.string().max(64),
    background: z.string().max(64).nullable(),
    align: z.enum(['left', 'center', 'right']),
    /** Where the block is in the frame; centred without it. Later than documents without it. */
    vertical: z.enum(['top', 'middle', 'bottom']).optional(),
    weight: z.union([z.literal(400), z.literal(600), z.literal(700)]),
  }),
  z.object({ kind: z.literal('solid'), color: z.string().max(64) }),
  z.object({ kind: z.literal('generated') }),
]);
export type MediaReference = z.infer<typeof mediaReferenceSchema>;

/**
 * Why an attempt failed, as the contract reports it. `message` is English; the window translates `sentence`. Documents
 * before version 3 kept a localised sentence, which became the message of code 'unknown'.
 */
export const generationFailureSchema = z.object({
  code: z.string().max(64),
  message: label,
  path: label.optional(),
  sentence: sentenceSchema.optional(),
});
export type GenerationFailure = z.infer<typeof generationFailureSchema>;

/** Most position keys of a clip: the exporter writes them out in one command. */
export const mostPositionKeys = 400;

const positionKeySchema = z.object({
  /** Time of the reference: a clip that is trimmed, slipped or split keeps what its picture does. */
  sourceTicks: ticks.nonnegative(),
  /** As `transform`, in its place. */
  x: z.number().min(-1e6).max(1e6),
  y: z.number().min(-1e6).max(1e6),
  /** How it goes on to the next key: on a smooth way, or by a jump when that key comes. */
  ease: z.enum(['smooth', 'hold']),
});
/** Where a clip's picture is at a moment of its source. */
export type PositionKey = z.infer<typeof positionKeySchema>;

/** A clip: a part of a source on a track, with its edits and takes. */
export const clipSchema = z.object({
  id,
  name: label,
  startTicks: ticks.nonnegative(),
  durationTicks: length,
  reference: mediaReferenceSchema,
  /**
   * Lowest source tick the clip uses: it shows [sourceInTicks, sourceInTicks + durationTicks * speed). Clip tick t
   * shows sourceInTicks + t * speed, or, reversed, counts down from the range's end: `sourceTicksAt` in sources.ts, and
   * core/render for what is drawn.
   */
  sourceInTicks: ticks.nonnegative(),
  speed: speedSchema,
  reversed: z.boolean(),
  /** Clips with the same linkId move, trim and split together (a shot and its sound). */
  linkId: id.nullable(),
  enabled: z.boolean(),
  transform: z.object({
    /** Offset of the centre from the sequence's centre, px. */
    x: z.number().min(-1e6).max(1e6),
    y: z.number().min(-1e6).max(1e6),
    /** 1 = fitted into the frame. */
    scale: z.number().positive().max(10_000),
    rotationDegrees: z.number().min(-1e6).max(1e6),
  }),
  /** Where the picture is over time, for clips that show a file or a take; none: where `transform` says. */
  positionKeys: z
    .array(positionKeySchema)
    .max(mostPositionKeys)
    .refine((keys) => keys.every((key, i) => i === 0 || key.sourceTicks > keys[i - 1]!.sourceTicks), {
      message: 'the keys are not in order',
    })
    .optional(),
  /** Fractions of the source picture cut away at each side, 0..1. */
  crop: z.object({
    left: z.number().min(0).max(1),
    top: z.number().min(0).max(1),
    right: z.number().min(0).max(1),
    bottom: z.number().min(0).max(1),
  }),
  opacity: z.number().min(0).max(1),
  volumeDb: z.number().min(-96).max(24),
  /** Which sound stream of its media file the clip plays, by its index in the file; left out: the first. */
  soundStream: z.number().int().min(0).max(9999).optional(),
  fadeInTicks: ticks.nonnegative(),
  fadeOutTicks: ticks.nonnegative(),
  /** What was requested of the AI for this clip, and its takes; `activeTakeId` null shows `reference` itself. */
  generation: z
    .object({
      request: generationRequestSchema,
      takeIds: z.array(id),
      activeTakeId: id.nullable(),
      /** Why the last attempt failed, until the next one: a reload still shows it. */
      failure: generationFailureSchema.nullable(),
    })
    .nullable(),
});
export type Clip = z.infer<typeof clipSchema>;

/** Crossfade centred on the cut between two abutting clips of one track; half of it before the cut, half after. */
export const transitionSchema = z.object({
  id,
  kind: z.enum(['crossfade']),
  fromClipId: id,
  toClipId: id,
  durationTicks: length,
});
export type Transition = z.infer<typeof transitionSchema>;

/** A track and its clips, which are sorted by start and do not overlap. */
export const trackSchema = z.object({
  id,
  kind: z.enum(['video', 'audio']),
  name: label,
  /** Chooses colour and default height: see DESIGN-LANGUAGE, Tracks. */
  role: z.enum(['picture', 'overlay', 'titles', 'speech', 'foley', 'ambience', 'music']),
  muted: z.boolean(),
  solo: z.boolean(),
  hidden: z.boolean(),
  locked: z.boolean(),
  gainDb: z.number().min(-96).max(24),
  /** Sorted by startTicks, never overlapping. */
  clips: z.array(clipSchema),
  transitions: z.array(transitionSchema),
});
export type Track = z.infer<typeof trackSchema>;

/** A named place on the timeline; a 'hit' also asks generated music to land on it. */
export const markerSchema = z.object({
  id,
  ticks: ticks.nonnegative(),
  name: label,
  kind: z.enum(['marker', 'hit']),
});
export type Marker = z.infer<typeof markerSchema>;

/** A timeline: its format, tracks and markers. */
export const sequenceSchema = z.object({
  id,
  name: label,
  rate: frameRateSchema,
  width: z.number().int().min(16).max(8192),
  height: z.number().int().min(16).max(8192),
  sampleRateHz: z.literal(48000),
  /** Drawn bottom to top: video tracks in this order from the back to the front; audio order is for display. */
  tracks: z.array(trackSchema),
  markers: z.array(markerSchema),
  inTicks: ticks.nonnegative().nullable(),
  outTicks: ticks.nonnegative().nullable(),
});
export type Sequence = z.infer<typeof sequenceSchema>;

/** A whole project as project.json holds it. */
export const projectDocumentSchema = z.object({
  schemaVersion: z.literal(documentVersion),
  id,
  name: z.string().min(1).max(200),
  createdAt: timestamp,
  media: z.record(id, mediaItemSchema),
  takes: z.record(id, takeSchema),
  sequences: z.record(id, sequenceSchema),
  activeSequenceId: id,
  /** Switches every AI control off. */
  aiEnabled: z.boolean(),
});
export type ProjectDocument = z.infer<typeof projectDocumentSchema>;
