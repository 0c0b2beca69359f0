/** `<home>/recent.json`: what the start screen lists. Not the user's work: a damaged list starts empty. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import type { RecentProject } from '../../contract/contract.ts';
import type { CacheFolder } from '../../disk/cacheFolder.node.ts';
import { readJsonOrNull } from '../../disk/jsonFile.node.ts';
import { exists, type ProjectFs } from '../../disk/projectFs.node.ts';
import { writeWholeFile } from '../../disk/wholeFile.node.ts';
import { projectFolder } from '../../disk/projectFolder.node.ts';

const recentSchema = z.array(
  z.object({
    folder: z.string(),
    name: z.string(),
    durationSeconds: z.number(),
    editedAt: z.string(),
    missingCount: z.number(),
    thumbnail: z.string().nullable().default(null),
  }),
);
const kept = 30;

/** As it is on disk: with the path of its picture, for which windows get an address. */
export type RecentEntry = z.infer<typeof recentSchema>[number];

const addressOf = (folder: string) =>
  `/files/recent/${createHash('sha256').update(folder).digest('hex').slice(0, 32)}.jpg`;

/** The list of recent projects in recent.json, with a picture of each. */
export class RecentProjects {
  readonly #fs: ProjectFs;
  readonly #home: string;
  readonly #cache: Pick<CacheFolder, 'holds'>;
  #writing: Promise<void> = Promise.resolve();

  /** `home` holds recent.json, `cache` the pictures. */
  constructor(fs: ProjectFs, home: string, cache: Pick<CacheFolder, 'holds'>) {
    this.#fs = fs;
    this.#home = home;
    this.#cache = cache;
  }

  /** Newest first; projects whose folder is gone are left out. */
  async list(): Promise<RecentProject[]> {
    const listed = await this.#read();
    const there = await Promise.all(listed.map(({ folder }) => exists(this.#fs, projectFolder(folder).folder)));
    const pictured = await Promise.all(
      listed.map(({ thumbnail }) => thumbnail !== null && exists(this.#fs, thumbnail)),
    );
    return listed
      .map(({ thumbnail: _path, ...entry }, index) => ({
        ...entry,
        thumbnailUrl: pictured[index] ? addressOf(entry.folder) : null,
      }))
      .filter((_, index) => there[index]);
  }

  /** The picture behind an address that `list` gave out; null for any other. */
  async pictureAt(urlPath: string): Promise<string | null> {
    if (!urlPath.startsWith('/files/recent/')) return null;
    return (await this.#read()).find(({ folder }) => addressOf(folder) === urlPath)?.thumbnail ?? null;
  }

  /** Rejects with what the file system throws: the caller decides whether a list is worth a notice. */
  async put(project: RecentEntry): Promise<void> {
    const work = this.#writing.then(async () => {
      const others = (await this.#read()).filter((other) => other.folder !== project.folder);
      await this.#fs.mkdir(this.#home, { recursive: true });
      const text = JSON.stringify([project, ...others].slice(0, kept), null, 2);
      await writeWholeFile(join(this.#home, 'recent.json'), text, this.#fs);
    });
    // the next one waits for this one, whether it worked or not
    this.#writing = work.catch(() => undefined);
    return work;
  }

  /** Pictures of earlier versions lay in the projects themselves: they are no longer shown. */
  async #read(): Promise<RecentEntry[]> {
    const parsed = recentSchema.safeParse(await readJsonOrNull(join(this.#home, 'recent.json')));
    return (parsed.data ?? []).map((entry) =>
      entry.thumbnail === null || this.#cache.holds(entry.thumbnail) ? entry : { ...entry, thumbnail: null },
    );
  }
}
