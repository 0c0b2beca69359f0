/** The frame with the picture that is put into it: drawn by the engine when the request has settled. */
import { useEffect, useState } from 'react';
import type { InpaintRequest } from '../../core/actions/inpaint/schema.ts';
import { toFailure, type Failure } from '../../core/contract/errors.ts';
import type { Mask } from '../../core/document/schema.ts';
import { engine } from './connection.ts';
import { followedFrame } from './followMask.ts';
import { useEditor } from './store.ts';

const settleMs = 400;
const longestPx = 960;

/** The picture as a data URL, or why there is none. */
export interface AdditionPreview {
  readonly picture: string | null;
  readonly isWaiting: boolean;
  readonly failure: Failure | null;
}

/** null asks nothing. */
export function useAdditionPreview(request: InpaintRequest | null, clipId: string): AdditionPreview {
  const projectId = useEditor((state) => state.projectId);
  const key = request ? JSON.stringify({ ...request, seed: 0, prompt: '' }) : '';
  const [drawn, setDrawn] = useState<{ key: string } & Omit<AdditionPreview, 'isWaiting'>>({
    key: '',
    picture: null,
    failure: null,
  });
  useEffect(() => {
    if (!projectId || key === '') return;
    let current = true;
    const timer = setTimeout(() => {
      ofOneFrame(clipId, JSON.parse(key) as InpaintRequest)
        .then((asked) => engine().call('additions.preview', { projectId, request: asked, longestPx }))
        .then(
          ({ picture }) => current && setDrawn({ key, picture, failure: null }),
          (error: unknown) => {
            const failure = toFailure(error);
            // a newer request: its own answer comes
            if (current && failure.code !== 'cancelled') setDrawn({ key, picture: null, failure });
          },
        );
    }, settleMs);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [projectId, key, clipId]);
  const isCurrent = drawn.key === key;
  return {
    // the last picture stays until the next one comes
    picture: key === '' ? null : drawn.picture,
    failure: isCurrent ? drawn.failure : null,
    isWaiting: key !== '' && !isCurrent,
  };
}

/** What one frame needs: nothing is followed or removed on it, and a mask that follows is its frame there. */
async function ofOneFrame(clipId: string, request: InpaintRequest): Promise<InpaintRequest> {
  const { placement } = request;
  if (!placement) return request;
  const occluder = placement.occluder && (await stillAt(clipId, placement.occluder, placement.atTicks));
  return { ...request, edit: 'add', mask: null, placement: { ...placement, anchor: 'frame', occluder } };
}

async function stillAt(clipId: string, mask: Mask, atTicks: number): Promise<Mask | null> {
  if (mask.kind !== 'followed') return mask;
  const png = await followedFrame(clipId, mask, atTicks).catch(() => null);
  return png === null ? null : { kind: 'painted', png, featherPx: mask.featherPx };
}
