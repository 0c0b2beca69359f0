import { beforeEach, expect, it } from 'vitest';
import { sampleProject, seconds } from '../testing/sampleProject.ts';
import { compareTakes } from './generation.ts';
import { useEditor } from './store.ts';

const { getState, setState } = useEditor;

beforeEach(() => setState({ document: sampleProject(), compare: null, playing: 1, playheadTicks: seconds(1) }));

it('comparing goes to the clip when the playhead is elsewhere, and leaves it alone when it is there', () => {
  expect(compareTakes('made-1')).toBe(true);
  expect([getState().playheadTicks, getState().playing, getState().compare]).toMatchObject([seconds(16.5), 0, { a: 't1', b: 't2' }]);
  setState({ playheadTicks: seconds(18) });
  compareTakes('made-1');
  expect(getState().playheadTicks).toBe(seconds(18));
});

it('there is nothing to compare where there is one thing to show', () => {
  expect([compareTakes('flower-0'), getState().compare, getState().playheadTicks]).toEqual([false, null, seconds(1)]);
});
