/** What was seen and heard in a media file: an index that is searched, cut by and reframed by. Kept in the cache. */
import { z } from 'zod';

/** Another version is computed again. */
export const seenVersion = 1;

const ticks = z.number().int().safe().nonnegative();
const share = z.number().min(0).max(1);

/** Left, top, width and height in fractions of the picture as shown. */
const boxSchema = z.tuple([share, share, share, share]);

/** One look at a moment: the things that were found, the surest first. */
const lookSchema = z.object({
  ticks,
  things: z.array(z.object({ name: z.string().max(40), score: share, box: boxSchema })).max(100),
});

/** Kinds of moments other than things. */
export const momentNames = {
  shot: ['closeUp', 'medium', 'wide'],
  camera: ['still', 'panLeft', 'panRight', 'tiltUp', 'tiltDown', 'zoomIn', 'zoomOut', 'shaky'],
  picture: ['soft', 'dark', 'overexposed'],
  sound: ['speech', 'silence', 'loud', 'quiet'],
} as const;

const stretch = { fromTicks: ticks, toTicks: ticks };
const momentSchema = z.discriminatedUnion('kind', [
  /** `count`: the most that were seen at once, in at least two looks. */
  z.object({ kind: z.literal('thing'), name: z.string().max(40), count: z.number().int().min(1).max(100), ...stretch }),
  z.object({ kind: z.literal('shot'), name: z.enum(momentNames.shot), ...stretch }),
  z.object({ kind: z.literal('camera'), name: z.enum(momentNames.camera), ...stretch }),
  z.object({ kind: z.literal('picture'), name: z.enum(momentNames.picture), ...stretch }),
  z.object({ kind: z.literal('sound'), name: z.enum(momentNames.sound), ...stretch }),
]);

const cutSchema = z.object({
  /** First tick of the new shot; in the middle of a dissolve. */
  ticks,
  kind: z.enum(['cut', 'dissolve']),
});

/** As kept on disk. Times in ticks of the file. */
export const seenSchema = z.object({
  version: z.literal(seenVersion),
  durationTicks: ticks,
  /** In order. */
  cuts: z.array(cutSchema).max(100_000),
  looks: z.array(lookSchema).max(20_000),
  /** Ordered by their start. */
  moments: z.array(momentSchema).max(100_000),
});
/** As `seenSchema`. */
export type Seen = Readonly<z.infer<typeof seenSchema>>;
/** What is searched and cut by; the looks themselves are many. */
export type SeenSummary = Omit<Seen, 'looks'>;
/** One look. */
export type SeenLook = Seen['looks'][number];
/** A stretch in which something is seen or heard. */
export type SeenMoment = Seen['moments'][number];
/** A change of shot inside a file. */
export type SeenCut = Seen['cuts'][number];
