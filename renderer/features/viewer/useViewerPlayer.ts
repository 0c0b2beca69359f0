/** Joins the player to the store: the playhead, `playing` and the document drive it; it moves the playhead back. */
import { useEffect, useRef, type RefObject } from 'react';
import { i18n } from '../../i18n/i18n.ts';
import { engine } from '../../services/connection.ts';
import { useLivePreview, useLookedAt, withLivePreview } from '../../services/livePreview.ts';
import { renderedAt } from '../../services/renderedRanges.ts';
import { setTrackLevels } from '../../services/trackLevels.ts';
import { useEditor } from '../../services/store.ts';
import type { EditorState } from '../../services/editor.ts';
import { sequenceDuration } from '../../../core/render/picture.ts';
import type { LayerSource } from '../../../core/render/layers.ts';
import { snapToFrame, ticksPerSecond, type Ticks } from '../../../core/time/ticks.ts';
import { presentOn } from './present.ts';
import { pictureOfMedia, pictureOfRender, picturesToShow, soundOfMedia, soundToPlay } from './pictures.ts';
import type { FileKind } from './decode/sourcePool.ts';
import { Player } from './play/player.ts';

/** Longer than any sequence: the sound is decoded as it comes near. */
const soundWindowTicks = 24 * 3600 * ticksPerSecond;

export function useViewerPlayer(canvas: RefObject<HTMLCanvasElement | null>): RefObject<Player | null> {
  const player = useRef<Player | null>(null);

  useEffect(() => {
    let shownByPlayer: Ticks = -1;
    const made = new Player({
      picturesAt: (ticks) => {
        const state = useEditor.getState();
        if (state.viewerMode === 'source') {
          const source = sourceItem(state);
          return source ? [pictureOfMedia(source, ticks)] : [];
        }
        const document = useLookedAt.getState().lookedAt?.document ?? state.document;
        return document ? picturesToShow(withLivePreview(document), state.compare, ticks) : [];
      },
      soundFrom: (ticks) => {
        const state = useEditor.getState();
        if (state.viewerMode === 'source') {
          const source = sourceItem(state);
          return source ? soundOfMedia(source) : [];
        }
        return state.document
          ? soundToPlay(state.document, state.compare, { startTicks: ticks, durationTicks: soundWindowTicks })
          : [];
      },
      urlOf,
      renderedAt: (ticks) => {
        const { document, compare, viewerMode } = useEditor.getState();
        const range = document && !compare && viewerMode === 'timeline' ? renderedAt(document, ticks) : null;
        const sequence = document?.sequences[document.activeSequenceId];
        return range && sequence
          ? { url: engine().url(range.url), picture: pictureOfRender(sequence, ticks - range.startTicks) }
          : null;
      },
      endTicks: () => endOfShown(useEditor.getState()),
      words: { pending: pendingWords, offline: offlineWords },
      present: (draws, { pictures, notes }) => {
        if (!canvas.current) return;
        presentOn(canvas.current, draws, useEditor.getState().compare);
        // what is seen, for whoever cannot see it: tests, and the label below
        canvas.current.dataset['shows'] = notes > 0 ? 'note' : pictures > 0 ? 'picture' : 'empty';
      },
      onTick: (ticks) => {
        shownByPlayer = ticks;
        useEditor.getState().setSession({ playheadTicks: ticks });
      },
      onStop: () => {
        const state = useEditor.getState();
        const sequence = state.document?.sequences[state.document.activeSequenceId];
        const end = endOfShown(state);
        if (state.loop && sequence && state.playing > 0 && state.playheadTicks >= end && end > 0) {
          const from = sequence.inTicks ?? 0;
          state.setSession({ playheadTicks: from });
          shownByPlayer = from;
          void made.play(from, state.playing);
          return;
        }
        state.setSession({
          playing: 0,
          playheadTicks: sequence ? snapToFrame(state.playheadTicks, sequence.rate) : state.playheadTicks,
        });
      },
    });
    player.current = made;
    setTrackLevels((trackId) => made.trackLevelDb(trackId));

    const showAgain = () => {
      const { playing, playheadTicks, viewerMode } = useEditor.getState();
      const looked = viewerMode === 'timeline' ? useLookedAt.getState().lookedAt : null;
      if (playing === 0) void made.show(looked?.ticks ?? playheadTicks);
    };
    const unsubscribe = useEditor.subscribe((state, before) => {
      if (state.playing !== before.playing) {
        if (state.playing === 0) {
          void made.play(0, 0);
          void made.show(state.playheadTicks);
        } else {
          const end = endOfShown(state);
          // nothing to play: the playhead keeps its place
          if (end === 0) return state.setSession({ playing: 0 });
          const from = state.playing > 0 && state.playheadTicks >= end ? 0 : state.playheadTicks;
          void made.play(from, state.playing);
        }
        return;
      }
      if (state.playing !== 0) {
        const jumped = state.playheadTicks !== before.playheadTicks && state.playheadTicks !== shownByPlayer;
        if (jumped) void made.play(state.playheadTicks, state.playing);
        else if (
          state.document !== before.document ||
          state.takeAssets !== before.takeAssets ||
          state.mediaAssets !== before.mediaAssets ||
          comparedAnew(state, before)
        )
          made.updateSound();
        if (state.compare?.heard !== before.compare?.heard) made.setHeard(state.compare?.heard ?? 'b');
        return;
      }
      if (viewChanged(state, before)) showAgain();
    });
    const unsubscribeLive = useLivePreview.subscribe(showAgain);
    const unsubscribeLooked = useLookedAt.subscribe(showAgain);
    showAgain();
    return () => {
      unsubscribe();
      unsubscribeLive();
      unsubscribeLooked();
      setTrackLevels(null);
      made.dispose();
      player.current = null;
    };
  }, [canvas]);

  return player;
}

/** Other takes stand against each other; which of them is heard is another matter. */
function comparedAnew({ compare }: EditorState, { compare: before }: EditorState): boolean {
  return compare?.clipId !== before?.clipId || compare?.a !== before?.a || compare?.b !== before?.b;
}

function viewChanged(state: EditorState, before: EditorState): boolean {
  return (
    state.playheadTicks !== before.playheadTicks ||
    state.document !== before.document ||
    state.compare !== before.compare ||
    state.viewerMode !== before.viewerMode ||
    state.sourceMediaId !== before.sourceMediaId ||
    state.mediaAssets !== before.mediaAssets ||
    state.takeAssets !== before.takeAssets ||
    state.missingMediaIds !== before.missingMediaIds ||
    state.jobs !== before.jobs ||
    state.language !== before.language
  );
}

export function sourceItem(state: EditorState) {
  return state.viewerMode === 'source' && state.sourceMediaId
    ? (state.document?.media[state.sourceMediaId] ?? null)
    : null;
}

/** Where playing ends: the out point while looping, else the end of what is shown; 0 where nothing is. */
export function endOfShown(state: EditorState): Ticks {
  if (state.viewerMode === 'source') return sourceItem(state)?.durationTicks ?? 0;
  const sequence = state.document?.sequences[state.document.activeSequenceId];
  if (!sequence) return 0;
  if (state.loop && sequence.outTicks !== null) return sequence.outTicks;
  return sequenceDuration(sequence);
}

function urlOf(source: LayerSource, sound: boolean): { url: string; kind: FileKind } | 'unknown' | null {
  const state = useEditor.getState();
  if (source.kind === 'take') {
    const take = state.document?.takes[source.id];
    const assets = state.takeAssets[source.id];
    if (take && !assets) return 'unknown';
    if (!assets?.url || !take) return null;
    const kind = take.kind === 'image' ? 'still' : take.patch ? 'patch' : 'video';
    return { url: engine().url(assets.url), kind };
  }
  const item = state.document?.media[source.id];
  const assets = state.mediaAssets[source.id];
  if (!item || state.missingMediaIds.includes(source.id)) return null;
  if (!assets) return 'unknown';
  const path = assets.originalPlayable
    ? assets.originalUrl
    : (assets.proxyUrl ?? (sound || item.kind !== 'image' ? null : assets.originalUrl));
  return path ? { url: engine().url(path), kind: item.kind === 'image' ? 'still' : 'video' } : null;
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
  if (urlOf(source, false) !== null) return { text: i18n.t('viewer:unreadable', { name }), missing: false };
  const missing = source.kind === 'take' || state.missingMediaIds.includes(source.id);
  return { text: i18n.t(missing ? 'viewer:offline' : 'viewer:preparing', { name }), missing };
}
