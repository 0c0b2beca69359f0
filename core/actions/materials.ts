/** What a request is made from, in one shape for all actions: null and [] where an action takes none. */
import type { Mask, PictureRef, SequenceRange, SourceRef } from '../document/refs.ts';
import type { GenerationRequest } from './schema.ts';
import type { StemPart } from './soundtrack/schema.ts';

/** References into the project that a request is made from. */
export interface RequestMaterials {
  readonly source: SourceRef | null;
  readonly firstFrame: PictureRef | null;
  readonly lastFrame: PictureRef | null;
  readonly references: readonly PictureRef[];
  readonly mask: Mask | null;
  readonly sequenceRange: SequenceRange | null;
  readonly part: StemPart | null;
}

/** The materials of any request. */
export function materialsOf(request: GenerationRequest): RequestMaterials {
  return {
    source: 'source' in request ? request.source : null,
    firstFrame: 'firstFrame' in request ? request.firstFrame : null,
    lastFrame: 'lastFrame' in request ? request.lastFrame : null,
    references: ('references' in request ? request.references : undefined) ?? [],
    mask: 'mask' in request ? request.mask : null,
    sequenceRange: 'sequenceRange' in request ? request.sequenceRange : null,
    part: 'part' in request ? (request.part ?? null) : null,
  };
}

/** Its settings: the request without its words, its materials and what every recipe names by itself. */
export function parametersOf(request: GenerationRequest): Readonly<Record<string, unknown>> {
  const elsewhere = [
    'action',
    'prompt',
    'seed',
    'packId',
    'durationTicks',
    'besides',
    ...Object.keys(materialsOf(request)),
  ];
  return Object.fromEntries(Object.entries(request).filter(([name]) => !elsewhere.includes(name)));
}

/** Whether a request is made from a file of the bin. */
export function usesMedia(request: GenerationRequest, mediaId: string): boolean {
  const { source, firstFrame, lastFrame, references } = materialsOf(request);
  if (source?.kind === 'media' && source.id === mediaId) return true;
  return [firstFrame, lastFrame, ...references].some(
    (picture) => picture?.kind === 'media' && picture.mediaId === mediaId,
  );
}
