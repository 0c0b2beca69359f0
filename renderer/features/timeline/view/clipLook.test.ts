import { describe, expect, it } from 'vitest';
import { createClip, createTrack, defaultTitle } from '../../../../core/document/create.ts';
import type { Job } from '../../../../core/contract/jobs.ts';
import type { Clip, GenerationRequest } from '../../../../core/document/schema.ts';
import { clipLook, clipRoom, clipState, jobsByClip } from './clipLook.ts';
import { itemsOf, neighbourItem } from './items.ts';
import { layoutLanes } from './laneLayout.ts';
import { testDocument } from '../gestures/gestureTester.ts';
import { activeSequence } from '../../../../core/document/query.ts';

const nothing = { job: null, stale: false, missing: false };
const job = (part: Partial<Job>) =>
  ({
    id: 'j',
    spec: { kind: 'generation', clipId: 'c' },
    state: 'queued',
    createdAt: '1',
    failure: null,
    ...part,
  }) as unknown as Job;

function made(
  part: Partial<NonNullable<Clip['generation']>>,
  reference: Clip['reference'] = { kind: 'generated' },
): Clip {
  return {
    ...createClip('c', reference, 0, 10),
    id: 'c',
    generation: {
      request: { action: 'generate' } as GenerationRequest,
      takeIds: [],
      activeTakeId: null,
      failure: null,
      ...part,
    },
  };
}

describe('the state a clip shows', () => {
  const ready = made({ takeIds: ['t'], activeTakeId: 't' });
  it.each([
    ['plain', createClip('c', { kind: 'media', mediaId: 'm' }, 0, 10), nothing],
    ['missing', createClip('c', { kind: 'media', mediaId: 'm' }, 0, 10), { ...nothing, missing: true }],
    ['draft', made({}), nothing],
    ['queued', made({}), { ...nothing, job: job({}) }],
    ['generating', ready, { ...nothing, job: job({ state: 'running' }) }],
    ['ready', ready, nothing],
    ['stale', ready, { ...nothing, stale: true }],
    ['missing', ready, { ...nothing, missing: true }],
    [
      'failed',
      made({ takeIds: ['t'], activeTakeId: 't', failure: { code: 'outOfMemory', message: 'Out of memory' } }),
      nothing,
    ],
    ['plain', made({ takeIds: ['t'] }, { kind: 'media', mediaId: 'm' }), nothing],
    // an edit of footage that was cancelled leaves the footage
    ['plain', made({}, { kind: 'media', mediaId: 'm' }), { ...nothing, job: job({ state: 'cancelled' }) }],
    ['missing', made({}, { kind: 'media', mediaId: 'm' }), { ...nothing, missing: true }],
    ['draft', made({}), { ...nothing, job: job({ state: 'cancelled' }) }],
  ] as const)('%s', (state, clip, facts) => {
    expect(clipState(clip, facts)).toBe(state);
  });
});

describe('looks', () => {
  it('a title is lavender on any track, sound has its track’s colour', () => {
    const title = createClip('t', defaultTitle, 0, 10);
    expect(clipLook(title, createTrack('video', 'picture', ''))).toBe('title');
    expect(clipLook(createClip('m', { kind: 'media', mediaId: 'm' }, 0, 10), createTrack('audio', 'foley', ''))).toBe(
      'foley',
    );
  });
  it('room by width, as DESIGN-LANGUAGE has it', () => {
    expect([200, 119, 55, 23].map(clipRoom)).toEqual(['full', 'short', 'nameless', 'colour']);
  });
  it('a clip shows the job that runs, then the one whose turn is next, then the newest', () => {
    const shown = (...states: Job['state'][]) => {
      const jobs = states.map((state, index) => job({ id: String(index), createdAt: String(index), state }));
      return jobsByClip(Object.fromEntries(jobs.map((each) => [each.id, each]))).get('c')?.id;
    };
    expect(shown('done', 'running', 'queued')).toBe('1');
    expect(shown('done', 'queued', 'queued')).toBe('1');
    expect(shown('failed', 'done')).toBe('1');
  });
});

describe('arrows', () => {
  const document = testDocument([
    { id: 'a', track: 'v1', at: 0, to: 2 },
    { id: 'b', track: 'v1', at: 4, to: 6 },
    { id: 'over', track: 'v2', at: 5, to: 9 },
    { id: 'sound', track: 'a1', at: 0, to: 3 },
  ]);
  const lanes = layoutLanes(activeSequence(document));
  const go = (key: string | null, direction: Parameters<typeof neighbourItem>[2], withGaps = true) =>
    neighbourItem(lanes, key, direction, 0, withGaps)?.key ?? null;

  it('go through clips and gaps in time order', () => {
    expect(itemsOf(lanes[1]!.track, true).map((item) => item.gap)).toEqual([false, true, false]);
    expect(go('a', 'right')).toMatch(/^gap:v1:/);
    expect(go('a', 'right', false)).toBe('b');
    expect(go('b', 'right')).toBeNull();
  });
  it('go up and down to the nearest in time', () => {
    expect(go('b', 'up')).toBe('over');
    expect(go('over', 'down')).toBe('b');
    expect(go('a', 'down')).toBe('sound');
  });
  it('begin somewhere', () => {
    expect(go(null, 'right', false)).toBe('over');
  });
});
