/** What a clip's picture and wave are cut from: URLs, and how its own time maps onto the file. */
import { fileUnder } from '../../../../core/document/fileUnder.ts';
import { toSourceTicks } from '../../../../core/document/sources.ts';
import type { Clip } from '../../../../core/document/schema.ts';
import type { Ticks } from '../../../../core/time/ticks.ts';
import type { MediaAssets } from '../../../../core/contract/contract.ts';
import type { EditorState } from '../../../services/editor.ts';

export interface ClipMaterial {
  readonly filmstripUrl: string | null;
  /** Of a still, which has no filmstrip. */
  readonly posterUrl: string | null;
  readonly peaksUrl: string | null;
  readonly missing: boolean;
}

const nothing: ClipMaterial = { filmstripUrl: null, posterUrl: null, peaksUrl: null, missing: false };

/** The id of what is shown: a media item's or a take's; null for titles, colours and what is not made. */
export function sourceIdOf(clip: Clip): { readonly kind: 'media' | 'take'; readonly id: string } | null {
  const takeId = clip.generation?.activeTakeId ?? null;
  if (takeId !== null) return { kind: 'take', id: takeId };
  return clip.reference.kind === 'media' ? { kind: 'media', id: clip.reference.mediaId } : null;
}

/** Stable strings from the store, so that a clip renders again only when its own files change. */
export function materialOf(state: EditorState, clip: Clip): ClipMaterial {
  const source = sourceIdOf(clip);
  if (source === null) return nothing;
  if (source.kind === 'take') {
    const assets = state.takeAssets[source.id];
    return assets === undefined
      ? nothing
      : {
          filmstripUrl: assets.filmstripUrl,
          posterUrl: state.document?.takes[source.id]?.kind === 'image' ? assets.posterUrl : null,
          peaksUrl: assets.peaksUrl,
          missing: assets.missing || liesOverMissing(state, source.id),
        };
  }
  const assets = state.mediaAssets[source.id];
  return {
    filmstripUrl: assets?.filmstripUrl ?? null,
    posterUrl: state.document?.media[source.id]?.kind === 'image' ? (assets?.posterUrl ?? null) : null,
    peaksUrl: peaksOf(assets, clip),
    missing: state.missingMediaIds.includes(source.id),
  };
}

/** Of the sound stream that the clip plays. */
function peaksOf(assets: MediaAssets | undefined, { soundStream }: Clip): string | null {
  if (!assets) return null;
  const chosen = assets.sounds.find((sound) => sound.streamIndex === soundStream);
  return chosen ? chosen.peaksUrl : assets.peaksUrl;
}

/** A masked edit cannot be shown without the footage it lies over. */
function liesOverMissing({ document, missingMediaIds }: EditorState, takeId: string): boolean {
  const take = document?.takes[takeId];
  if (!document || !take?.patch) return false;
  const file = fileUnder(document.takes, take);
  return file.kind === 'media' && missingMediaIds.includes(file.id);
}

/**
 * The file's own time at the clip's two ends; backwards the first is the later. `takeStartTicks`: where the take's file
 * begins in source time.
 */
export function fileRange(takeStartTicks: Ticks, clip: Clip): { readonly fromTicks: Ticks; readonly toTicks: Ticks } {
  const fromTicks = clip.sourceInTicks - takeStartTicks;
  return { fromTicks, toTicks: fromTicks + toSourceTicks(clip, clip.durationTicks) };
}
