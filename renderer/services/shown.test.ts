import { beforeEach, expect, it } from 'vitest';
import { formatTimecode } from '../../core/time/timecode.ts';
import { snapToFrame, ticksAtFrame } from '../../core/time/ticks.ts';
import { sampleProject } from '../testing/sampleProject.ts';
import { settleShownPlayhead, shown } from './shown.ts';
import { useEditor } from './store.ts';

beforeEach(() => useEditor.setState({ document: sampleProject(), viewerMode: 'timeline' }));

it('a playhead that stopped within a frame settles on the frame that its timecode names', () => {
  const { rate } = shown(useEditor.getState());
  const late = ticksAtFrame(11, rate) - 1;
  useEditor.setState({ playheadTicks: late });
  const seen = formatTimecode(late, rate);

  expect(settleShownPlayhead()).toBe(true);

  const { playheadTicks } = useEditor.getState();
  expect(playheadTicks).toBe(ticksAtFrame(10, rate));
  expect(formatTimecode(snapToFrame(playheadTicks, rate), rate)).toBe(seen);
  expect(settleShownPlayhead()).toBe(false);
});
