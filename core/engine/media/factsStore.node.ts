/** Facts and keys of files, from the file itself: remembered while size and dates stay, and in the cache. */
import { basename } from 'node:path';
import { FailureError } from '../../contract/errors.ts';
import { anySentence, sentence, type Sentence, type SentenceKey } from '../../contract/sentence.ts';
import { exists } from '../../disk/assetFiles.node.ts';
import { cacheKeyOfContent, type CacheFolder, type CacheKey } from '../../disk/cacheFolder.node.ts';
import { cacheKeyOf, claimFolder, stampOf, type FileStamp } from '../../disk/cacheKey.node.ts';
import { contentKeyOf } from '../../disk/contentKey.node.ts';
import { mediaFactsSchema, type MediaFacts } from '../../disk/facts.ts';
import { readJsonOrNull, writeJsonFile } from '../../disk/jsonFile.node.ts';
import { writeFailure } from '../../disk/projectFs.node.ts';
import type { ContentKey } from '../../document/names.ts';
import { describeZodError } from '../../document/parse.ts';
import { makeWholeFile } from '../../disk/wholeFile.node.ts';
import { hearingComplaints } from '../../ffmpeg/complaints.node.ts';
import { ticksFromSeconds } from '../../time/ticks.ts';
import { isAnimatedWebp, webpToPng } from './animation.node.ts';
import { avifToPng, isTransparentAvif } from './avifAlpha.node.ts';
import { probeFile } from './probe.node.ts';
import { readDamage, type Damage } from './readDamage.node.ts';

/** A file that is there, and what is known of it. */
export interface KnownFile {
  /** What is read. */
  readonly path: string;
  /** The user's file, where another is read in its place. */
  readonly original?: string;
  readonly facts: MediaFacts;
  /** Finds the file again when it has moved. */
  readonly contentKey: ContentKey;
  /** What is made from the file is kept under it. */
  readonly cacheKey: CacheKey;
}

/** Files remembered at once. */
const mostRemembered = 500;
/** Damaged places kept for a file. */
const mostDamage = 500;
/** What decodes within seconds. */
const longestLook = ticksFromSeconds(60);

/** Facts about media files, probed once and kept in the cache. */
export class FactsStore {
  readonly #cache: CacheFolder;
  /** By stamp: path, size and dates. */
  readonly #known = new Map<string, Promise<KnownFile>>();

  constructor(cache: CacheFolder) {
    this.#cache = cache;
  }

  /**
   * Facts and key of a file that is there, probed unless its content is known. Throws FailureError as probing does, and
   * 'notWritable' or 'diskFull' when they cannot be kept.
   */
  async of(path: string): Promise<KnownFile> {
    const stamp = await stampOf(path);
    // what is not a file is told apart by the probe's own failures
    if (stamp === null) return probedOnly(path);
    const known = this.#known.get(stamp.hash);
    if (known) return known;
    const looking = this.#look(path, stamp);
    this.#known.set(stamp.hash, looking);
    looking.catch(() => this.#known.delete(stamp.hash));
    if (this.#known.size > mostRemembered) this.#known.delete(this.#known.keys().next().value!);
    return looking;
  }

  /** What the cache says of a file, whether or not it is there; null when it says nothing sound. */
  async cached(cacheKey: CacheKey): Promise<MediaFacts | null> {
    const known = await readJsonOrNull(this.#cache.assetPath(cacheKey, 'facts'));
    return mediaFactsSchema.safeParse(known).data ?? null;
  }

  /** Keeps what was found of a file's damage later than by its probe. */
  async addDamage(path: string, found: readonly Damage[]): Promise<void> {
    const known = await this.of(path);
    const stamp = await stampOf(path);
    const facts = withDamage(known.facts, found);
    if (stamp === null || facts.damage.length === known.facts.damage.length) return;
    await this.#write(this.#cache.assetPath(known.cacheKey, 'facts'), facts);
    this.#known.set(stamp.hash, Promise.resolve({ ...known, facts }));
  }

  async #look(path: string, stamp: FileStamp): Promise<KnownFile> {
    // a file that cannot be read: the probe says so in words
    const contentKey = await contentKeyOf(path).catch(async () => (await probedOnly(path)).contentKey);
    const cacheKey = await this.#keyFor(contentKey, stamp);
    const cached = await this.cached(cacheKey);
    // proxies and decoded sounds were made by facts of an earlier version, which count time in another way
    if (!cached && (await exists(this.#cache.assetPath(cacheKey, 'facts')))) {
      await this.#cache.forget(cacheKey);
      await this.#keyFor(contentKey, stamp);
    }
    const convert = await animationOf(path);
    const read = convert ? await this.#animation(path, cacheKey, convert) : path;
    const file = { path: read, contentKey, cacheKey, ...(read === path ? {} : { original: path }) };
    if (cached) {
      await this.#cache.touch(this.#cache.mediaFolder(cacheKey));
      // it says who owns the other
      await this.#cache.touch(this.#cache.mediaFolder(cacheKeyOfContent(contentKey)));
      return { ...file, facts: renamed(cached, basename(path)) };
    }
    const { facts: probed, found } = await probeAndLook(read);
    const facts = withDamage(checked(probed, path), found);
    await this.#write(this.#cache.assetPath(cacheKey, 'facts'), facts);
    return { ...file, facts };
  }

  async #keyFor(contentKey: ContentKey, stamp: FileStamp): Promise<CacheKey> {
    await claimFolder(this.#cache, contentKey, stamp).catch((error: unknown) => {
      throw writeFailure(error, this.#cache.root);
    });
    return cacheKeyOf(this.#cache, contentKey, stamp);
  }

  /** Made once, and again where the cache was emptied. */
  async #animation(path: string, cacheKey: CacheKey, convert: typeof webpToPng): Promise<string> {
    const to = this.#cache.assetPath(cacheKey, 'animation');
    if (await exists(to)) return to;
    await makeWholeFile(to, (temporary) => convert(path, temporary)).catch((error: Error) => {
      if (error instanceof FailureError) throw error;
      const reason = `${error.message.split('\n')[0]}.`;
      throw new FailureError('damaged', sentence('media.damaged', { name: basename(path), reason }), path);
    });
    return to;
  }

  async #write(path: string, value: unknown): Promise<void> {
    await writeJsonFile(path, value).catch((error: unknown) => {
      throw writeFailure(error, this.#cache.root);
    });
  }
}

/** What writes an animation as a PNG, where ffmpeg does not read it as it is meant; null where it does. */
async function animationOf(path: string): Promise<typeof webpToPng | null> {
  if (await isAnimatedWebp(path)) return webpToPng;
  // what cannot be probed is refused in words later
  return (await isTransparentAvif(path).catch(() => false)) ? avifToPng : null;
}

/** Two files with the same content have their facts in common, except for the name in their sentences. */
function renamed(facts: MediaFacts, name: string): MediaFacts {
  if (facts.damage.length === 0) return facts;
  const damage = facts.damage.map((one) => ({ ...one, what: withName(one.what, name) }));
  return { ...facts, damage };
}

function withName(what: Sentence, name: string): Sentence {
  if (typeof what.params['name'] !== 'string' || what.params['name'] === name) return what;
  const told = anySentence(what.key as SentenceKey, { ...what.params, name });
  // a key of another version has no template here
  return told.text === what.key ? what : told;
}

function withDamage(facts: MediaFacts, found: readonly Damage[]): MediaFacts {
  const isKnown = (one: Damage) => facts.damage.some(({ seconds }) => Math.abs(seconds - one.seconds) < 0.5);
  const added = found.filter((one) => !isKnown(one));
  const damage = [...facts.damage, ...added].toSorted((a, b) => a.seconds - b.seconds).slice(0, mostDamage);
  if (added.length === 0) return facts;
  // where damage lies, ffmpeg may lose its place in a seek
  const unsure = facts.sounds.map((sound) => ({ ...sound, sampleExact: false }));
  return { ...facts, damage, sounds: unsure, audio: unsure[0] ?? null };
}

/** A short file of which ffprobe complains is decoded at once; a long one when it is prepared or used. */
async function probeAndLook(path: string): Promise<{ facts: MediaFacts; found: readonly Damage[] }> {
  const { result: facts, complaints } = await hearingComplaints(() => probeFile(path));
  const isShort = facts.durationTicks <= longestLook && facts.kind !== 'image';
  return { facts, found: complaints.has(path) && isShort ? await readDamage(path, facts, null) : [] };
}

async function probedOnly(path: string): Promise<KnownFile> {
  const facts = checked(await probeFile(path), path);
  const contentKey = await contentKeyOf(path);
  return { path, facts, contentKey, cacheKey: cacheKeyOfContent(contentKey) };
}

/** A file's own header can say anything: what the rest of the engine cannot work with is refused here. */
function checked(facts: MediaFacts, path: string): MediaFacts {
  const parsed = mediaFactsSchema.safeParse(facts);
  if (parsed.success) return parsed.data;
  throw new FailureError('unsupported', `${path} cannot be used: ${describeZodError(parsed.error)}.`, path);
}
