/**
 * Parameters of every method, checked before a handler sees them: what comes over a socket is not to be trusted.
 * Answers are the engine's own and are not checked.
 */
import { lookIds } from '../actions/restyle/looks.ts';
import { z } from 'zod';
import { journalEntrySchema } from '../document/journal.ts';
import { idSchema } from '../document/names.ts';
import { parseWith, type Parsed } from '../document/parse.ts';
import { generationRequestSchema } from '../actions/schema.ts';
import { extendRequestSchema } from '../actions/extend/schema.ts';
import { inpaintRequestSchema } from '../actions/inpaint/schema.ts';
import { fillGapRequestSchema } from '../actions/fillGap/schema.ts';
import {
  drawnMaskSchema,
  followedMaskSchema,
  frameRateSchema,
  pictureRefSchema,
  sourceRefSchema,
} from '../document/refs.ts';
import type { MethodName, Params } from './contract.ts';
import type { ExportSettings, JobSpec } from './jobs.ts';
import { wantedInPictureSchema } from './masks.ts';
import { languageSchema } from './transcript.ts';

const id = idSchema;
const packId = z.string().min(1).max(64);
const path = z
  .string()
  .min(1)
  .max(4096)
  .refine((text) => !text.includes('\0'), 'holds a zero byte');
const ticks = z.number().int().safe().nonnegative();
const nothing = z.object({});
const projectId = id;

const wantedWords = {
  soundStream: z.number().int().min(0).max(9999).nullable(),
  language: languageSchema.nullable(),
  packId: packId.nullable(),
};

/** An export's settings as they arrive from the window. */
export const exportSettingsSchema: z.ZodType<ExportSettings> = z.object({
  preset: z.enum([
    'h264-1080p',
    'h264-720p',
    'h264-2160p',
    'h265-1080p',
    'av1-1080p',
    'prores-422',
    'lossless',
    'frames-png',
    'wav-mix',
  ]),
  outputPath: path,
  sequenceId: id,
  range: z.object({ startTicks: ticks, durationTicks: ticks.positive() }).nullable(),
  width: z.number().int().min(16).max(8192).nullable(),
  height: z.number().int().min(16).max(8192).nullable(),
  crf: z.number().min(0).max(63).nullable(),
});

/** A job as it arrives from the window or from the stored queue. */
export const jobSpecSchema: z.ZodType<JobSpec> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('generation'), projectId, clipId: id, request: generationRequestSchema }),
  z.object({ kind: z.literal('export'), projectId, settings: exportSettingsSchema as z.ZodType<ExportSettings> }),
  z.object({ kind: z.literal('mediaCache'), projectId, mediaId: id }),
  z.object({
    kind: z.literal('follow'),
    projectId,
    clipId: id,
    source: sourceRefSchema,
    mask: followedMaskSchema,
  }),
  z.object({ kind: z.literal('index'), projectId, mediaId: id, wanted: z.boolean() }),
  z.object({ kind: z.literal('transcript'), projectId, mediaId: id, ...wantedWords }),
  z.object({
    kind: z.literal('previewRender'),
    projectId,
    sequenceId: id,
    startTicks: ticks,
    durationTicks: ticks.positive(),
  }),
]);

const size = z.number().int().min(16).max(8192).optional();

const newName = z.string().trim().min(1).max(60);
const newNames = z.object({
  sequence: newName,
  tracks: z.object({
    picture: newName,
    overlay: newName,
    titles: newName,
    speech: newName,
    foley: newName,
    ambience: newName,
    music: newName,
  }),
});

/** The parameters of every method; the server checks each call by these. */
export const paramSchemas: { readonly [M in MethodName]: z.ZodType<Params<M>> } = {
  'app.status': nothing,
  'app.doctor': nothing,
  'project.recent': nothing,
  'project.create': z.object({
    name: z.string().trim().min(1).max(200),
    folder: path.nullable(),
    width: size,
    height: size,
    rate: frameRateSchema.optional(),
    names: newNames.optional(),
  }),
  'project.open': z.object({ folder: path }),
  'project.openDemo': nothing,
  'project.append': z.object({ projectId, entries: z.array(journalEntrySchema).max(100_000) }),
  'project.close': z.object({ projectId }),
  'media.import': z.object({ projectId, paths: z.array(path).max(10_000) }),
  'media.assets': z.object({ projectId, mediaIds: z.array(id) }),
  'seen.list': z.object({ projectId, mediaIds: z.array(id).max(10_000) }),
  'seen.looks': z.object({ projectId, mediaId: id }),
  'transcript.list': z.object({ projectId, mediaIds: z.array(id).max(10_000) }),
  'transcript.estimate': z.object({ projectId, mediaId: id, ...wantedWords }),
  'app.playing': z.object({ playing: z.boolean() }),
  'media.relink': z.object({ projectId, mediaId: id, path, force: z.boolean().optional() }),
  'takes.assets': z.object({ projectId, takeIds: z.array(id) }),
  'takes.recipe': z.object({ projectId, takeId: id }),
  'jobs.submit': z.object({ spec: jobSpecSchema }),
  'jobs.cancel': z.object({ jobId: id }),
  'jobs.list': z.object({ projectId: projectId.nullable() }),
  'jobs.clear': z.object({ jobIds: z.array(id) }),
  'jobs.openOutput': z.object({ jobId: id }),
  'masks.select': z.object({ projectId, picture: pictureRefSchema, wanted: wantedInPictureSchema }),
  'masks.overlays': z.object({ projectId, source: sourceRefSchema }),
  'looks.pictures': z.object({
    projectId,
    picture: pictureRefSchema,
    looks: z
      .array(z.array(z.enum(lookIds)).max(5))
      .min(1)
      .max(40),
    strength: z.number().min(0).max(1),
    longestPx: z.number().int().min(32).max(1280),
    reference: pictureRefSchema.nullable(),
    keepFaces: z.boolean(),
  }),
  'additions.preview': z.object({
    projectId,
    request: inpaintRequestSchema,
    longestPx: z.number().int().min(32).max(1920),
  }),
  'joins.previews': z.object({
    projectId,
    request: z.discriminatedUnion('action', [extendRequestSchema, fillGapRequestSchema]),
    longestPx: z.number().int().min(32).max(640),
  }),
  'joins.matchCut': z.object({
    projectId,
    request: fillGapRequestSchema,
    rate: frameRateSchema,
    mostBefore: z.number().int().nonnegative().max(1000),
    mostAfter: z.number().int().nonnegative().max(1000),
  }),
  'masks.followed': z.object({ projectId, source: sourceRefSchema, mask: followedMaskSchema }),
  'masks.moves': z.object({ projectId, source: sourceRefSchema, sourceTicks: ticks, mask: drawnMaskSchema }),
  'masks.frame': z.object({ id: z.string().regex(/^[0-9a-f]{32}$/), sourceTicks: ticks }),
  'generation.read': z.object({ projectId, request: generationRequestSchema }),
  'generation.estimate': z.object({ projectId, request: generationRequestSchema }),
  'generation.hash': z.object({
    projectId,
    requests: z.array(generationRequestSchema),
    takeHashes: z.array(z.string().max(64)).optional(),
  }),
  'export.estimate': z.object({ projectId, settings: exportSettingsSchema }),
  'render.missingGlyphs': z.object({ text: z.string().max(10_000) }),
  'render.frame': z.object({ projectId, sequenceId: id, ticks }),
  'packs.list': nothing,
  'packs.verify': z.object({ packId }),
  'packs.add': z.object({ path }),
  'packs.remove': z.object({ packId }),
  'soundFont.status': nothing,
  'soundFont.install': z.object({ path }),
  'soundFont.remove': nothing,
  'files.list': z.object({ folder: path.nullable() }),
};

/** True for the name of a method of the contract; names inherited from Object are not. */
export function isMethod(name: string): name is MethodName {
  return Object.hasOwn(paramSchemas, name);
}

/** `reason` continues 'The parameters of "project.open" do not fit: '. */
export function parseParams<M extends MethodName>(method: M, params: unknown): Parsed<Params<M>> {
  return parseWith<Params<M>>(paramSchemas[method] as z.ZodType<Params<M>>, params);
}
