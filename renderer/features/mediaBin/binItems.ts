/** What the bin lists and how it describes it. Pure. */
import type { SeenSummary } from '../../../core/contract/seen.ts';
import type { MediaItem, ProjectDocument, Take } from '../../../core/document/schema.ts';
import { formatRate } from '../../../core/time/ticks.ts';
import { readQuery, reasonsFor, type Reason } from './seenSearch.ts';

export type BinOrder = 'name' | 'newest' | 'length';

/** A file that a search has found. */
export interface FoundMedia {
  readonly item: MediaItem;
  /** What is seen or heard in it; empty where its name was found. */
  readonly reasons: readonly Reason[];
}

/**
 * Media whose name or codec contains `query`, or in which everything is seen or heard that it names; its other words
 * are then parts of the name. In the given order.
 */
export function searchMedia(
  items: readonly MediaItem[],
  query: string,
  order: BinOrder,
  seen: Readonly<Record<string, SeenSummary>>,
): FoundMedia[] {
  const read = readQuery(query);
  return filterMedia(items, '', order).flatMap((item) => {
    const reasons = reasonsFor(read, seen[item.id]);
    const isNamed = isFound(item, query.trim().toLowerCase());
    if (reasons && read.rest.every((word) => isFound(item, word))) return [{ item, reasons }];
    return isNamed ? [{ item, reasons: [] }] : [];
  });
}

function isFound(item: MediaItem, wanted: string): boolean {
  return (
    wanted === '' ||
    item.name.toLowerCase().includes(wanted) ||
    (item.video?.codec ?? '').toLowerCase().includes(wanted)
  );
}

/** Media whose name or codec contains `query`, in the given order. */
export function filterMedia(items: readonly MediaItem[], query: string, order: BinOrder): MediaItem[] {
  const wanted = query.trim().toLowerCase();
  const found = items.filter((item) => isFound(item, wanted));
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
