/** What the player asks the store: pictures, sounds and files at a tick, and the words where there is no picture. */
import { i18n } from '../../i18n/i18n.ts';
import { engine } from '../../services/connection.ts';
import { useLookedAt, withLivePreview } from '../../services/livePreview.ts';
import { renderedAt } from '../../services/renderedRanges.ts';
import { playsTo, sourceItem } from '../../services/shown.ts';
import { useEditor } from '../../services/store.ts';
import type { LayerSource, PictureAtTick } from '../../../core/render/layers.ts';
import { ticksPerSecond, type Ticks } from '../../../core/time/ticks.ts';
import { soundUrlOf } from './soundUrl.ts';
import { pictureOfMedia, pictureOfRender, picturesToShow, soundOfMedia, soundToPlay } from './pictures.ts';
import type { FileKind } from './decode/sourcePool.ts';
import type { PlayerInput } from './play/player.ts';
import type { HeardSegment } from './play/soundMessages.ts';

/** Longer than any sequence: the sound is decoded as it comes near. */
const soundWindowTicks = 24 * 3600 * ticksPerSecond;

/** The part of `PlayerInput` that only reads. */
export const viewerInput: Pick<
  PlayerInput,
  'picturesAt' | 'soundFrom' | 'urlOf' | 'soundUrlOf' | 'renderedAt' | 'endTicks' | 'words'
> = {
  picturesAt,
  soundFrom,
  urlOf,
  soundUrlOf: (segment) => soundUrlOf(useEditor.getState(), segment),
  renderedAt: renderAt,
  endTicks: () => playsTo(useEditor.getState()),
  words: { pending: pendingWords, offline: offlineWords },
};

function picturesAt(ticks: Ticks): readonly PictureAtTick[] {
  const state = useEditor.getState();
  if (state.viewerMode === 'source') {
    const source = sourceItem(state);
    return source ? [pictureOfMedia(source, ticks)] : [];
  }
  const document = useLookedAt.getState().lookedAt?.document ?? state.document;
  return document ? picturesToShow(withLivePreview(document), state.compare, ticks) : [];
}

function soundFrom(ticks: Ticks): readonly HeardSegment[] {
  const state = useEditor.getState();
  if (state.viewerMode === 'source') {
    const source = sourceItem(state);
    return source ? soundOfMedia(source) : [];
  }
  return state.document
    ? soundToPlay(state.document, state.compare, { startTicks: ticks, durationTicks: soundWindowTicks })
    : [];
}

function renderAt(ticks: Ticks): { url: string; picture: PictureAtTick } | null {
  const { document, compare, viewerMode } = useEditor.getState();
  const range = document && !compare && viewerMode === 'timeline' ? renderedAt(document, ticks) : null;
  const sequence = document?.sequences[document.activeSequenceId];
  return range && sequence
    ? { url: engine().url(range.url), picture: pictureOfRender(sequence, ticks - range.startTicks) }
    : null;
}

function urlOf(source: LayerSource): { url: string; kind: FileKind } | 'unknown' | null {
  const state = useEditor.getState();
  if (source.kind === 'take') {
    const take = state.document?.takes[source.id];
    const assets = state.takeAssets[source.id];
    if (take && !assets) return 'unknown';
    if (!assets?.url || !take) return null;
    const kind = take.kind === 'image' ? 'still' : assets.isStacked ? 'stacked' : 'video';
    return { url: engine().url(assets.url), kind };
  }
  const item = state.document?.media[source.id];
  const assets = state.mediaAssets[source.id];
  if (!item || state.missingMediaIds.includes(source.id)) return null;
  if (!assets) return 'unknown';
  const path = assets.originalPlayable
    ? assets.originalUrl
    : (assets.proxyUrl ?? (item.kind === 'image' ? assets.originalUrl : null));
  if (!path) return null;
  const stacked = path === assets.proxyUrl && assets.proxyIsStacked;
  return { url: engine().url(path), kind: item.kind === 'image' ? 'still' : stacked ? 'stacked' : 'video' };
}

function pendingWords(clipId: string): string {
  const state = useEditor.getState();
  const job = Object.values(state.jobs).find(
    (each) => each.spec.kind === 'generation' && each.spec.clipId === clipId && each.state === 'running',
  );
  if (!job || job.spec.kind !== 'generation') return i18n.t('viewer:pending');
  return i18n.t('viewer:making', { name: job.spec.request.prompt, percent: Math.round(job.fraction * 100) });
}

function offlineWords(source: LayerSource): { text: string; missing: boolean } {
  const state = useEditor.getState();
  const name =
    (source.kind === 'take' ? state.document?.takes[source.id]?.prompt : state.document?.media[source.id]?.name) ?? '';
  // there is a file, and it gave no picture
  if (urlOf(source) !== null) return { text: i18n.t('viewer:unreadable', { name }), missing: false };
  const missing = source.kind === 'take' || state.missingMediaIds.includes(source.id);
  return { text: i18n.t(missing ? 'viewer:offline' : 'viewer:preparing', { name }), missing };
}
