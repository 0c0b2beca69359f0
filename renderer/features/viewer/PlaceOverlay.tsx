import { useMemo, useRef, type KeyboardEvent, type PointerEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Layer } from '../../../core/render/layers.ts';
import { pictureAt } from '../../../core/render/picture.ts';
import type { Placement } from '../../../core/actions/inpaint/placement.ts';
import type { PictureRef } from '../../../core/document/schema.ts';
import { setPlacement, useDraft } from '../../services/aiDraft.ts';
import { engine } from '../../services/connection.ts';
import { frameOfSource } from '../../services/lookPictures.ts';
import { sourceOfClip } from '../../services/placeGeneration.ts';
import { useEditor } from '../../services/store.ts';
import { fractionInLayer } from './pictures.ts';
import styles from './Viewer.module.css';

type Hold = 'move' | 'scale' | 'turn';

/** The picture that is put into footage, with handles: dragged, scaled by its corner, turned by the knob above it. */
export function PlaceOverlay({ clipId, width, height }: { clipId: string; width: number; height: number }) {
  const { t } = useTranslation('viewer');
  const layer = usePlacedLayer(clipId);
  const placement = useDraft((draft) => draft.placement);
  const picture = useDraft((draft) => draft.settings.inpaint.references[0] ?? null);
  const look = usePictureLook(picture);
  const frame = useRef<HTMLDivElement>(null);
  const held = useRef<{ readonly hold: Hold; readonly x: number; readonly y: number; readonly from: Placement } | null>(
    null,
  );
  if (!layer || !picture) return null;
  const change = (patch: Partial<Placement>) => setPlacement({ ...patch, atTicks: shownTicks(clipId), corners: null });
  const at = (event: PointerEvent) => {
    const box = frame.current!.getBoundingClientRect();
    return {
      x: ((event.clientX - box.left) / box.width) * width,
      y: ((event.clientY - box.top) / box.height) * height,
    };
  };
  const down = (hold: Hold) => (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0) return;
    event.stopPropagation();
    event.currentTarget.setPointerCapture(event.pointerId);
    held.current = { hold, ...at(event), from: placement };
  };
  const move = (event: PointerEvent) => {
    if (held.current) change(dragged(held.current, at(event), layer));
  };
  const release = () => (held.current = null);
  const handle = (hold: Hold) => ({ onPointerDown: down(hold), onPointerMove: move, onPointerUp: release });
  const onKeyDown = (event: KeyboardEvent) => {
    const patch = keyed(event, placement);
    if (!patch) return;
    event.preventDefault();
    event.stopPropagation();
    change(patch);
  };
  const [own, turned] = [placement.width * layer.width, placement.rotationDegrees + layer.rotationDegrees];
  const middle = inSequence(layer, placement);
  return (
    <div ref={frame} className={styles.placing}>
      <div
        className={styles.placed}
        role="application"
        tabIndex={0}
        aria-label={t('placing.canvas')}
        data-testid="placed-picture"
        onKeyDown={onKeyDown}
        {...handle('move')}
        style={{
          left: `${(middle.x / width) * 100}%`,
          top: `${(middle.y / height) * 100}%`,
          width: `${(own / width) * 100}%`,
          aspectRatio: String(look.ratio),
          transform: `translate(-50%, -50%) rotate(${turned}deg)`,
          ...(look.url ? { backgroundImage: `url("${engine().url(look.url)}")` } : {}),
        }}
      >
        <i className={styles.scaleHandle} title={t('placing.scale')} data-testid="scale-handle" {...handle('scale')} />
        <i className={styles.turnHandle} title={t('placing.turn')} data-testid="turn-handle" {...handle('turn')} />
      </div>
    </div>
  );
}

/** Where the clip's own picture lies in the sequence at the playhead; null while the playhead is off the clip. */
function usePlacedLayer(clipId: string): Layer | null {
  const document = useEditor((state) => state.document)!;
  const ticks = useEditor((state) => state.playheadTicks);
  return useMemo(
    () => pictureAt(document, document.activeSequenceId, ticks).layers.find((layer) => layer.clipId === clipId) ?? null,
    [document, ticks, clipId],
  );
}

/** Address and proportions of a picture; a still is drawn as it is, a film's frame by its poster. */
function usePictureLook(picture: PictureRef | null): { readonly url: string | null; readonly ratio: number } {
  const key = useEditor((state) => {
    if (picture?.kind !== 'media') {
      const take = picture && state.document?.takes[picture.takeId];
      const poster = picture ? state.takeAssets[picture.takeId]?.posterUrl : null;
      return take ? `${poster ?? ''}\n${take.width / take.height}` : '';
    }
    const assets = state.mediaAssets[picture.mediaId];
    const item = state.document?.media[picture.mediaId];
    const url = item?.kind === 'image' && assets?.originalPlayable ? assets.originalUrl : assets?.posterUrl;
    return item?.video ? `${url ?? ''}\n${item.video.width / item.video.height}` : '';
  });
  const [url = '', ratio = '1'] = key.split('\n');
  return { url: url === '' ? null : url, ratio: Number(ratio) || 1 };
}

/** The source's frame at the playhead. */
function shownTicks(clipId: string): number {
  const { document, playheadTicks } = useEditor.getState();
  const sequence = document?.sequences[document.activeSequenceId];
  const clip = sequence?.tracks.flatMap((track) => track.clips).find(({ id }) => id === clipId);
  const source = document && clip ? sourceOfClip(document, clip) : null;
  return source && clip ? frameOfSource(source, clip, playheadTicks).sourceTicks : 0;
}

/** A place in fractions of the layer's own picture, in px of the sequence. */
function inSequence(layer: Layer, { x, y }: Pick<Placement, 'x' | 'y'>): { readonly x: number; readonly y: number } {
  const angle = (layer.rotationDegrees * Math.PI) / 180;
  const [dx, dy] = [(x - 0.5) * layer.width, (y - 0.5) * layer.height];
  return {
    x: layer.centreX + dx * Math.cos(angle) - dy * Math.sin(angle),
    y: layer.centreY + dx * Math.sin(angle) + dy * Math.cos(angle),
  };
}

const clamped = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value));

function dragged(
  { hold, x, y, from }: { readonly hold: Hold; readonly x: number; readonly y: number; readonly from: Placement },
  to: { readonly x: number; readonly y: number },
  layer: Layer,
): Partial<Placement> {
  if (hold === 'move') {
    const [a, b] = [fractionInLayer(layer, x, y), fractionInLayer(layer, to.x, to.y)];
    return { x: clamped(from.x + b.x - a.x, -1, 2), y: clamped(from.y + b.y - a.y, -1, 2) };
  }
  const middle = inSequence(layer, from);
  if (hold === 'scale') {
    const grown = Math.hypot(to.x - middle.x, to.y - middle.y) / Math.max(1, Math.hypot(x - middle.x, y - middle.y));
    return { width: clamped(from.width * grown, 0.01, 3) };
  }
  const turn = Math.atan2(to.y - middle.y, to.x - middle.x) - Math.atan2(y - middle.y, x - middle.x);
  const degrees = from.rotationDegrees + (turn * 180) / Math.PI;
  return { rotationDegrees: ((((degrees + 180) % 360) + 360) % 360) - 180 };
}

/** What a key does; null for any other. */
function keyed(event: KeyboardEvent, from: Placement): Partial<Placement> | null {
  const step = event.shiftKey ? 0.05 : 0.005;
  switch (event.key) {
    case 'ArrowLeft':
      return { x: from.x - step };
    case 'ArrowRight':
      return { x: from.x + step };
    case 'ArrowUp':
      return { y: from.y - step };
    case 'ArrowDown':
      return { y: from.y + step };
    case '+':
    case '=':
      return { width: clamped(from.width * 1.05, 0.01, 3) };
    case '-':
      return { width: clamped(from.width / 1.05, 0.01, 3) };
    case 'r':
    case 'R':
      return { rotationDegrees: from.rotationDegrees + (event.shiftKey ? -5 : 5) };
    default:
      return null;
  }
}
