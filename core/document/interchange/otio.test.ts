import { describe, expect, test } from 'vitest';
import { ticksPerSecond as second } from '../../time/ticks.ts';
import { createClip, createProject } from '../create.ts';
import { documentProblems } from '../invariants.ts';
import { parseDocument } from '../parse.ts';
import { activeSequence, gapsOfTrack } from '../query.ts';
import type { Clip, GenerationRequest, MediaItem, ProjectDocument, Take } from '../schema.ts';
import { exportOtio, patchedClips, importOtio, importOtioWithNotices, InterchangeError } from './otio.ts';
import { contentKeyOfName, takeFileOf } from '../names.ts';
import { otioSamples } from './testing/otioSamples.ts';

const frame = second / 30;

const media: MediaItem = {
  id: 'm',
  name: 'a b ü.mp4',
  path: '/films/100%/a b ü.mp4',
  contentKey: contentKeyOfName('k'),
  sizeBytes: 1,
  kind: 'video',
  durationTicks: 60 * second,
  importedAt: '2026',
  video: { width: 1280, height: 720, rate: { num: 30, den: 1 }, codec: 'h264', rotationDegrees: 0, hasAlpha: false },
  audio: { sampleRateHz: 48000, channels: 2, codec: 'aac' },
};
const request: GenerationRequest = {
  action: 'generate',
  prompt: 'a red ball',
  seed: 7,
  steps: 8,
  guidance: null,
  packId: 'starter',
  durationTicks: 2 * second,
  firstFrame: null,
  lastFrame: null,
  references: [],
};
const take: Take = {
  id: 't1',
  file: takeFileOf('abc.mp4'),
  kind: 'video',
  action: 'generate',
  prompt: 'a red ball',
  rewrittenPrompt: '',
  unknownWords: [],
  seed: 7,
  packId: 'starter',
  requestHash: 'h',
  durationTicks: 2 * second,
  width: 256,
  height: 144,
  rate: { num: 12, den: 1 },
  sourceStartTicks: 0,
  device: 'CPU',
  createdAt: '2026',
  parentTakeId: null,
};

function clip(id: string, startFrames: number, frames: number, more: Partial<Clip> = {}): Clip {
  return {
    ...createClip(id, { kind: 'media', mediaId: 'm' }, startFrames * frame, frames * frame),
    id,
    sourceInTicks: 123 * frame,
    ...more,
  };
}

/** One of everything. */
function full(): ProjectDocument {
  const document = createProject('Film', { width: 1920, height: 816, rate: { num: 30, den: 1 } });
  document.media = { m: media };
  document.takes = { t1: take };
  const sequence = activeSequence(document);
  const [picture, , titles, sound] = sequence.tracks;
  picture!.clips = [
    clip('v1', 10, 90, { linkId: 'l', opacity: 0.5, fadeInTicks: 5 * frame }),
    clip('v2', 100, 60, {
      speed: { num: 24000, den: 25025 },
      reversed: true,
      transform: { x: 3, y: -4, scale: 1.25, rotationDegrees: 12 },
    }),
    clip('g', 200, 60, {
      reference: { kind: 'generated' },
      sourceInTicks: 0,
      generation: { request, takeIds: ['t1'], activeTakeId: 't1', failure: null },
    }),
    clip('p', 260, 30, {
      reference: { kind: 'generated' },
      sourceInTicks: 0,
      enabled: false,
      generation: { request, takeIds: [], activeTakeId: null, failure: null },
    }),
  ];
  picture!.transitions = [{ id: 'x', kind: 'crossfade', fromClipId: 'v1', toClipId: 'v2', durationTicks: 30 * frame }];
  titles!.clips = [
    clip('T', 0, 45, {
      sourceInTicks: 0,
      reference: {
        kind: 'title',
        text: 'Hello 你好',
        sizePx: 72,
        color: '#ffffff',
        background: null,
        align: 'center',
        weight: 700,
      },
    }),
    clip('S', 45, 45, { sourceInTicks: 0, reference: { kind: 'solid', color: '#123456' } }),
  ];
  sound!.clips = [clip('a1', 10, 90, { linkId: 'l', volumeDb: -6, fadeOutTicks: 7 * frame, soundStream: 2 })];
  Object.assign(sound!, { gainDb: -3, muted: true });
  sequence.markers = [
    { id: 'm1', ticks: 5 * frame, name: 'here', kind: 'marker' },
    { id: 'm2', ticks: 50 * frame, name: 'bang', kind: 'hit' },
  ];
  sequence.inTicks = 10 * frame;
  sequence.outTicks = 200 * frame;
  expect(documentProblems(document)).toEqual([]);
  return document;
}

/** Ids are new on import: compared without them. */
function withoutIds(document: ProjectDocument): unknown {
  const sequence = structuredClone(activeSequence(document));
  const names = new Map(sequence.tracks.flatMap((track) => track.clips.map((one) => [one.id, one.name] as const)));
  for (const track of sequence.tracks) {
    track.id = '';
    for (const one of track.clips) one.id = '';
    for (const one of track.transitions)
      Object.assign(one, { id: '', fromClipId: names.get(one.fromClipId), toClipId: names.get(one.toClipId) });
  }
  for (const marker of sequence.markers) marker.id = '';
  return { ...sequence, id: '' };
}

describe('a sequence', () => {
  test('comes back from OTIO as it went, to the tick', () => {
    const document = full();
    const { document: back, notices } = importOtioWithNotices(
      exportOtio(document, document.activeSequenceId),
      'film.otio',
    );
    expect(notices).toEqual([]);
    expect(parseDocument(back)).toMatchObject({ ok: true });
    expect(withoutIds(back)).toEqual(withoutIds(document));
    expect(back.media).toEqual(document.media);
    expect(Object.values(back.takes)).toMatchObject([{ ...take }]);
  });

  test('shows footage in place of a masked edit to other programs, and finds the edit again itself', () => {
    const document = full();
    const patch = {
      over: { kind: 'media' as const, id: 'm', startTicks: 0 },
      picture: { width: 1920, height: 816 },
      box: { x: 10, y: 10, width: 100, height: 80 },
    };
    document.takes['t1'] = { ...take, file: takeFileOf('abc.mkv'), patch };
    const [first] = activeSequence(document).tracks[0]!.clips;
    first!.generation = { request, takeIds: ['t1'], activeTakeId: 't1', failure: null };
    const text = exportOtio(document, document.activeSequenceId);
    expect(text).not.toContain('"active_media_reference_key": "take-t1"');
    expect(patchedClips(document, document.activeSequenceId).map(({ id }) => id)).toEqual(['v1', 'g']);
    const { document: back } = importOtioWithNotices(text, 'film.otio');
    expect(withoutIds(back)).toEqual(withoutIds(document));
    expect(back.takes['t1']).toMatchObject({ patch });
    expect(documentProblems(back)).toEqual([]);
  });

  test('at 23.976 too', () => {
    const document = createProject('Film', { width: 64, height: 64, rate: { num: 24000, den: 1001 } });
    document.media = { m: media };
    const filmFrame = (second * 1001) / 24000;
    activeSequence(document).tracks[0]!.clips = [1001, 86_401, 1_000_003].map((start, index) => ({
      ...clip(`c${index}`, 0, 1),
      startTicks: start * filmFrame,
      durationTicks: 47 * filmFrame,
      sourceInTicks: 12_345_678 + index,
    }));
    expect(withoutIds(importOtio(exportOtio(document, document.activeSequenceId), 'x'))).toEqual(withoutIds(document));
  });

  test("is said in OTIO's own words where it has them", () => {
    const document = full();
    const timeline = JSON.parse(exportOtio(document, document.activeSequenceId, '/films/Film.fwproj'));
    const track = timeline.tracks.children[0];
    expect(track.children.map((child: { OTIO_SCHEMA: string }) => child.OTIO_SCHEMA)).toEqual([
      'Gap.1',
      'Clip.2',
      'Transition.1',
      'Clip.2',
      'Gap.1',
      'Clip.2',
      'Clip.2',
    ]);
    const [gap, first, dissolve, second_, , generated, pending] = track.children;
    expect(gap.source_range.duration).toEqual({ OTIO_SCHEMA: 'RationalTime.1', rate: 30, value: 10 });
    expect(first.source_range).toMatchObject({ start_time: { value: 123 }, duration: { value: 90 } });
    expect(first.media_references.DEFAULT_MEDIA).toMatchObject({
      OTIO_SCHEMA: 'ExternalReference.1',
      target_url: 'file:///films/100%25/a%20b%20%C3%BC.mp4',
      available_range: { duration: { value: 1800 } },
    });
    expect(dissolve).toMatchObject({
      transition_type: 'SMPTE_Dissolve',
      in_offset: { value: 15 },
      out_offset: { value: 15 },
    });
    expect(second_.effects[0]).toMatchObject({ OTIO_SCHEMA: 'LinearTimeWarp.1', time_scalar: -24000 / 25025 });
    expect(generated).toMatchObject({
      active_media_reference_key: 'take-t1',
      media_references: { 'take-t1': { target_url: 'file:///films/Film.fwproj/takes/abc.mp4' } },
      metadata: { framewright: { generation: { request: { prompt: 'a red ball', seed: 7 } } } },
    });
    expect(pending).toMatchObject({
      enabled: false,
      active_media_reference_key: 'DEFAULT_MEDIA',
      media_references: {
        DEFAULT_MEDIA: { OTIO_SCHEMA: 'GeneratorReference.1', generator_kind: 'framewright.generated' },
      },
    });
    expect(timeline.tracks.markers.map((marker: { name: string }) => marker.name)).toEqual(['here', 'bang']);
    expect(timeline.tracks.children[3]).toMatchObject({ kind: 'Audio', enabled: false });
  });

  test('takes an edit of another program over its own metadata', () => {
    const document = full();
    const timeline = JSON.parse(exportOtio(document, document.activeSequenceId));
    const first = timeline.tracks.children[0].children[1];
    first.source_range.duration.value = 45;
    first.media_references.DEFAULT_MEDIA.target_url = 'file:///elsewhere/b.mp4';
    const back = importOtio(JSON.stringify(timeline), 'x');
    expect(activeSequence(back).tracks[0]!.clips[0]!.durationTicks).toBe(45 * frame);
    expect(Object.values(back.media).map((item) => item.path)).toEqual(['/elsewhere/b.mp4', media.path]);
  });
});

describe('files of other programs', () => {
  const range = (start: number, length: number, rate = 24) => ({
    OTIO_SCHEMA: 'TimeRange.1',
    start_time: { OTIO_SCHEMA: 'RationalTime.1', rate, value: start },
    duration: { OTIO_SCHEMA: 'RationalTime.1', rate, value: length },
  });
  const other = (children: unknown[]) =>
    JSON.stringify({
      OTIO_SCHEMA: 'Timeline.1',
      name: 'T',
      tracks: { OTIO_SCHEMA: 'Stack.1', children: [{ OTIO_SCHEMA: 'Track.1', kind: 'Video', name: 'V', children }] },
    });
  const external = (url: string, available: unknown = null) => ({
    OTIO_SCHEMA: 'ExternalReference.1',
    target_url: url,
    available_range: available,
  });

  test('media that begins at a time code counts from there', () => {
    const document = importOtio(
      other([
        {
          OTIO_SCHEMA: 'Clip.1',
          name: 'c',
          source_range: range(86_448, 24),
          media_reference: external('a.mov', range(86_400, 240)),
        },
      ]),
      'x',
    );
    expect(activeSequence(document).tracks[0]!.clips[0]!.sourceInTicks).toBe(2 * second);
  });

  test.each([
    ['file:///C:/films/a.mov', 'C:/films/a.mov'],
    ['file://localhost/films/a%20b.mov', '/films/a b.mov'],
    ['file://server/share/a.mov', '//server/share/a.mov'],
    ['media/100%.mov', '/otio/media/100%.mov'],
    ['/films/a.mov', '/films/a.mov'],
    ['https://example.org/a.mov', 'https://example.org/a.mov'],
  ])('%s is %s', (url, path) => {
    const { document } = importOtioWithNotices(
      other([{ OTIO_SCHEMA: 'Clip.1', name: 'c', source_range: range(0, 24), media_reference: external(url) }]),
      'x',
      { baseFolder: '/otio' },
    );
    expect(Object.values(document.media)[0]!.path).toBe(path);
  });

  test('what Framewright has no place for is left out and named', () => {
    const { document, notices } = importOtioWithNotices(
      other([
        {
          OTIO_SCHEMA: 'Clip.1',
          name: 'frozen',
          source_range: range(0, 24),
          media_reference: external('a.mov'),
          effects: [{ OTIO_SCHEMA: 'FreezeFrame.1', effect_name: 'FreezeFrame', time_scalar: 0 }],
        },
        { OTIO_SCHEMA: 'Wobble.1', name: 'odd' },
        { OTIO_SCHEMA: 'Transition.1', in_offset: { rate: 24, value: 6 }, out_offset: { rate: 24, value: 6 } },
      ]),
      'x',
    );
    expect(notices).toEqual([
      "'odd' is a Wobble.1, which Framewright does not support: it was left out.",
      "The effect 'FreezeFrame' on 'frozen' was left out.",
    ]);
    expect(activeSequence(document).tracks[0]!.clips[0]!.fadeOutTicks).toBe(second / 4);
  });

  test.each<[string, string, RegExp]>([
    ['', 'damaged', /^'x.otio' is no OpenTimelineIO file: /],
    ['{"a":1}', 'unsupported', /names no OTIO_SCHEMA/],
    ['{"OTIO_SCHEMA":"Clip.2"}', 'unsupported', /^'x.otio' holds no timeline, but a Clip.2\.$/],
    ['[]', 'unsupported', /names no OTIO_SCHEMA/],
  ])('%j is refused with the file and the reason', (text, code, message) => {
    const read = () => importOtio(text, 'x.otio');
    expect(read).toThrow(InterchangeError);
    expect(read).toThrow(message);
    try {
      read();
    } catch (error) {
      expect((error as InterchangeError).code).toBe(code);
    }
  });
});

describe('timelines of other programs', () => {
  type Sample = keyof typeof otioSamples;
  const read = (name: Sample) => importOtioWithNotices(otioSamples[name], name);
  const frames = (ticks: number) => (ticks / second) * 24;
  const look = (name: Sample) =>
    activeSequence(read(name).document)
      .tracks.filter((track) => track.kind === 'video')
      .map((track) =>
        track.clips.map(
          (one) => `${one.name} ${frames(one.startTicks)}+${frames(one.durationTicks)}@${frames(one.sourceInTicks)}`,
        ),
      );

  test.each(Object.keys(otioSamples) as Sample[])('%s keeps the rules, and survives a round trip', (name) => {
    const { document } = read(name);
    expect(documentProblems(document)).toEqual([]);
    expect(parseDocument(document)).toMatchObject({ ok: true });
    expect(activeSequence(document).rate).toEqual({ num: 24, den: 1 });
    expect(withoutIds(importOtio(exportOtio(document, document.activeSequenceId), name))).toEqual(withoutIds(document));
  });

  test('clips stand where OTIO puts them; without a source range the whole media is used', () => {
    expect(look('cuts.otio')).toEqual([['harbour 0+7@5', 'gulls 7+6@2', 'boat 13+9@0']]);
  });

  test('tracks keep their gaps, and their order', () => {
    expect(look('tracks.otio').map((clips) => clips.length)).toEqual([3, 1, 1]);
    expect(look('tracks.otio')[2]).toEqual(['sign 144+64@0']);
    const [first] = activeSequence(read('tracks.otio').document).tracks;
    expect(gapsOfTrack(first!).map((gap) => frames(gap.durationTicks))).toEqual([31, 58]);
  });

  test('dissolves become crossfades; one longer than its clips allow is shortened, with a notice', () => {
    const { document, notices } = read('dissolve.otio');
    const [crossfade] = activeSequence(document).tracks[0]!.transitions;
    expect(frames(crossfade!.durationTicks)).toBeLessThan(8);
    expect(notices).toContain('Dissolves longer than their clips were shortened.');
  });

  test('stacks and tracks inside a track are laid out in place', () => {
    expect(look('nested.otio')[0]!.map((line) => line.replace(/ \d+\+/, ' +').replace(/@.*/, ''))).toEqual([
      'before +40',
      'in a stack +20',
      'between +16',
      'in a slowed stack +14',
      'in a track +1',
      'after +50',
    ]);
  });

  test('clips that do not say whether they are on are on', () => {
    const clips = activeSequence(read('enabled.otio').document).tracks.flatMap((track) => track.clips);
    expect(clips.map((one) => [one.name, one.enabled])).toEqual([
      ['on', true],
      ['off', false],
      ['does not say', true],
    ]);
  });

  test('a generator nobody has here becomes a grey picture, with a notice', () => {
    expect(read('generator.otio').notices).toEqual(["The generator 'SMPTEBars' of 'bars' became a grey picture."]);
  });
});
