// @vitest-environment happy-dom
import { cleanup, render } from '@testing-library/react';
import { useRef } from 'react';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createProject } from '../../../../core/document/create.ts';
import { useEditor } from '../../../services/store.ts';
import { useLaneScroll, useSharedScroll } from './useLaneScroll.ts';
import { useTimelineView } from './timelineView.ts';

function Box({ name }: { name: string }) {
  const box = useRef<HTMLDivElement>(null);
  const inside = useRef<HTMLDivElement>(null);
  useSharedScroll(box);
  useLaneScroll(inside);
  return (
    <div ref={box} data-testid={name}>
      <div ref={inside} data-testid={`${name}-inside`} />
    </div>
  );
}

beforeEach(() => {
  useEditor.setState({ document: createProject('Test') });
  // seven tracks, of which two fit
  useTimelineView.setState({ laneScrollPx: 0, heightPx: 100 });
});
afterEach(cleanup);

it('turns the scroll that the browser makes for a focused head into the scroll of heads and lanes', () => {
  const { getByTestId } = render(
    <>
      <Box name="heads" />
      <Box name="lanes" />
    </>,
  );
  const heads = getByTestId('heads');
  heads.scrollTop = 40;
  heads.dispatchEvent(new Event('scroll'));
  expect(heads.scrollTop).toBe(0);
  expect(['heads', 'lanes'].map((name) => getByTestId(`${name}-inside`).style.transform)).toEqual([
    'translate3d(0, -40px, 0)',
    'translate3d(0, -40px, 0)',
  ]);
});
