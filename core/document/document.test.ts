import { describe, expect, test } from 'vitest';
import { createClip, createProject } from './create.ts';
import {
  choicesOfClip,
  generationState,
  pairToCompare,
  takesOfClip,
  type ClipJob,
  type GenerationFacts,
} from './generationState.ts';
import { documentProblems } from './invariants.ts';
import { migrations, readDocument } from './migrations.ts';
import {
  abuttingCuts,
  activeSequence,
  clipAtTick,
  clipsAtTick,
  findClip,
  gapAt,
  gapsOfTrack,
  neighboursOf,
  sequenceDuration,
  withLinkedIds,
} from './query.ts';
import {
  documentVersion,
  type Clip,
  type GenerationFailure,
  type GenerationRequest,
  type MediaItem,
  type ProjectDocument,
  type Take,
} from './schema.ts';
import {
  activeSource,
  availableRange,
  clipHandles,
  fileTicksAt,
  heldTransitions,
  missingHandles,
  scaleTicks,
  sourceTicksAt,
  transitionRange,
} from './sources.ts';
import { ticksPerSecond as second } from '../time/ticks.ts';
import { contentKeyOfName, takeFileOf } from './names.ts';

const frame = second / 30;

function clip(id: string, startSeconds: number, seconds: number, more: Partial<Clip> = {}): Clip {
  return {
    ...createClip(id, { kind: 'media', mediaId: 'm' }, startSeconds * second, seconds * second),
    id,
    sourceInTicks: 10 * second,
    ...more,
  };
}

const media: MediaItem = {
  id: 'm',
  name: 'm.mp4',
  path: '/m.mp4',
  contentKey: contentKeyOfName('k'),
  sizeBytes: 1,
  kind: 'video',
  durationTicks: 60 * second,
  importedAt: '',
  video: { width: 64, height: 64, rate: { num: 30, den: 1 }, codec: 'h264', rotationDegrees: 0, hasAlpha: false },
  audio: null,
};

const take: Take = {
  id: 't',
  file: takeFileOf('t.mp4'),
  kind: 'video',
  action: 'inpaint',
  prompt: '',
  rewrittenPrompt: '',
  unknownWords: [],
  seed: 1,
  packId: 'p',
  requestHash: 'h',
  durationTicks: 4 * second,
  width: 64,
  height: 64,
  rate: { num: 30, den: 1 },
  sourceStartTicks: 10 * second,
  device: 'CPU',
  createdAt: '',
  parentTakeId: null,
};

function project(picture: Clip[], sound: Clip[] = []): ProjectDocument {
  const document = createProject('P');
  document.media = { m: media };
  document.takes = { t: take };
  activeSequence(document).tracks[0]!.clips = picture;
  activeSequence(document).tracks[3]!.clips = sound;
  return document;
}

const generation = (
  takeIds: string[],
  activeTakeId: string | null,
  failure: GenerationFailure | null = null,
): Clip['generation'] => ({ request: {} as GenerationRequest, takeIds, activeTakeId, failure });

describe('where things are', () => {
  const document = project(
    [clip('a', 1, 2, { linkId: 'l' }), clip('b', 3, 2), clip('c', 8, 1)],
    [clip('s', 1, 3, { linkId: 'l' })],
  );
  const sequence = activeSequence(document);
  const track = sequence.tracks[0]!;

  test('a clip holds its first tick, not its last', () => {
    expect([0.5, 1, 2.99, 3, 5, 8.5, 9].map((at) => clipAtTick(track, at * second)?.id ?? null)).toEqual([
      null,
      'a',
      'a',
      'b',
      null,
      'c',
      null,
    ]);
    expect(clipsAtTick(sequence, 2 * second).map((place) => place.clip.id)).toEqual(['a', 's']);
  });

  test('gaps lie before and between clips, not after the last', () => {
    expect(gapsOfTrack(track).map((gap) => [gap.startTicks / second, gap.durationTicks / second])).toEqual([
      [0, 1],
      [5, 3],
    ]);
    expect(gapAt(track, 6 * second)!.startTicks).toBe(5 * second);
    expect(gapAt(track, 20 * second)).toBeNull();
    expect(neighboursOf(track, 6 * second)).toMatchObject({ before: { id: 'b' }, after: { id: 'c' } });
  });

  test('a sequence lasts until its last clip ends', () => {
    expect(sequenceDuration(sequence)).toBe(9 * second);
    expect(sequenceDuration(activeSequence(createProject('empty')))).toBe(0);
  });

  test('links and cuts', () => {
    expect(withLinkedIds(sequence, ['a', 'c'])).toEqual(['a', 'c', 's']);
    expect(abuttingCuts(track).map((cut) => [cut.left.id, cut.right.id])).toEqual([['a', 'b']]);
    expect(findClip(document, 's')).toMatchObject({ trackIndex: 3, clipIndex: 0 });
  });
});

describe('what a clip shows', () => {
  test('the active take goes before the file, and a clip without either is pending', () => {
    const shown = (more: Partial<Clip>) => activeSource(project([]), clip('a', 0, 1, more)).kind;
    expect(shown({})).toBe('media');
    expect(shown({ generation: generation(['t'], 't') })).toBe('take');
    expect(shown({ generation: generation(['t'], null) })).toBe('media');
    expect(shown({ reference: { kind: 'generated' }, generation: generation([], null) })).toBe('pending');
    expect(shown({ reference: { kind: 'media', mediaId: 'gone' } })).toBe('pending');
    expect(shown({ reference: { kind: 'solid', color: '#fff' } })).toBe('solid');
  });

  test('clip time maps onto source time by speed; reversed, the first frame is the last of the range', () => {
    expect(sourceTicksAt(clip('a', 0, 4, { speed: { num: 2, den: 1 } }), second)).toBe(12 * second);
    const reversed = clip('a', 0, 4, { reversed: true });
    expect(sourceTicksAt(reversed, 0)).toBe(14 * second - 1);
    expect(sourceTicksAt(reversed, 4 * second - frame)).toBe(10 * second + frame - 1);
    expect(
      [0, 1, 2].map((at) =>
        sourceTicksAt({ ...reversed, durationTicks: 3 * frame, speed: { num: 2, den: 1 } }, at * frame, frame),
      ),
    ).toEqual([4, 2, 0].map((at) => 10 * second + at * frame));
  });

  test('a take made from a range of a source begins at that range, so trims stay in step', () => {
    const inpainted = clip('a', 0, 2, { sourceInTicks: 11 * second, generation: generation(['t'], 't') });
    const source = activeSource(project([]), inpainted);
    expect(fileTicksAt(source, inpainted, 0)).toBe(second);
    expect(availableRange(project([]), inpainted)).toEqual({ startTicks: 10 * second, endTicks: 14 * second });
    expect(clipHandles(project([]), inpainted)).toEqual({ headTicks: second, tailTicks: second });
  });

  test('handles are what the source has beyond the edges, in time of the sequence', () => {
    const document = project([]);
    expect(clipHandles(document, clip('a', 0, 4))).toEqual({ headTicks: 10 * second, tailTicks: 46 * second });
    expect(clipHandles(document, clip('a', 0, 4, { speed: { num: 2, den: 1 } }))).toEqual({
      headTicks: 5 * second,
      tailTicks: 21 * second,
    });
    expect(clipHandles(document, clip('a', 0, 4, { reversed: true }))).toEqual({
      headTicks: 46 * second,
      tailTicks: 10 * second,
    });
    expect(clipHandles(document, clip('a', 0, 4, { reference: { kind: 'solid', color: '' } }))).toEqual({
      headTicks: Infinity,
      tailTicks: Infinity,
    });
  });

  test('days of ticks times a film rate stay exact', () => {
    expect(scaleTicks(40 * 3600 * second, { num: 24000, den: 1001 })).toBe(
      Number((40n * 3600n * BigInt(second) * 24000n * 2n + 1001n) / 2002n),
    );
  });
});

describe('a crossfade', () => {
  const left = clip('a', 0, 4, { sourceInTicks: 55 * second + second / 2 });
  const right = clip('b', 4, 4, { sourceInTicks: second / 4 });

  test('is centred on the cut', () => {
    const document = project([left, right]);
    const track = activeSequence(document).tracks[0]!;
    track.transitions = [{ id: 'x', kind: 'crossfade', fromClipId: 'a', toClipId: 'b', durationTicks: 2 * second }];
    expect(transitionRange(track, track.transitions[0]!)).toMatchObject({
      startTicks: 3 * second,
      cutTicks: 4 * second,
      endTicks: 5 * second,
    });
    expect(heldTransitions(document, activeSequence(document))).toHaveLength(1);
    // the same cut in sound holds no frame
    track.kind = 'audio';
    expect(heldTransitions(document, activeSequence(document))).toEqual([]);
  });

  test('says how much of each handle is missing, where the edge frame is held', () => {
    expect(missingHandles(project([]), left, right, 2 * second)).toEqual({
      fromTicks: second / 2,
      toTicks: second * 0.75,
    });
    expect(missingHandles(project([]), left, right, second / 2)).toEqual({ fromTicks: 0, toTicks: 0 });
  });
});

describe('generation state', () => {
  const job = (state: ClipJob['state'], createdAt = '1'): ClipJob => ({
    id: createdAt,
    state,
    createdAt,
    spec: { kind: 'generation', clipId: 'a' },
    failure: null,
  });
  const facts = (more: Partial<GenerationFacts> = {}): GenerationFacts => ({
    jobs: [],
    missingTakeIds: [],
    staleClips: {},
    ...more,
  });
  const of = (made: Clip['generation'], more: Partial<GenerationFacts> = {}) =>
    generationState(clip('a', 0, 1, { generation: made }), facts(more));

  test.each<[string, ReturnType<typeof of>, ReturnType<typeof of>]>([
    ['nothing was ever asked', of(null), null],
    ['asked, not started', of(generation([], null)), 'draft'],
    ['waits', of(generation([], null), { jobs: [job('queued')] }), 'queued'],
    [
      'runs, also with takes there',
      of(generation(['t'], 't'), { jobs: [job('done', '1'), job('running', '2')] }),
      'generating',
    ],
    [
      'runs while its other takes wait',
      of(generation([], null), { jobs: [job('running', '1'), job('queued', '2'), job('queued', '3')] }),
      'generating',
    ],
    ['has a take', of(generation(['t'], 't'), { jobs: [job('done')] }), 'ready'],
    ['shows the original on purpose', of(generation(['t'], null)), 'ready'],
    ['asks for something else now', of(generation(['t'], 't'), { staleClips: { a: true } }), 'stale'],
    ['failed', of(generation([], null, { code: 'outOfMemory', message: 'Out of memory.' })), 'failed'],
    ['failed with no window to hear it', of(generation([], null), { jobs: [job('failed')] }), 'failed'],
    [
      'failed, tried again',
      of(generation([], null, { code: 'outOfMemory', message: 'Out of memory.' }), {
        jobs: [job('failed', '1'), job('queued', '2')],
      }),
      'queued',
    ],
    ['lost its file', of(generation(['t'], 't'), { missingTakeIds: ['t'] }), 'missing'],
    ['was cancelled before its first take', of(generation([], null), { jobs: [job('cancelled')] }), 'draft'],
  ])('%s', (_, state, expected) => {
    expect(state).toBe(expected);
  });

  test('takes made for a clip while it was off the timeline are among its takes', () => {
    const document = { ...project([]), takes: { t: take, u: { ...take, id: 'u', clipId: 'a' } } };
    expect(takesOfClip(document, clip('a', 0, 1, { generation: generation(['t'], 't') })).map((one) => one.id)).toEqual(
      ['t', 'u'],
    );
  });

  test('what is compared: what shows on the right, what came before it on the left', () => {
    const document = { ...project([]), takes: { t: take, u: { ...take, id: 'u' } } };
    const edited = (active: string | null) =>
      clip('b', 0, 1, { reference: { kind: 'media', mediaId: 'm' }, generation: generation(['t', 'u'], active) });
    const made = (takeIds: string[], active: string | null) =>
      clip('b', 0, 1, { reference: { kind: 'generated' }, generation: generation(takeIds, active) });
    expect(choicesOfClip(document, edited('t'))).toEqual([null, 't', 'u']);
    expect([edited(null), edited('t'), edited('u')].map((each) => pairToCompare(document, each))).toEqual([
      { a: null, b: 'u' },
      { a: null, b: 't' },
      { a: 't', b: 'u' },
    ]);
    expect(
      [made(['t', 'u'], 't'), made(['t', 'u'], 'u'), made(['t'], 't')].map((each) => pairToCompare(document, each)),
    ).toEqual([{ a: 'u', b: 't' }, { a: 't', b: 'u' }, null]);
  });
});

describe('documents from outside', () => {
  test('of this version are read as they are', () => {
    const document = project([clip('a', 0, 1)]);
    expect(readDocument(JSON.parse(JSON.stringify(document)))).toEqual({
      ok: true,
      document,
      migratedFrom: null,
      problems: [],
    });
  });

  test('of an older version go through each step once', () => {
    const { schemaVersion: _, aiEnabled: __, ...old } = createProject('Old');
    const steps = { 0: (value: Record<string, unknown>) => ({ ...value, aiEnabled: true, schemaVersion: 1 }) };
    const read = readDocument({ ...old, schemaVersion: 0 }, { ...migrations, ...steps });
    expect(read).toMatchObject({
      ok: true,
      migratedFrom: 0,
      document: { name: 'Old', aiEnabled: true, schemaVersion: documentVersion },
    });
    expect(readDocument({ ...old, schemaVersion: 0 })).toEqual({
      ok: false,
      code: 'damaged',
      reason: 'project version 0 is unknown',
    });
  });

  test('of version 1 keep their takes, which are whole frames', () => {
    const read = readDocument({ ...createProject('Old'), takes: { t: { ...take } }, schemaVersion: 1 });
    expect(read).toMatchObject({ ok: true, migratedFrom: 1, problems: [], document: { takes: { t: take } } });
  });

  test('whose takes lie over something that is not there can be worked with, and say so', () => {
    const patch = {
      over: { kind: 'media' as const, id: 'gone', startTicks: 0 },
      picture: { width: 64, height: 36 },
      box: { x: 8, y: 8, width: 16, height: 16 },
    };
    const read = readDocument({ ...createProject('P'), takes: { t: { ...take, patch } } });
    expect(read).toMatchObject({
      ok: true,
      problems: [{ text: "the take 't' lies over something that is not in the project" }],
    });
    const outside = { ...patch, box: { ...patch.box, x: 60 } };
    expect(readDocument({ ...createProject('P'), takes: { t: { ...take, patch: outside } } })).toEqual({
      ok: false,
      code: 'damaged',
      reason: 'takes.t.patch: the box lies outside the picture',
    });
  });

  test('of a newer version are refused as newer, whatever else is in them', () => {
    expect(readDocument({ schemaVersion: documentVersion + 1, shape: 'unheard of' })).toEqual({
      ok: false,
      code: 'newerVersion',
      reason: `it was saved by a newer Framewright (project version ${documentVersion + 1}, this one reads up to ${documentVersion})`,
    });
  });

  test.each<[string, unknown, string]>([
    ['no object', 'text', 'it does not hold a project'],
    ['no version', {}, 'it has no schema version'],
    ['a wrong field', { ...createProject('P'), name: 7 }, 'name: expected string, received number'],
  ])('with %s are damaged, with the place', (_, value, reason) => {
    expect(readDocument(value)).toEqual({ ok: false, code: 'damaged', reason });
  });

  test('that break a rule are opened, and the rule is named', () => {
    const document = project([clip('a', 0, 2), clip('b', 1, 2)]);
    expect(readDocument(document)).toMatchObject({
      ok: true,
      problems: [{ key: 'rule.overlap', text: "on track 'Picture', clip 'b' begins before 'a' ends" }],
    });
  });
});

describe('the rules', () => {
  test.each<[string, (document: ProjectDocument) => void, string]>([
    ['overlap', (document) => void (activeSequence(document).tracks[0]!.clips[1]!.startTicks -= 1), 'begins before'],
    [
      'a lone link',
      (document) => void (activeSequence(document).tracks[0]!.clips[0]!.linkId = 'x'),
      'ties only one clip',
    ],
    [
      'a transition over a gap',
      (document) =>
        void activeSequence(document).tracks[0]!.transitions.push({
          id: 'x',
          kind: 'crossfade',
          fromClipId: 'b',
          toClipId: 'a',
          durationTicks: 1,
        }),
      'touching',
    ],
    [
      'a transition longer than a clip',
      (document) =>
        void activeSequence(document).tracks[0]!.transitions.push({
          id: 'x',
          kind: 'crossfade',
          fromClipId: 'a',
          toClipId: 'b',
          durationTicks: 9 * second,
        }),
      'longer than its clips',
    ],
    ['two clips of one id', (document) => void (activeSequence(document).tracks[0]!.clips[1]!.id = 'a'), 'used twice'],
    ['a file that is not there', (document) => void delete document.media['m'], 'not in the project'],
    [
      'a take that is not there',
      (document) => void (activeSequence(document).tracks[0]!.clips[0]!.generation = generation(['nope'], null)),
      'not in the project',
    ],
    [
      'an active take of another',
      (document) => void (activeSequence(document).tracks[0]!.clips[0]!.generation = generation([], 't')),
      'not one of its takes',
    ],
    [
      'fades longer than the clip',
      (document) => void (activeSequence(document).tracks[0]!.clips[0]!.fadeInTicks = 9 * second),
      'fades',
    ],
    [
      'in after out',
      (document) => void Object.assign(activeSequence(document), { inTicks: 2, outTicks: 1 }),
      'in point',
    ],
    ['no active sequence', (document) => void (document.activeSequenceId = 'x'), 'active sequence'],
  ])('notice %s', (_, spoil, problem) => {
    const document = project([clip('a', 0, 2), clip('b', 2, 2)]);
    expect(documentProblems(document)).toEqual([]);
    spoil(document);
    expect(
      documentProblems(document)
        .map(({ text }) => text)
        .join(),
    ).toContain(problem);
  });
});
