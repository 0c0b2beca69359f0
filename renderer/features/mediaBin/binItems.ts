/** What the bin lists and how it describes it. Pure. */
import type { MediaItem, ProjectDocument, Take } from '../../../core/document/schema.ts';
import { formatRate } from '../../../core/time/ticks.ts';

export type BinOrder = 'name' | 'newest' | 'length';

/** Media whose name or codec contains `query`, in the given order. */
export function filterMedia(items: readonly MediaItem[], query: string, order: BinOrder): MediaItem[] {
  const wanted = query.trim().toLowerCase();
  const found = items.filter(
    (item) =>
      wanted === '' ||
      item.name.toLowerCase().includes(wanted) ||
      (item.video?.codec ?? '').toLowerCase().includes(wanted),
  );
  return found.sort((a, b) => {
    if (order === 'newest') return b.importedAt.localeCompare(a.importedAt);
    if (order === 'length') return b.durationTicks - a.durationTicks;
    return a.name.localeCompare(b.name, undefined, { numeric: true });
  });
}

/** Takes whose prompt contains `query`, newest first. */
export function filterTakes(takes: readonly Take[], query: string): Take[] {
  const wanted = query.trim().toLowerCase();
  return takes
    .filter((take) => wanted === '' || take.prompt.toLowerCase().includes(wanted))
    .sort((a, b) => b.createdAt.localeCompare(a.createdAt));
}

/** How many clips of the active sequence show each file. A shot and its sound count once. */
export function mediaUses(document: ProjectDocument): Map<string, number> {
  const uses = new Map<string, number>();
  const linked = new Set<string>();
  for (const track of document.sequences[document.activeSequenceId]?.tracks ?? []) {
    for (const clip of track.clips) {
      if (clip.reference.kind !== 'media') continue;
      if (clip.linkId) {
        if (linked.has(clip.linkId)) continue;
        linked.add(clip.linkId);
      }
      uses.set(clip.reference.mediaId, (uses.get(clip.reference.mediaId) ?? 0) + 1);
    }
  }
  return uses;
}

/** Ids of the takes that clips of the active sequence show. */
export function activeTakeIds(document: ProjectDocument): Set<string> {
  const active = new Set<string>();
  for (const track of document.sequences[document.activeSequenceId]?.tracks ?? []) {
    for (const clip of track.clips) if (clip.generation?.activeTakeId) active.add(clip.generation.activeTakeId);
  }
  return active;
}

const codecNames: Readonly<Record<string, string>> = {
  h264: 'H.264',
  hevc: 'HEVC',
  vp8: 'VP8',
  vp9: 'VP9',
  av1: 'AV1',
  prores: 'ProRes',
  mjpeg: 'MJPEG',
  mpeg4: 'MPEG-4',
  mpeg2video: 'MPEG-2',
};

/** '1280 × 720 · 29.97 · H.264'; for sound its rate and channels. */
export function describeMedia(
  item: MediaItem,
  words: { mono: string; stereo: string; channels: (n: number) => string },
): string {
  if (item.video) {
    const size = `${item.video.width} × ${item.video.height}`;
    return item.kind === 'image'
      ? size
      : `${size} · ${formatRate(item.video.rate)} · ${codecNames[item.video.codec] ?? item.video.codec}`;
  }
  if (!item.audio) return '';
  const { channels, sampleRateHz } = item.audio;
  const layout = channels === 1 ? words.mono : channels === 2 ? words.stereo : words.channels(channels);
  return `${sampleRateHz / 1000} kHz · ${layout}`;
}
