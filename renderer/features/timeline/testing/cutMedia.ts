/** Media of sample cuts, with filmstrips and waves. */
import type { MediaAssets } from '../../../../core/contract/contract.ts';
import { contentKeyOfName } from '../../../../core/document/names.ts';
import type { MediaItem } from '../../../../core/document/schema.ts';
import { ticksFromSeconds } from '../../../../core/time/ticks.ts';

/** A minute of picture or of sound. */
export function cutMedia(id: string, kind: 'video' | 'audio', name = id): MediaItem {
  return {
    id,
    name,
    path: `/${name}`,
    contentKey: contentKeyOfName(id),
    sizeBytes: 1,
    kind,
    durationTicks: ticksFromSeconds(60),
    video:
      kind === 'video'
        ? { width: 1280, height: 720, rate: { num: 30, den: 1 }, codec: 'h264', rotationDegrees: 0, hasAlpha: false }
        : null,
    audio: kind === 'audio' ? { sampleRateHz: 48000, channels: 2, codec: 'aac' } : null,
    importedAt: '2026-11-20T10:00:00.000Z',
  };
}

/** What the window shows of each, by id. */
export function cutAssets(mediaIds: readonly string[]): Record<string, MediaAssets> {
  return Object.fromEntries(mediaIds.map((mediaId) => [mediaId, assetsOf(mediaId)]));
}

function assetsOf(mediaId: string): MediaAssets {
  return {
    mediaId,
    originalUrl: '',
    originalPlayable: true,
    sounds: [],
    details: null,
    proxyUrl: null,
    proxyIsStacked: false,
    peaksUrl: `${mediaId}.bin`,
    filmstripUrl: `${mediaId}.jpg`,
    posterUrl: null,
    proxyReason: null,
  };
}
