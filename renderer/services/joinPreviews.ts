/** Small films of the ways to continue or bridge footage: asked for when the request has settled. */
import { useEffect, useState } from 'react';
import type { RequestOf } from '../../core/actions/schema.ts';
import { toFailure, type Failure } from '../../core/contract/errors.ts';
import type { JoinPreview } from '../../core/contract/joins.ts';
import { engine } from './connection.ts';
import { useEditor } from './store.ts';

const settleMs = 300;
const longestPx = 192;

/** Previews, or why there are none. */
export interface JoinPreviews {
  readonly previews: readonly JoinPreview[];
  readonly isWaiting: boolean;
  readonly failure: Failure | null;
}

/** One film for each way. They do not depend on the way that the request names. */
export function useJoinPreviews(request: RequestOf<'extend' | 'fillGap'> | null): JoinPreviews {
  const projectId = useEditor((state) => state.projectId);
  const key = request ? JSON.stringify(withoutWay(request)) : '';
  const [drawn, setDrawn] = useState<{ key: string } & Omit<JoinPreviews, 'isWaiting'>>({
    key: '',
    previews: [],
    failure: null,
  });
  useEffect(() => {
    if (!projectId || key === '') return;
    let current = true;
    const timer = setTimeout(() => {
      const asked = JSON.parse(key) as RequestOf<'extend' | 'fillGap'>;
      engine()
        .call('joins.previews', { projectId, request: asked, longestPx })
        .then(
          ({ previews }) => current && setDrawn({ key, previews, failure: null }),
          (error: unknown) => {
            const failure = toFailure(error);
            // a newer request: its own answer comes
            if (current && failure.code !== 'cancelled') setDrawn({ key, previews: [], failure });
          },
        );
    }, settleMs);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [projectId, key]);
  const isCurrent = drawn.key === key;
  return {
    previews: isCurrent ? drawn.previews : [],
    failure: isCurrent ? drawn.failure : null,
    isWaiting: key !== '' && !isCurrent,
  };
}

function withoutWay(request: RequestOf<'extend' | 'fillGap'>): RequestOf<'extend' | 'fillGap'> {
  const { way: _way, ...asked } = request;
  const settled = { ...asked, seed: 0, prompt: '' };
  if (settled.action !== 'extend') return settled;
  const { leadTicks = 0, ...rest } = settled;
  return { ...rest, durationTicks: settled.durationTicks - leadTicks };
}
