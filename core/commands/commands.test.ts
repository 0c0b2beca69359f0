import { describe, expect, test } from 'vitest';
import { documentProblems } from '../document/invariants.ts';
import { createClip } from '../document/create.ts';
import type { Clip, ProjectDocument, Track } from '../document/schema.ts';
import { CommandRefused } from './refusal.ts';
import type { CommandName, CommandParams } from './commands.ts';
import { applyCommand } from './history.ts';
import {
  clipOf,
  frame,
  mediaClip,
  sampleProject,
  sampleRequest,
  sampleTake,
  second,
  sequenceOf,
  trackOf,
} from './testing/samples.ts';

type Without<N extends CommandName> = Omit<CommandParams[N], 'sequenceId'>;

function run<N extends CommandName>(document: ProjectDocument, name: N, params: Without<N>): ProjectDocument {
  const next = applyCommand(document, name, {
    sequenceId: sequenceOf(document).id,
    ...params,
  } as unknown as CommandParams[N]).document;
  expect(documentProblems(next)).toEqual([]);
  return next;
}

function refusal<N extends CommandName>(document: ProjectDocument, name: N, params: Without<N>): CommandRefused {
  try {
    run(document, name, params);
  } catch (error) {
    if (error instanceof CommandRefused) return error;
    throw error;
  }
  throw new Error(`${name} was not refused`);
}

/** A track at a glance, in seconds: 'v1 0-4 @10' is clip v1 from 0 to 4 showing its source from second 10. */
function look(document: ProjectDocument, role: Track['role']): string[] {
  return trackOf(document, role).clips.map(
    (clip) =>
      `${clip.name} ${clip.startTicks / second}-${(clip.startTicks + clip.durationTicks) / second} @${clip.sourceInTicks / second}`,
  );
}

/** v1 0-4 and v2 4-8 touch, v3 10-15 after a gap; the sound of v1 and v2 is linked. */
const cutTogether = () =>
  sampleProject({
    picture: [mediaClip('v1', 0, 4, 10, 'l1'), mediaClip('v2', 4, 4, 20, 'l2'), mediaClip('v3', 10, 5, 30)],
    speech: [mediaClip('a1', 0, 4, 10, 'l1'), mediaClip('a2', 4, 4, 20, 'l2')],
  });
const id = (document: ProjectDocument, role: Track['role']) => trackOf(document, role).id;
const locked = (document: ProjectDocument, role: Track['role']) =>
  run(document, 'setTrackProperties', { trackId: id(document, role), properties: { locked: true } });

describe('addClips', () => {
  const added = (document: ProjectDocument, clip: Clip, mode: 'overwrite' | 'insert') =>
    run(document, 'addClips', { clips: [{ trackId: id(document, 'picture'), clip }], mode });

  test('overwrite cuts away what it covers: inside, at an edge, whole', () => {
    expect(look(added(cutTogether(), mediaClip('new', 1, 2), 'overwrite'), 'picture')).toEqual([
      'v1 0-1 @10',
      'new 1-3 @10',
      'v1 3-4 @13',
      'v2 4-8 @20',
      'v3 10-15 @30',
    ]);
    expect(look(added(cutTogether(), mediaClip('new', 3, 9), 'overwrite'), 'picture')).toEqual([
      'v1 0-3 @10',
      'new 3-12 @10',
      'v3 12-15 @32',
    ]);
  });

  test('insert pushes later clips on unlocked tracks and splits what is in the way; a music bed stays', () => {
    let document = cutTogether();
    trackOf(document, 'music').clips = [
      { ...createClip('bed', { kind: 'media', mediaId: 'sound' }, 0, 12 * second) },
      { ...createClip('later', { kind: 'media', mediaId: 'sound' }, 12 * second, 4 * second) },
    ];
    document = added(document, mediaClip('new', 2, 3), 'insert');
    expect(look(document, 'picture')).toEqual([
      'v1 0-2 @10',
      'new 2-5 @10',
      'v1 5-7 @12',
      'v2 7-11 @20',
      'v3 13-18 @30',
    ]);
    expect(look(document, 'speech')).toEqual(['a1 0-2 @10', 'a1 5-7 @12', 'a2 7-11 @20']);
    expect(look(document, 'music')).toEqual(['bed 0-12 @0', 'later 15-19 @0']);
  });

  test('insert leaves locked tracks alone, and is refused when one holds the sound that would be split', () => {
    const document = locked(cutTogether(), 'speech');
    expect(look(added(document, mediaClip('new', 4, 1), 'insert'), 'speech')).toEqual(['a1 0-4 @10', 'a2 4-8 @20']);
    expect(
      refusal(document, 'addClips', {
        mode: 'insert',
        clips: [{ trackId: id(document, 'picture'), clip: mediaClip('new', 2, 1) }],
      }).code,
    ).toBe('linkedLocked');
  });

  test.each<[string, (document: ProjectDocument) => { trackId: string; clip: Clip }[], string]>([
    [
      'onto a locked track',
      (document) => [{ trackId: id(document, 'music'), clip: { ...mediaClip('x', 0, 1) } }],
      'trackLocked',
    ],
    [
      'a title onto a sound track',
      (document) => [
        { trackId: id(document, 'speech'), clip: createClip('t', { kind: 'solid', color: '#000' }, 0, 1) },
      ],
      'pictureOnSound',
    ],
    [
      'a sound file onto a picture track',
      (document) => [
        { trackId: id(document, 'picture'), clip: createClip('s', { kind: 'media', mediaId: 'sound' }, 0, 1) },
      ],
      'noPicture',
    ],
    [
      'of a file that is not in the bin',
      (document) => [
        { trackId: id(document, 'picture'), clip: createClip('s', { kind: 'media', mediaId: 'nope' }, 0, 1) },
      ],
      'fileNotInProject',
    ],
    [
      'with an id that is taken',
      (document) => [{ trackId: id(document, 'picture'), clip: mediaClip('v1', 20, 1) }],
      'clipThere',
    ],
    [
      'over one another',
      (document) => ['a', 'b'].map((name) => ({ trackId: id(document, 'picture'), clip: mediaClip(name, 20, 1) })),
      'overlap',
    ],
    [
      'with a length of nothing',
      (document) => [{ trackId: id(document, 'picture'), clip: { ...mediaClip('x', 20, 1), durationTicks: 0 } }],
      'badValue',
    ],
    ['of nothing', () => [], 'nothingToAdd'],
  ])('refuses clips %s', (_, clips, code) => {
    const document = locked(cutTogether(), 'music');
    expect(refusal(document, 'addClips', { mode: 'overwrite', clips: clips(document) }).code).toBe(code);
  });
});

describe('moveClips', () => {
  const moved = (document: ProjectDocument, startSeconds: number, mode: 'overwrite' | 'insert' = 'overwrite') =>
    run(document, 'moveClips', {
      mode,
      moves: [
        { clipId: 'v2', trackId: id(document, 'picture'), startTicks: startSeconds * second },
        { clipId: 'a2', trackId: id(document, 'speech'), startTicks: startSeconds * second },
      ],
    });

  test('leaves a gap behind and overwrites where it lands', () => {
    const document = moved(cutTogether(), 2);
    expect(look(document, 'picture')).toEqual(['v1 0-2 @10', 'v2 2-6 @20', 'v3 10-15 @30']);
    expect(look(document, 'speech')).toEqual(['a1 0-2 @10', 'a2 2-6 @20']);
  });

  test('insert pushes what is later', () => {
    expect(look(moved(cutTogether(), 0, 'insert'), 'picture')).toEqual(['v2 0-4 @20', 'v1 4-8 @10', 'v3 14-19 @30']);
  });

  test('a crossfade between two clips goes with them to another track', () => {
    let document = run(cutTogether(), 'addTransition', { fromClipId: 'v1', toClipId: 'v2', durationTicks: second });
    const to = id(document, 'overlay');
    document = run(document, 'unlinkClips', { clipIds: ['v1', 'v2'] });
    document = run(document, 'moveClips', {
      mode: 'overwrite',
      moves: [
        { clipId: 'v1', trackId: to, startTicks: 0 },
        { clipId: 'v2', trackId: to, startTicks: 4 * second },
      ],
    });
    expect(trackOf(document, 'overlay').transitions).toMatchObject([
      { fromClipId: 'v1', toClipId: 'v2', durationTicks: second },
    ]);
    expect(trackOf(document, 'picture').transitions).toEqual([]);
  });

  test('is refused without the linked clips, before the start, onto the other kind of track, onto a locked one', () => {
    const document = cutTogether();
    const move = (clipId: string, role: Track['role'], startTicks: number) => ({
      mode: 'overwrite' as const,
      moves: [{ clipId, trackId: id(document, role), startTicks }],
    });
    expect(refusal(document, 'moveClips', move('v2', 'picture', 0)).code).toBe('linkedMissing');
    expect(refusal(document, 'moveClips', move('v3', 'picture', -1)).code).toBe('clipBeforeStart');
    expect(refusal(document, 'moveClips', move('v3', 'speech', 0)).code).toBe('wrongTrackKind');
    expect(refusal(locked(document, 'overlay'), 'moveClips', move('v3', 'overlay', 0)).message).toBe(
      "The track 'Overlays' is locked.",
    );
    expect(refusal(document, 'moveClips', move('v3', 'picture', 0.5)).code).toBe('badTicks');
  });
});

describe('trimClip', () => {
  const trim = (
    document: ProjectDocument,
    clipId: string,
    edge: 'in' | 'out',
    toSeconds: number,
    options: { ripple?: boolean; linked?: boolean } = {},
  ) =>
    run(document, 'trimClip', { clipId, edge, toTicks: toSeconds * second, ripple: false, linked: true, ...options });

  test('sets an edge and keeps the source under the rest; linked clips go along', () => {
    const document = trim(cutTogether(), 'v1', 'in', 1);
    expect(look(document, 'picture')[0]).toBe('v1 1-4 @11');
    expect(look(document, 'speech')[0]).toBe('a1 1-4 @11');
    expect(look(trim(cutTogether(), 'v1', 'in', 1, { linked: false }), 'speech')[0]).toBe('a1 0-4 @10');
  });

  test("stops at the neighbour, at the source's start, at the source's end, and at one frame", () => {
    expect(look(trim(cutTogether(), 'v1', 'out', 6), 'picture')[0]).toBe('v1 0-4 @10');
    const alone = sampleProject({ picture: [mediaClip('v', 30, 5, 10)] });
    expect(look(trim(alone, 'v', 'in', 0), 'picture')).toEqual(['v 20-35 @0']);
    expect(look(trim(alone, 'v', 'out', 600), 'picture')).toEqual(['v 30-80 @10']);
    expect(clipOf(trim(alone, 'v', 'out', 3), 'v').durationTicks).toBe(frame);
    expect(clipOf(trim(alone, 'v', 'in', 99), 'v')).toMatchObject({
      durationTicks: frame,
      startTicks: 35 * second - frame,
    });
  });

  test('ends on a frame where the source does not', () => {
    const alone = sampleProject({ picture: [mediaClip('v', 30, 5, 10)] });
    alone.media['media']!.durationTicks = 20 * second + 1000;
    expect(clipOf(trim(alone, 'v', 'out', 600), 'v').durationTicks).toBe(10 * second);
  });

  test('of a still, a title or a clip not made yet has no source to stop at', () => {
    const document = sampleProject({
      picture: [{ ...createClip('still', { kind: 'media', mediaId: 'still' }, 0, second) }],
    });
    const clip = trackOf(document, 'picture').clips[0]!;
    expect(clipOf(trim(document, clip.id, 'out', 600), clip.id).durationTicks).toBe(600 * second);
  });

  test('ripple moves what follows with its sound; at the head the clip itself stays in place', () => {
    const longer = trim(cutTogether(), 'v1', 'out', 6, { ripple: true });
    expect(look(longer, 'picture')).toEqual(['v1 0-6 @10', 'v2 6-10 @20', 'v3 12-17 @30']);
    expect(look(longer, 'speech')).toEqual(['a1 0-6 @10', 'a2 6-10 @20']);
    const shorter = trim(cutTogether(), 'v1', 'in', 1, { ripple: true });
    expect(look(shorter, 'picture')).toEqual(['v1 0-3 @11', 'v2 3-7 @20', 'v3 9-14 @30']);
    expect(look(shorter, 'speech')).toEqual(['a1 0-3 @11', 'a2 3-7 @20']);
  });

  test('ripple is refused when a clip that stays is in the way, or when a locked track would have to follow', () => {
    expect(
      refusal(cutTogether(), 'trimClip', {
        clipId: 'v1',
        edge: 'out',
        toTicks: 3 * second,
        ripple: true,
        linked: false,
      }).code,
    ).toBe('rippleBlocked');
    const document = run(cutTogether(), 'unlinkClips', { clipIds: ['v1'] });
    expect(
      refusal(locked(document, 'speech'), 'trimClip', {
        clipId: 'v1',
        edge: 'out',
        toTicks: 3 * second,
        ripple: true,
        linked: true,
      }).code,
    ).toBe('trackLocked');
  });

  test('of a reversed clip takes from the other end of the source', () => {
    const document = sampleProject({ picture: [{ ...mediaClip('v', 10, 5, 10), reversed: true }] });
    expect(look(trim(document, 'v', 'in', 11), 'picture')).toEqual(['v 11-15 @10']);
    expect(look(trim(document, 'v', 'out', 14), 'picture')).toEqual(['v 10-14 @11']);
    expect(look(trim(document, 'v', 'out', 600), 'picture')).toEqual(['v 10-25 @0']);
  });

  test('at double speed, a second of the timeline is two of the source', () => {
    const document = sampleProject({ picture: [{ ...mediaClip('v', 10, 5, 10), speed: { num: 2, den: 1 } }] });
    expect(look(trim(document, 'v', 'in', 11), 'picture')).toEqual(['v 11-15 @12']);
    expect(look(trim(document, 'v', 'out', 600), 'picture')).toEqual(['v 10-35 @10']);
  });

  test('shortens fades that no longer fit', () => {
    const document = sampleProject({
      picture: [{ ...mediaClip('v', 10, 5, 10), fadeInTicks: 2 * second, fadeOutTicks: 2 * second }],
    });
    expect(clipOf(trim(document, 'v', 'out', 13), 'v')).toMatchObject({
      fadeInTicks: 2 * second,
      fadeOutTicks: second,
    });
  });
});

describe('roll, slip and slide', () => {
  test('rollCut moves the cut of picture and linked sound, as far as the sources go', () => {
    const document = run(cutTogether(), 'rollCut', { leftClipId: 'v1', rightClipId: 'v2', toTicks: 5 * second });
    expect(look(document, 'picture').slice(0, 2)).toEqual(['v1 0-5 @10', 'v2 5-8 @21']);
    expect(look(document, 'speech')).toEqual(['a1 0-5 @10', 'a2 5-8 @21']);
    const far = run(cutTogether(), 'rollCut', { leftClipId: 'v1', rightClipId: 'v2', toTicks: 0 });
    expect(clipOf(far, 'v1').durationTicks).toBe(frame);
    expect(refusal(cutTogether(), 'rollCut', { leftClipId: 'v2', rightClipId: 'v3', toTicks: 0 }).code).toBe(
      'notTouching',
    );
  });

  test('slipClip changes the source and nothing else, as far as there is any', () => {
    const document = run(cutTogether(), 'slipClip', { clipId: 'v1', deltaTicks: 2 * second });
    expect([look(document, 'picture')[0], look(document, 'speech')[0]]).toEqual(['v1 0-4 @12', 'a1 0-4 @12']);
    expect(look(run(document, 'slipClip', { clipId: 'v1', deltaTicks: -99 * second }), 'picture')[0]).toBe('v1 0-4 @0');
    expect(look(run(document, 'slipClip', { clipId: 'v1', deltaTicks: 99 * second }), 'picture')[0]).toBe('v1 0-4 @56');
    const still = sampleProject({
      picture: [{ ...createClip('still', { kind: 'media', mediaId: 'still' }, 0, second), id: 's' }],
    });
    expect(refusal(still, 'slipClip', { clipId: 's', deltaTicks: second }).code).toBe('nothingToSlip');
  });

  test('slideClip moves between neighbours, which give and take; a gap only shrinks and grows', () => {
    const document = run(cutTogether(), 'slideClip', { clipId: 'v2', deltaTicks: second });
    expect(look(document, 'picture')).toEqual(['v1 0-5 @10', 'v2 5-9 @20', 'v3 10-15 @30']);
    expect(look(document, 'speech')).toEqual(['a1 0-5 @10', 'a2 5-9 @20']);
    expect(look(run(cutTogether(), 'slideClip', { clipId: 'v2', deltaTicks: 99 * second }), 'picture')).toEqual([
      'v1 0-6 @10',
      'v2 6-10 @20',
      'v3 10-15 @30',
    ]);
  });
});

describe('splitClips', () => {
  test('cuts in two at the same source moment, linked clips too; the halves are linked as the whole was', () => {
    const document = run(cutTogether(), 'splitClips', { clipIds: ['v1'], atTicks: 3 * second });
    expect(look(document, 'picture').slice(0, 2)).toEqual(['v1 0-3 @10', 'v1 3-4 @13']);
    expect(look(document, 'speech').slice(0, 2)).toEqual(['a1 0-3 @10', 'a1 3-4 @13']);
    const [left, right] = trackOf(document, 'picture').clips;
    const [leftSound, rightSound] = trackOf(document, 'speech').clips;
    expect(left!.linkId).toBe(leftSound!.linkId);
    expect(right!.linkId).toBe(rightSound!.linkId);
    expect(right!.linkId).not.toBe(left!.linkId);
  });

  test('keeps takes on both, fades at the outer ends, and the crossfade at the cut after it', () => {
    let document = run(cutTogether(), 'setGeneration', { clipId: 'v1', request: sampleRequest('x') });
    document = applyCommand(document, 'addTake', { take: sampleTake('t'), clipId: 'v1' }).document;
    document = run(document, 'setClipProperties', {
      clipIds: ['v1'],
      properties: { fadeInTicks: second, fadeOutTicks: second },
    });
    document = run(document, 'addTransition', { fromClipId: 'v1', toClipId: 'v2', durationTicks: second });
    document = run(document, 'splitClips', { clipIds: ['v1'], atTicks: 2 * second });
    const [left, right] = trackOf(document, 'picture').clips;
    expect(
      [left, right].map((clip) => [
        clip!.generation!.activeTakeId,
        clip!.fadeInTicks / second,
        clip!.fadeOutTicks / second,
      ]),
    ).toEqual([
      ['t', 1, 0],
      ['t', 0, 1],
    ]);
    expect(trackOf(document, 'picture').transitions).toMatchObject([{ fromClipId: right!.id, toClipId: 'v2' }]);
  });

  test('of a reversed clip shows the same frames as before', () => {
    const document = run(sampleProject({ picture: [{ ...mediaClip('v', 0, 4, 10), reversed: true }] }), 'splitClips', {
      clipIds: ['v'],
      atTicks: second,
    });
    expect(look(document, 'picture')).toEqual(['v 0-1 @13', 'v 1-4 @10']);
  });

  test('refuses where nothing lies under the cut, an edge counting as nothing', () => {
    expect(refusal(cutTogether(), 'splitClips', { clipIds: ['v1'], atTicks: 4 * second }).code).toBe('nothingToSplit');
  });
});

describe('removeClips and closeGap', () => {
  test('removing leaves a gap, rippling closes it, with the sound of what follows', () => {
    const lifted = run(cutTogether(), 'removeClips', { clipIds: ['v1', 'a1'], ripple: false });
    expect(look(lifted, 'picture')).toEqual(['v2 4-8 @20', 'v3 10-15 @30']);
    const rippled = run(cutTogether(), 'removeClips', { clipIds: ['v1', 'a1'], ripple: true });
    expect(look(rippled, 'picture')).toEqual(['v2 0-4 @20', 'v3 6-11 @30']);
    expect(look(rippled, 'speech')).toEqual(['a2 0-4 @20']);
  });

  test('rippling over an L-cut keeps what follows in sync', () => {
    const document = sampleProject({
      picture: [mediaClip('v1', 0, 4, 10, 'l1'), mediaClip('v2', 4, 4, 20, 'l2')],
      speech: [mediaClip('a1', 0, 5, 10, 'l1'), mediaClip('a2', 5, 3, 21, 'l2')],
    });
    const rippled = run(document, 'removeClips', { clipIds: ['v1', 'a1'], ripple: true });
    expect([look(rippled, 'picture'), look(rippled, 'speech')]).toEqual([['v2 0-4 @20'], ['a2 1-4 @21']]);
  });

  test('rippling several clips closes each of their holes', () => {
    const document = sampleProject({ picture: [0, 1, 2, 3, 4].map((index) => mediaClip(`c${index}`, index * 2, 2)) });
    expect(look(run(document, 'removeClips', { clipIds: ['c1', 'c3'], ripple: true }), 'picture')).toEqual([
      'c0 0-2 @10',
      'c2 2-4 @10',
      'c4 4-6 @10',
    ]);
  });

  test('removing one of a link frees the other', () => {
    expect(clipOf(run(cutTogether(), 'removeClips', { clipIds: ['v1'], ripple: false }), 'a1').linkId).toBeNull();
  });

  test('closeGap moves what follows up to what is before', () => {
    const document = cutTogether();
    expect(
      look(run(document, 'closeGap', { trackId: id(document, 'picture'), atTicks: 9 * second }), 'picture')[2],
    ).toBe('v3 8-13 @30');
    expect(refusal(document, 'closeGap', { trackId: id(document, 'picture'), atTicks: 0 }).code).toBe('noGap');
  });
});

describe('setClipSpeed', () => {
  const speed = (
    document: ProjectDocument,
    num: number,
    den: number,
    options: { ripple?: boolean; reversed?: boolean } = {},
  ) => run(document, 'setClipSpeed', { clipId: 'v1', speed: { num, den }, reversed: false, ripple: false, ...options });

  test('keeps the source range, and the length follows; linked clips too', () => {
    const document = speed(cutTogether(), 2, 1);
    expect([look(document, 'picture')[0], look(document, 'speech')[0]]).toEqual(['v1 0-2 @10', 'a1 0-2 @10']);
  });

  test('a slower clip ends at its neighbour, or moves it along with ripple', () => {
    expect(look(speed(cutTogether(), 1, 2), 'picture')[0]).toBe('v1 0-4 @10');
    expect(look(speed(cutTogether(), 1, 2, { ripple: true }), 'picture')).toEqual([
      'v1 0-8 @10',
      'v2 8-12 @20',
      'v3 14-19 @30',
    ]);
    expect(look(speed(cutTogether(), 4, 1, { ripple: true }), 'speech')).toEqual(['a1 0-1 @10', 'a2 1-5 @20']);
  });

  test('reversed and cut short by its neighbour, begins with the last frame it showed', () => {
    expect(look(speed(cutTogether(), 1, 2, { reversed: true }), 'picture')[0]).toBe('v1 0-4 @12');
  });

  test('is refused out of bounds', () => {
    expect(
      refusal(cutTogether(), 'setClipSpeed', {
        clipId: 'v1',
        speed: { num: 1, den: 1000 },
        reversed: false,
        ripple: false,
      }).code,
    ).toBe('badSpeed');
    expect(
      refusal(cutTogether(), 'setClipSpeed', {
        clipId: 'v1',
        speed: { num: 0, den: 1 },
        reversed: false,
        ripple: false,
      }).code,
    ).toBe('badValue');
  });
});

describe('transitions', () => {
  const faded = () =>
    run(cutTogether(), 'addTransition', { fromClipId: 'v1', toClipId: 'v2', durationTicks: 2 * second });

  test('stand on a cut, once, no longer than either clip', () => {
    expect(refusal(faded(), 'addTransition', { fromClipId: 'v1', toClipId: 'v2', durationTicks: second }).code).toBe(
      'transitionExists',
    );
    expect(
      refusal(cutTogether(), 'addTransition', { fromClipId: 'v2', toClipId: 'v3', durationTicks: second }).code,
    ).toBe('notAbutting');
    expect(
      refusal(cutTogether(), 'addTransition', { fromClipId: 'v1', toClipId: 'v2', durationTicks: 5 * second }).message,
    ).toContain('at most 4.00 seconds');
  });

  test('shrink with their clips, go when the cut is gone, and can be set and removed', () => {
    const trimmed = run(faded(), 'trimClip', {
      clipId: 'v1',
      edge: 'in',
      toTicks: 3 * second,
      ripple: false,
      linked: true,
    });
    expect(trackOf(trimmed, 'picture').transitions[0]!.durationTicks).toBe(second);
    const parted = run(faded(), 'trimClip', {
      clipId: 'v1',
      edge: 'out',
      toTicks: 3 * second,
      ripple: false,
      linked: true,
    });
    expect(trackOf(parted, 'picture').transitions).toEqual([]);
    const transitionId = trackOf(faded(), 'picture').transitions[0]!.id;
    expect(refusal(faded(), 'setTransitionDuration', { transitionId, durationTicks: second }).code).toBe(
      'transitionNotFound',
    );
    const document = faded();
    const own = trackOf(document, 'picture').transitions[0]!.id;
    expect(
      trackOf(run(document, 'setTransitionDuration', { transitionId: own, durationTicks: second }), 'picture')
        .transitions[0]!.durationTicks,
    ).toBe(second);
    expect(trackOf(run(document, 'removeTransition', { transitionId: own }), 'picture').transitions).toEqual([]);
  });
});

describe('other commands', () => {
  test('properties are checked, fades fit, a locked clip is left alone', () => {
    const document = cutTogether();
    expect(refusal(document, 'setClipProperties', { clipIds: ['v1'], properties: { opacity: 2 } }).message).toMatch(
      /^A property of the clip does not fit: opacity: /,
    );
    expect(
      refusal(document, 'setClipProperties', {
        clipIds: ['v1'],
        properties: { crop: { left: 0.5, right: 0.5, top: 0, bottom: 0 } },
      }).code,
    ).toBe('cropsEverything');
    const faded = run(document, 'setClipProperties', { clipIds: ['v1'], properties: { fadeInTicks: 3 * second } });
    expect(
      clipOf(run(faded, 'setClipProperties', { clipIds: ['v1'], properties: { fadeOutTicks: 2 * second } }), 'v1'),
    ).toMatchObject({ fadeInTicks: 2 * second, fadeOutTicks: 2 * second });
    expect(
      refusal(locked(document, 'picture'), 'setClipProperties', { clipIds: ['v1'], properties: { opacity: 1 } }).code,
    ).toBe('trackLocked');
  });

  test('tracks come before the next kind, and the last of a kind stays', () => {
    const document = run(cutTogether(), 'addTrack', { kind: 'video', role: 'overlay', name: 'Top', index: null });
    expect(
      sequenceOf(document)
        .tracks.map((track) => track.name)
        .slice(0, 5),
    ).toEqual(['Picture', 'Overlays', 'Titles', 'Top', 'Sound']);
    let fewer = cutTogether();
    for (const role of ['overlay', 'titles'] as const) fewer = run(fewer, 'removeTrack', { trackId: id(fewer, role) });
    expect(refusal(fewer, 'removeTrack', { trackId: id(fewer, 'picture') }).code).toBe('lastPictureTrack');
    const whole = cutTogether();
    expect(clipOf(run(whole, 'removeTrack', { trackId: id(whole, 'speech') }), 'v1').linkId).toBeNull();
  });

  test('a file in use stays in the bin, also when a request is made from it', () => {
    const document = cutTogether();
    expect(refusal(document, 'removeMedia', { mediaIds: ['media'] }).message).toBe(
      "'media.mp4' is used by the clip 'v1'.",
    );
    const asked = run(document, 'setGeneration', {
      clipId: 'v1',
      request: { ...sampleRequest('x'), references: [{ kind: 'media', mediaId: 'still', sourceTicks: 0 }] },
    });
    expect(refusal(asked, 'removeMedia', { mediaIds: ['still'] }).code).toBe('mediaInUse');
    expect(Object.keys(run(document, 'removeMedia', { mediaIds: ['still'] }).media)).toEqual(['media', 'sound']);
    // an edit of an edit of it
    const patch = (kind: 'media' | 'take', over: string) => ({
      over: { kind, id: over, startTicks: 0 },
      picture: { width: 64, height: 36 },
      box: { x: 0, y: 0, width: 8, height: 8 },
    });
    const patched = [
      { ...sampleTake('lower'), patch: patch('media', 'still') },
      { ...sampleTake('upper'), patch: patch('take', 'lower') },
    ].reduce(
      (before, take) => run(before, 'addTake', { take, clipId: take.id === 'upper' ? 'v1' : null }),
      run(document, 'setGeneration', { clipId: 'v1', request: sampleRequest('x') }),
    );
    expect(refusal(patched, 'removeMedia', { mediaIds: ['still'] }).code).toBe('mediaInUse');
  });

  test('a prompt of 10,000 characters is refused with its length', () => {
    expect(
      refusal(cutTogether(), 'setGeneration', { clipId: 'v1', request: sampleRequest('x'.repeat(10_000)) }).message,
    ).toBe('The prompt has 10,000 characters: 2,000 is the most.');
  });

  test('markers stay in order; in lies before out; sizes are even', () => {
    let document = cutTogether();
    for (const ticks of [3, 1, 2])
      document = run(document, 'addMarker', {
        marker: { id: `m${ticks}`, ticks: ticks * second, name: '', kind: 'marker' },
      });
    expect(sequenceOf(document).markers.map((marker) => marker.id)).toEqual(['m1', 'm2', 'm3']);
    expect(
      sequenceOf(run(document, 'setMarker', { markerId: 'm1', properties: { ticks: 9 * second } })).markers.map(
        (marker) => marker.id,
      ),
    ).toEqual(['m2', 'm3', 'm1']);
    expect(refusal(document, 'setInOut', { inTicks: 5, outTicks: 5 }).code).toBe('badRange');
    expect(refusal(document, 'setSequenceFormat', { width: 1281, height: 720, rate: { num: 30, den: 1 } }).code).toBe(
      'oddSize',
    );
  });

  test('a take becomes active on its clip and ends its failure; the same take again changes nothing', () => {
    let document = run(cutTogether(), 'setGeneration', { clipId: 'v1', request: sampleRequest('x') });
    document = applyCommand(document, 'setGenerationFailure', {
      clipId: 'v1',
      failure: { code: 'outOfMemory', message: 'Out of memory.' },
    }).document;
    document = applyCommand(document, 'addTake', { take: sampleTake('t'), clipId: 'v1' }).document;
    expect(clipOf(document, 'v1').generation).toMatchObject({ takeIds: ['t'], activeTakeId: 't', failure: null });
    expect(applyCommand(document, 'addTake', { take: sampleTake('t'), clipId: 'v1' }).patches).toEqual([]);
    expect(refusal(document, 'setActiveTake', { clipId: 'v1', takeId: 'other' }).code).toBe('takeOfAnother');
    expect(
      clipOf(run(document, 'setActiveTake', { clipId: 'v1', takeId: null }), 'v1').generation!.activeTakeId,
    ).toBeNull();
  });
});
