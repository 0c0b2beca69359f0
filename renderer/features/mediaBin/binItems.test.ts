import { describe, expect, it } from 'vitest';
import { createClip, createProject } from '../../../core/document/create.ts';
import type { MediaItem } from '../../../core/document/schema.ts';
import { describeMedia, filterMedia, mediaUses } from './binItems.ts';
import { contentKeyOfName } from '../../../core/document/names.ts';

const words = { mono: 'mono', stereo: 'stereo', channels: (n: number) => `${n} channels` };

function item(part: Partial<MediaItem>): MediaItem {
  return {
    id: 'm',
    name: 'a.mp4',
    path: '/a.mp4',
    contentKey: contentKeyOfName('k'),
    sizeBytes: 1,
    kind: 'video',
    durationTicks: 1,
    video: null,
    audio: null,
    importedAt: '2026-01-01',
    ...part,
  };
}

describe('the bin', () => {
  it('says a picture by size, rate and codec, a sound by rate and channels', () => {
    const video = {
      width: 1280,
      height: 720,
      rate: { num: 30000, den: 1001 },
      codec: 'h264',
      rotationDegrees: 0,
      hasAlpha: false,
    };
    expect(describeMedia(item({ video }), words)).toBe('1280 × 720 · 29.97 · H.264');
    expect(
      describeMedia(item({ kind: 'audio', audio: { sampleRateHz: 44100, channels: 6, codec: 'opus' } }), words),
    ).toBe('44.1 kHz · 6 channels');
    expect(describeMedia(item({ kind: 'image', video: { ...video, rate: { num: 25, den: 1 } } }), words)).toBe(
      '1280 × 720',
    );
  });

  it('orders names as people count: 2 before 10', () => {
    const items = [
      item({ id: '10', name: 'shot 10.mp4' }),
      item({ id: '2', name: 'shot 2.mp4' }),
      item({ id: 'x', name: 'other.mov' }),
    ];
    expect(filterMedia(items, 'SHOT', 'name').map((each) => each.id)).toEqual(['2', '10']);
  });

  it('counts a shot and its linked sound as one use', () => {
    const document = createProject('p');
    const sequence = document.sequences[document.activeSequenceId]!;
    const clip = (linkId: string | null) => ({ ...createClip('c', { kind: 'media', mediaId: 'm' }, 0, 100), linkId });
    sequence.tracks[0]!.clips.push(clip('pair'));
    sequence.tracks[3]!.clips.push(clip('pair'));
    sequence.tracks[1]!.clips.push(clip(null));
    expect(mediaUses(document).get('m')).toBe(2);
  });
});
