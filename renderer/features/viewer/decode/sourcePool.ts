import type { PictureSource } from './pictureSource.ts';
import { StackedSource } from './stackedSource.ts';
import { StillSource } from './stillSource.ts';
import { VideoSource } from './videoSource.ts';

/** Open decoders at most: a crossfade needs two, a cut ahead one more, patches and overlays the rest. */
const poolSize = 12;

/** How the file behind an address is read. */
export type FileKind = 'video' | 'still' | 'stacked';

function open(url: string, kind: FileKind): PictureSource {
  switch (kind) {
    case 'video':
      return new VideoSource(url);
    case 'still':
      return new StillSource(url);
    case 'stacked':
      return new StackedSource(url);
  }
}

/** Decoders by clip, so that two clips of one file do not fight over its position. Least recently used goes first. */
export class SourcePool {
  private readonly sources = new Map<string, { url: string; source: PictureSource }>();

  get(clipId: string, url: string, kind: FileKind): PictureSource {
    const known = this.sources.get(clipId);
    if (known && known.url === url) {
      this.sources.delete(clipId);
      this.sources.set(clipId, known);
      return known.source;
    }
    known?.source.dispose();
    const entry = { url, source: open(url, kind) };
    this.sources.delete(clipId);
    this.sources.set(clipId, entry);
    for (const [id, old] of this.sources) {
      if (this.sources.size <= poolSize) break;
      old.source.dispose();
      this.sources.delete(id);
    }
    return entry.source;
  }

  dispose(): void {
    for (const { source } of this.sources.values()) source.dispose();
    this.sources.clear();
  }
}
