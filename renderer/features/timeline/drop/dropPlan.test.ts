import { describe, expect, it } from 'vitest';
import { createTrack, defaultTitle } from '../../../../core/document/create.ts';
import { secondsFromTicks, ticksFromSeconds } from '../../../../core/time/ticks.ts';
import type { DragData } from '../../../services/dragData.ts';
import { freshSession, useEditor } from '../../../services/store.ts';
import { sequenceOf } from '../../../services/selectors.ts';
import { GestureTester, pixelsPerSecond } from '../gestures/gestureTester.ts';
import { onNewTrack, planDrop, planFilesDrop } from './dropPlan.ts';
import { planFiles } from './planFiles.ts';
import { runDrop } from './runDrop.ts';

const middles = { v2: 24, v1: 80, a1: 134 } as const;
const shots = () =>
  new GestureTester([
    { id: 'a', track: 'v1', at: 0, to: 2 },
    { id: 'b', track: 'v1', at: 2, to: 4 },
  ]);

function drop(
  test: GestureTester,
  data: DragData,
  lane: keyof typeof middles,
  seconds: number,
  keys: { alt?: boolean } = {},
) {
  return planDrop(test.world(), data, {
    xPx: seconds * pixelsPerSecond,
    yPx: middles[lane],
    shift: false,
    ctrl: false,
    alt: false,
    ...keys,
  })!;
}

describe('dropping from the bin', () => {
  it('a video becomes a picture and its sound, linked', () => {
    const plan = drop(shots(), { type: 'framewright-media', mediaIds: ['shot'] }, 'v2', 1);
    expect(plan.command).toMatchObject({ name: 'addClips', params: { mode: 'overwrite' } });
    const clips = plan.command?.name === 'addClips' ? plan.command.params.clips : [];
    expect(clips.map((placed) => placed.trackId)).toEqual(['v2', 'a1']);
    expect(clips[0]!.clip.linkId).toBe(clips[1]!.clip.linkId);
    expect(clips[0]!.clip.linkId).not.toBeNull();
    expect(secondsFromTicks(clips[0]!.clip.startTicks)).toBe(1);
  });

  it('several lie one behind the other; Alt makes room', () => {
    const plan = drop(shots(), { type: 'framewright-media', mediaIds: ['voice', 'voice'] }, 'a1', 0, { alt: true });
    const params = plan.command?.name === 'addClips' ? plan.command.params : null;
    expect(params?.mode).toBe('insert');
    expect(params?.clips.map((placed) => secondsFromTicks(placed.clip.startTicks))).toEqual([0, 60]);
  });

  it('snaps to cuts', () => {
    const test = shots();
    test.session.snapping = true;
    expect(drop(test, { type: 'framewright-media', mediaIds: ['shot'] }, 'v1', 4.05).preview).toMatchObject({
      startTicks: ticksFromSeconds(4),
      snapTicks: ticksFromSeconds(4),
    });
  });

  it('files from the desktop lie where the drop showed them, however the view has moved since', () => {
    const test = shots();
    const pointer = { xPx: 5 * pixelsPerSecond, yPx: middles.v2, shift: false, ctrl: false, alt: false };
    const shown = planFiles(test.world(), pointer, 'Import 1 file here')!;
    expect(shown.preview).toMatchObject({ trackId: 'v2', startTicks: ticksFromSeconds(5) });
    test.session.pixelsPerSecond = pixelsPerSecond / 4;
    test.session.scrollTicks = ticksFromSeconds(30);
    const items = [test.document.media['shot']!];
    const plan = planFilesDrop(test.world(), items, shown);
    const placed = plan?.command?.name === 'addClips' ? plan.command.params.clips : [];
    expect(placed.map(({ trackId, clip }) => [trackId, secondsFromTicks(clip.startTicks)])).toEqual([
      ['v2', 5],
      ['a1', 5],
    ]);
    // the track was removed while they were imported
    const without = structuredClone(test.document);
    const sequence = Object.values(without.sequences)[0]!;
    sequence.tracks = sequence.tracks.filter(({ id }) => id !== 'v2');
    test.document = without;
    expect(planFilesDrop(test.world(), items, shown)).toBeNull();
  });

  it('sound that finds no room gets a track of its own; a stem keeps its track', () => {
    const test = new GestureTester([{ id: 's', track: 'a1', at: 0, to: 10 }]);
    test.document = structuredClone(test.document);
    const { tracks } = Object.values(test.document.sequences)[0]!;
    tracks.push({ ...createTrack('audio', 'foley', 'Foley'), id: 'foley' });
    const film = { type: 'framewright-media', mediaIds: ['shot', 'shot'] } as const;
    const plan = drop(test, film, 'v2', 1);
    expect(plan.newTrack).toBe('audio');
    const command = onNewTrack(plan.command!, 'added');
    const clips = command.name === 'addClips' ? command.params.clips : [];
    expect(clips.map((placed) => placed.trackId)).toEqual(['v2', 'added', 'v2', 'a1']);
    // an insert pushes aside what is there
    expect(drop(test, film, 'v2', 1, { alt: true }).newTrack).toBeUndefined();
  });

  it('the new track and the clips are undone together', () => {
    const test = new GestureTester([{ id: 's', track: 'a1', at: 0, to: 100 }]);
    useEditor.setState({ ...freshSession(), document: test.document, projectId: 'p' });
    const sequence = () => sequenceOf(useEditor.getState())!;
    runDrop(drop(test, { type: 'framewright-media', mediaIds: ['shot'] }, 'v1', 1));
    expect(
      sequence()
        .tracks.filter((track) => track.kind === 'audio')
        .map((track) => track.clips.length),
    ).toEqual([1, 1]);
    expect(sequence().tracks.at(-1)!.role).toBe('speech');
    expect(useEditor.getState().history).toHaveLength(1);
    useEditor.getState().undo();
    expect(sequence().tracks).toEqual(Object.values(test.document.sequences)[0]!.tracks);
  });

  it('is refused where it does not fit, with the reason', () => {
    const title = { type: 'framewright-title', title: defaultTitle } as const;
    expect(drop(shots(), title, 'a1', 1)).toMatchObject({ preview: { refused: 'wrongKind' }, command: null });
    expect(drop(shots(), title, 'v2', 1).command).toMatchObject({ name: 'addClips' });
    const locked = shots();
    locked.document = structuredClone(locked.document);
    Object.values(locked.document.sequences)[0]!.tracks[0]!.locked = true;
    expect(drop(locked, title, 'v1', 1)).toMatchObject({ preview: { refused: 'locked' }, command: null });
  });

  it('a crossfade goes to the nearest cut, no longer than the shots allow', () => {
    const fade = { type: 'framewright-transition', durationTicks: ticksFromSeconds(3) } as const;
    expect(drop(shots(), fade, 'v1', 2.2).command).toMatchObject({
      name: 'addTransition',
      params: { fromClipId: 'a', toClipId: 'b', durationTicks: ticksFromSeconds(2) },
    });
    expect(drop(shots(), { ...fade, durationTicks: ticksFromSeconds(1) }, 'v1', 3.5)).toMatchObject({
      preview: { refused: 'noCut' },
      command: null,
    });
  });
});
