import { beforeEach, expect, it } from 'vitest';
import { createClip, createProject } from '../../../core/document/create.ts';
import { contentKeyOfName, takeFileOf } from '../../../core/document/names.ts';
import type { ProjectDocument, Take } from '../../../core/document/schema.ts';
import { ticksPerSecond } from '../../../core/time/ticks.ts';
import { useEditor } from '../../services/store.ts';
import { shownQuality } from './QualityNote.tsx';

const take: Take = {
  ...{ id: 't', file: takeFileOf('t.mkv'), kind: 'video', action: 'inpaint', prompt: '', rewrittenPrompt: '', seed: 1 },
  ...{ unknownWords: [], packId: 'p', requestHash: 'h', durationTicks: ticksPerSecond, width: 64, height: 36 },
  ...{ rate: { num: 30, den: 1 }, sourceStartTicks: 0, device: 'CPU', createdAt: '', parentTakeId: null },
};

function cut(patch: Take['patch']): ProjectDocument {
  const document = createProject('Cut');
  document.media['m'] = {
    ...{ id: 'm', name: 'm', path: '/m.mp4', contentKey: contentKeyOfName('m'), sizeBytes: 1, kind: 'video' },
    ...{ durationTicks: ticksPerSecond, audio: null, importedAt: '' },
    video: { width: 64, height: 36, rate: { num: 30, den: 1 }, codec: 'h264', rotationDegrees: 0, hasAlpha: false },
  };
  document.takes['t'] = { ...take, patch };
  const clip = createClip('m', { kind: 'media', mediaId: 'm' }, 0, ticksPerSecond);
  const source = { kind: 'media' as const, id: 'm', startTicks: 0, durationTicks: ticksPerSecond };
  clip.generation = {
    request: {
      ...{ action: 'inpaint', prompt: 'x', seed: 1, steps: null, guidance: null, packId: 'p', references: [] },
      ...{ durationTicks: ticksPerSecond, mask: null, edit: 'replace', source },
    },
    ...{ takeIds: ['t'], activeTakeId: 't', failure: null },
  };
  document.sequences[document.activeSequenceId]!.tracks[0]!.clips.push(clip);
  return document;
}

beforeEach(() => useEditor.setState({ viewerMode: 'timeline', playheadTicks: 0, playing: 0, mediaAssets: {} }));

it('a masked edit is seen from its preview, a take of whole frames as it is', () => {
  useEditor.setState({ document: cut(null) });
  expect(shownQuality(useEditor.getState())).toBe('original');
  useEditor.setState({
    document: cut({
      over: { kind: 'media', id: 'm', startTicks: 0 },
      picture: { width: 64, height: 36 },
      box: { x: 0, y: 0, width: 8, height: 8 },
    }),
  });
  expect(shownQuality(useEditor.getState())).toBe('proxy');
});
