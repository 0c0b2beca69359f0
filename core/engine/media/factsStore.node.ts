/** Facts and content keys of files, from the file itself: remembered while size and date stay, and in the cache. */
import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { basename } from 'node:path';
import { FailureError } from '../../contract/errors.ts';
import { sentence } from '../../contract/sentence.ts';
import { exists } from '../../disk/assetFiles.node.ts';
import type { CacheFolder } from '../../disk/cacheFolder.node.ts';
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
import { probeFile } from './probe.node.ts';
import { readDamage, type Damage } from './readDamage.node.ts';

/** A file that is there, and what is known of it. */
export interface KnownFile {
  /** What is read. */
  readonly path: string;
  /** The user's file, where another is read in its place. */
  readonly original?: string;
  readonly facts: MediaFacts;
  readonly contentKey: ContentKey;
}

/** Files remembered at once. */
const mostRemembered = 500;
/** Damaged places kept for a file. */
const mostDamage = 500;
/** What decodes within seconds. */
const longestLook = ticksFromSeconds(60);

/** Facts about media files, probed once per content and kept in the cache. */
export class FactsStore {
  readonly #cache: CacheFolder;
  /** By path, size and date. */
  readonly #known = new Map<string, Promise<KnownFile>>();

  constructor(cache: CacheFolder) {
    this.#cache = cache;
  }

  /**
   * Facts and key of a file that is there, probed unless its content is known. Throws FailureError as probing does, and
   * 'notWritable' or 'diskFull' when they cannot be kept.
   */
  async of(path: string): Promise<KnownFile> {
    const stamp = await this.#stampOf(path);
    // what is not a file is told apart by the probe's own failures
    if (stamp === null) return this.#look(path);
    const known = this.#known.get(stamp);
    if (known) return known;
    const looking = this.#look(path);
    this.#known.set(stamp, looking);
    looking.catch(() => this.#known.delete(stamp));
    if (this.#known.size > mostRemembered) this.#known.delete(this.#known.keys().next().value!);
    return looking;
  }

  /** What the cache says of a content, whether or not its file is there; null when it says nothing sound. */
  async cached(contentKey: ContentKey): Promise<MediaFacts | null> {
    const known = await readJsonOrNull(this.#cache.assetPath(contentKey, 'facts'));
    return mediaFactsSchema.safeParse(known).data ?? null;
  }

  /**
   * Keeps what was found of a file's damage later than by its probe. It is kept for this very file, by path, size and
   * date: the content key is a sample of a file, and a whole copy of it may have the same.
   */
  async addDamage(path: string, found: readonly Damage[]): Promise<void> {
    const known = await this.of(path);
    const stamp = await this.#stampOf(path);
    const facts = withDamage(known.facts, found);
    if (stamp === null || facts.damage.length === known.facts.damage.length) return;
    await this.#write(this.#damagePath(known.contentKey, stamp), facts.damage);
    this.#known.set(stamp, Promise.resolve({ ...known, facts }));
  }

  #damagePath(contentKey: ContentKey, stamp: string): string {
    const name = createHash('sha256').update(stamp).digest('hex').slice(0, 16);
    return join(this.#cache.mediaFolder(contentKey), `damage-${name}.json`);
  }

  async #stampOf(path: string): Promise<string | null> {
    const info = await stat(path).catch(() => null);
    return info?.isFile() ? `${path}\n${info.size}\n${info.mtimeMs}` : null;
  }

  async #look(path: string): Promise<KnownFile> {
    const stamp = await this.#stampOf(path);
    if (stamp === null) return probedOnly(path);
    // a file that cannot be read: the probe says so in words
    const contentKey = await contentKeyOf(path).catch(async () => (await probedOnly(path)).contentKey);
    const cached = await this.cached(contentKey);
    const read = (await isAnimatedWebp(path)) ? await this.#animation(path, contentKey) : path;
    const file = { path: read, contentKey, ...(read === path ? {} : { original: path }) };
    const damagePath = this.#damagePath(contentKey, stamp);
    if (cached) {
      await this.#cache.touch(this.#cache.mediaFolder(contentKey));
      const before = mediaFactsSchema.shape.damage.safeParse(await readJsonOrNull(damagePath)).data ?? [];
      return { ...file, facts: withDamage(cached, before) };
    }
    const { facts: probed, found } = await probeAndLook(read);
    const facts = checked(probed, path);
    await this.#write(this.#cache.assetPath(contentKey, 'facts'), facts);
    if (found.length > 0) await this.#write(damagePath, found);
    return { ...file, facts: withDamage(facts, found) };
  }

  /** Made once, and again where the cache was emptied. */
  async #animation(path: string, contentKey: ContentKey): Promise<string> {
    const to = this.#cache.assetPath(contentKey, 'animation');
    if (await exists(to)) return to;
    await makeWholeFile(to, (temporary) => webpToPng(path, temporary)).catch((error: Error) => {
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

function withDamage(facts: MediaFacts, found: readonly Damage[]): MediaFacts {
  const isKnown = (one: Damage) => facts.damage.some(({ seconds }) => Math.abs(seconds - one.seconds) < 0.5);
  const added = found.filter((one) => !isKnown(one));
  const damage = [...facts.damage, ...added].toSorted((a, b) => a.seconds - b.seconds).slice(0, mostDamage);
  return added.length === 0 ? facts : { ...facts, damage };
}

/** A short file of which ffprobe complains is decoded at once; a long one when it is prepared or used. */
async function probeAndLook(path: string): Promise<{ facts: MediaFacts; found: readonly Damage[] }> {
  const { result: facts, complaints } = await hearingComplaints(() => probeFile(path));
  const isShort = facts.durationTicks <= longestLook && facts.kind !== 'image';
  return { facts, found: complaints.has(path) && isShort ? await readDamage(path, facts, null) : [] };
}

async function probedOnly(path: string): Promise<KnownFile> {
  const facts = checked(await probeFile(path), path);
  return { path, facts, contentKey: await contentKeyOf(path) };
}

/** A file's own header can say anything: what the rest of the engine cannot work with is refused here. */
function checked(facts: MediaFacts, path: string): MediaFacts {
  const parsed = mediaFactsSchema.safeParse(facts);
  if (parsed.success) return parsed.data;
  throw new FailureError('unsupported', `${path} cannot be used: ${describeZodError(parsed.error)}.`, path);
}
