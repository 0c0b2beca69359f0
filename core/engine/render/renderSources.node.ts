/** Files behind what a range shows and plays, looked up once per render, as the graphs need them. */
import type { SoundSegment } from '../../render/layers.ts';
import type { GraphSource } from '../../ffmpeg/graph.ts';
import type { PlayedSource } from '../../render/playedSource.ts';
import type { ContentKey } from '../../document/names.ts';
import { exists } from '../../disk/assetFiles.node.ts';
import { colourOf, seeksExactly, type MediaFacts } from '../../disk/facts.ts';
import type { MediaRoom } from '../media/mediaService.node.ts';
import type { InputFormat } from '../../ffmpeg/input.ts';
import { drawStill } from '../media/still.node.ts';
import { makeWholeFile } from '../../disk/wholeFile.node.ts';

interface Located {
  readonly path: string;
  readonly facts: MediaFacts;
  readonly contentKey: ContentKey;
}

export type SourceName = Pick<PlayedSource, 'kind' | 'id'>;

export class RenderSources {
  private readonly located = new Map<string, Located>();
  private readonly stills = new Map<string, string>();
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
  async locate(names: Iterable<SourceName>): Promise<void> {
    for (const name of names) {
      const key = keyOf(name);
      if (this.located.has(key)) continue;
      const located =
        name.kind === 'media'
          ? await this.media.mediaFacts(this.projectId, name.id)
          : await this.media.takeFacts(this.projectId, name.id);
      this.located.set(key, located);
      if (located.facts.kind === 'image' && located.facts.proxyReason !== null)
        this.stills.set(key, await this.uprightStill(located));
    }
  }

  contentKey(name: SourceName): string {
    return this.get(name).contentKey;
  }

  picture(name: SourceName): GraphSource {
    const { path, facts } = this.get(name);
    const video = facts.video;
    if (!video) throw new Error(`${path} has no picture, but a window shows it`);
    const still = this.stills.get(keyOf(name));
    const size = { width: video.width, height: video.height };
    if (facts.kind === 'image') {
      // by content, not by name: a JPEG called .png stays a JPEG, and '%' in a name is no pattern
      const format = still === undefined ? stillFormats[facts.formatName] : 'png_pipe';
      if (format === undefined)
        throw new Error(`${path} is a ${facts.formatName}, which is drawn as PNG before it is rendered`);
      return {
        ...size,
        input: { path: still ?? path, format },
        streamIndex: 0,
        colour: colourOf(video),
        seeksExactly: true,
      };
    }
    // ffmpeg's own decoders of VP8 and VP9 drop the transparency
    const decoder = video.hasAlpha ? alphaDecoders[video.codec] : undefined;
    return {
      ...size,
      input: { path, options: decoder === undefined ? [] : [['c:v', decoder]] },
      streamIndex: video.streamIndex,
      colour: colourOf(video),
      seeksExactly: seeksExactly(facts),
    };
  }

  sound(segment: SoundSegment): { path: string; streamIndex: number; channels: number } | null {
    const { path, facts } = this.get(segment.source);
    return facts.audio ? { path, streamIndex: facts.audio.streamIndex, channels: facts.audio.channels } : null;
  }

  private get(name: SourceName): Located {
    const located = this.located.get(keyOf(name));
    if (!located) throw new Error(`${keyOf(name)} was not located before rendering`);
    return located;
  }

  private async uprightStill({ path, contentKey }: Located): Promise<string> {
    const still = this.media.assetPath(contentKey, 'still');
    if (!(await exists(still))) await makeWholeFile(still, (temporary) => drawStill(path, temporary));
    return still;
  }
}

/** Stills that ffmpeg reads as they are; all others are drawn once as PNG. */
const stillFormats: Readonly<Record<string, InputFormat>> = {
  jpeg: 'jpeg_pipe',
  png: 'png_pipe',
  webp: 'webp_pipe',
};
const alphaDecoders: Readonly<Record<string, string>> = { vp8: 'libvpx', vp9: 'libvpx-vp9' };

function keyOf(name: SourceName): string {
  return `${name.kind} ${name.id}`;
}
