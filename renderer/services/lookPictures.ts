/** Pictures of looks for the panel: asked for when the frame has settled, kept as long as it stays. */
import { useEffect, useState } from 'react';
import type { LookId } from '../../core/actions/restyle/looks.ts';
import { toFailure, type Failure } from '../../core/contract/errors.ts';
import type { Clip, PictureRef, SourceRef } from '../../core/document/schema.ts';
import { engine } from './connection.ts';
import { useEditor } from './store.ts';

/** How long the playhead, the words and the strength must stay before pictures are drawn, ms. */
const settleMs = 400;

/** The frame of an edit's source at the playhead; its first or last where the playhead is outside the clip. */
export function frameOfSource(source: SourceRef, clip: Clip, playheadTicks: number): PictureRef {
  const share = Math.min(1, Math.max(0, (playheadTicks - clip.startTicks) / clip.durationTicks));
  const along = Math.round((clip.reversed ? 1 - share : share) * source.durationTicks);
  const sourceTicks = source.startTicks + Math.min(along, Math.max(0, source.durationTicks - 1));
  return source.kind === 'media'
    ? { kind: 'media', mediaId: source.id, sourceTicks }
    : { kind: 'take', takeId: source.id, sourceTicks };
}

/** Pictures that were drawn, and what for. */
export interface LookPictures {
  readonly pictures: readonly string[];
  /** A newer frame or strength is being drawn. */
  readonly isWaiting: boolean;
  readonly failure: Failure | null;
}

/** One picture for each list of looks. The last ones stay until new ones come. */
export function useLookPictures(
  picture: PictureRef | null,
  looks: readonly (readonly LookId[])[],
  strength: number,
  longestPx: number,
  { reference = null, keepFaces = false }: { reference?: PictureRef | null; keepFaces?: boolean } = {},
): LookPictures {
  const projectId = useEditor((state) => state.projectId);
  const key = picture ? JSON.stringify({ picture, looks, strength, longestPx, reference, keepFaces }) : '';
  const [drawn, setDrawn] = useState<Omit<LookPictures, 'isWaiting'> & { readonly key: string }>({
    key: '',
    pictures: [],
    failure: null,
  });
  useEffect(() => {
    if (!projectId || key === '') return;
    let current = true;
    const timer = setTimeout(() => {
      const asked = JSON.parse(key) as Asked;
      engine()
        .call('looks.pictures', { projectId, ...asked })
        .then(
          ({ pictures }) => current && setDrawn({ key, pictures, failure: null }),
          (error: unknown) => {
            const failure = toFailure(error);
            // another panel's newer frame: its own answer comes
            if (current && failure.code !== 'cancelled') setDrawn({ key, pictures: [], failure });
          },
        );
    }, settleMs);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [projectId, key]);
  return { pictures: drawn.pictures, failure: drawn.failure, isWaiting: key !== '' && drawn.key !== key };
}

interface Asked {
  readonly picture: PictureRef;
  readonly looks: LookId[][];
  readonly strength: number;
  readonly longestPx: number;
  readonly reference: PictureRef | null;
  readonly keepFaces: boolean;
}
