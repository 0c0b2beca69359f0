/** Files behind what a range shows and plays, looked up once per render, as the graphs need them. */
import type { LayerSource, SoundSegment } from '../../render/layers.ts';
import { basename } from 'node:path';
import type { GraphSource } from '../../ffmpeg/graph.ts';
import type { PlayedSource } from '../../render/playedSource.ts';
import { exists } from '../../disk/assetFiles.node.ts';
import { colourOf, type AudioFacts } from '../../disk/facts.ts';
import { samplesOf } from '../../ffmpeg/layPatches.ts';
import { framesOf, locateSource, plainSource, stillFormatOf, type LocatedSource } from '../media/locateSource.node.ts';
import { readDecoded, type ReadSound } from '../media/soundCache.node.ts';
import type { DecodingWork } from '../media/decodeSound.node.ts';
import type { UsedFile } from '../media/damageRoom.node.ts';
import type { Stretch } from '../media/readDamage.node.ts';
import { secondsFromTicks } from '../../time/ticks.ts';
import type { MediaRoom } from '../media/mediaService.node.ts';
import { drawStill } from '../media/still.node.ts';
import { makeWholeFile } from '../../disk/wholeFile.node.ts';

/** What is seen comes as it is played, what is heard by name. */
type Wanted = PlayedSource | LayerSource;

interface PrepareSounds extends DecodingWork {
  readonly all?: boolean;
}

/** The files of one render. */
export class RenderSources {
  private readonly located = new Map<string, LocatedSource>();
  private readonly stills = new Map<string, string>();
  private readonly sounds = new Map<string, ReadSound>();
  private readonly media: MediaRoom;
  private readonly projectId: string;

  constructor(media: MediaRoom, projectId: string) {
    this.media = media;
    this.projectId = projectId;
  }

  /**
   * Finds all of them, so that the graphs can be built without waiting. Throws FailureError naming the first file that
   * is missing or unreadable.
   */
  async locate(names: Iterable<Wanted>): Promise<void> {
    for (const name of names) {
      const key = keyOf(name);
      if (this.located.has(key)) continue;
      const located = await this.find(name);
      this.located.set(key, located);
      if (located.facts.kind === 'image' && located.facts.proxyReason !== null)
        this.stills.set(key, await this.uprightStill(located));
    }
  }

  /** Names the content of a source, patches and all: what shows it looks the same while this stays the same. */
  contentKey(name: LayerSource): string {
    const { cacheKey, base, patches } = this.get(name);
    // a merged photograph's key is that of all its files
    return [patches.length > 0 ? base : cacheKey, ...patches.map((patch) => patch.cacheKey)].join(' ');
  }

  picture(name: LayerSource): GraphSource {
    const source = this.get(name);
    const { path, facts } = source;
    const video = facts.video;
    if (!video) throw new Error(`${path} has no picture, but a window shows it`);
    const still = this.stills.get(keyOf(name));
    const size = { width: video.width, height: video.height };
    if (facts.kind === 'image') {
      const format = still === undefined ? stillFormatOf(facts) : 'png_pipe';
      if (format === undefined)
        throw new Error(`${path} is a ${facts.formatName}, which is drawn as PNG before it is rendered`);
      return {
        ...size,
        input: { path: still ?? path, format },
        streamIndex: 0,
        colour: colourOf(video),
        samples: samplesOf(video),
        stream: null,
        startTicks: 0,
        patches: [],
      };
    }
    return { ...size, ...framesOf(source, video) };
  }

  /**
   * Finds out how the sounds of located sources are to be read, and decodes those that cannot be cut where they are;
   * `all` decodes the others too. Throws FailureError as `runFfmpeg`.
   */
  async prepareSounds(segments: readonly SoundSegment[], { all = false, ...work }: PrepareSounds = {}): Promise<void> {
    const wanted = new Map(segments.map((segment) => [soundKey(segment), segment]));
    const todo = [...wanted].filter(([key]) => all || !this.sounds.has(key));
    for (const [index, [key, segment]] of todo.entries()) {
      const source = this.get(segment.source);
      const audio = this.audio(segment);
      if (!audio) continue;
      const following = {
        signal: work.signal,
        onFraction: (fraction: number) => work.onFraction?.((index + fraction) / todo.length),
      };
      const read = all
        ? readDecoded(await this.media.decodedSound(source, audio, following))
        : await this.media.readableSound(source, audio, following);
      this.sounds.set(key, read);
    }
  }

  /** null where the source has no sound. Throws for one that was not prepared. */
  sound(segment: SoundSegment): ReadSound | null {
    if (!this.audio(segment)) return null;
    const read = this.sounds.get(soundKey(segment));
    if (!read) throw new Error(`${soundKey(segment)} was not prepared before mixing`);
    return read;
  }

  /** The file of what is heard, for messages. */
  fileName(name: LayerSource): string {
    return basename(this.get(name).path);
  }

  /** The files that were located and what of them is used: `stretches` by 'media <id>' and 'take <id>'. */
  used(stretches: ReadonlyMap<string, Stretch>): UsedFile[] {
    return [...this.located].map(([key, file]) => {
      const stretch = stretches.get(key);
      const start = secondsFromTicks(file.startTicks);
      return {
        file,
        stretch: stretch ? { fromSeconds: stretch.fromSeconds + start, toSeconds: stretch.toSeconds + start } : null,
      };
    });
  }

  private audio({ source, streamIndex }: SoundSegment): AudioFacts | null {
    const { audio, sounds } = this.get(source).facts;
    return sounds.find((each) => each.streamIndex === streamIndex) ?? audio;
  }

  private get(name: LayerSource): LocatedSource {
    const located = this.located.get(keyOf(name));
    if (!located) throw new Error(`${keyOf(name)} was not located before rendering`);
    return located;
  }

  private async find(name: Wanted): Promise<LocatedSource> {
    if ('patches' in name) return locateSource(this.media, this.projectId, name);
    const file = name.kind === 'media' ? this.media.mediaFacts : this.media.takeFacts;
    return plainSource(await file(this.projectId, name.id));
  }

  private async uprightStill({ path, cacheKey }: LocatedSource): Promise<string> {
    const still = this.media.assetPath(cacheKey, 'still');
    if (!(await exists(still))) await makeWholeFile(still, (temporary) => drawStill(path, temporary));
    return still;
  }
}

function soundKey({ source, streamIndex }: SoundSegment): string {
  return `${keyOf(source)} ${streamIndex ?? 'first'}`;
}

function keyOf(name: LayerSource): string {
  return `${name.kind} ${name.id}`;
}
