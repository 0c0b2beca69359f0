import { useEffect, useMemo, useRef, type KeyboardEvent, type PointerEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { shownJobOf } from '../../../../core/document/generationState.ts';
import { findClip } from '../../../../core/document/query.ts';
import type { Mask } from '../../../../core/document/schema.ts';
import type { Layer } from '../../../../core/render/layers.ts';
import { pictureAt } from '../../../../core/render/picture.ts';
import { recordMaskSteps, setMask } from '../../../services/maskSteps.ts';
import { useEditor } from '../../../services/store.ts';
import { fractionInLayer } from '../pictures.ts';
import { drawMask, type Point } from './maskDrawing.ts';
import { MaskPainting } from './maskPainting.ts';
import styles from '../Viewer.module.css';

/** Where the clip's own picture lies in the sequence at the playhead; null while the playhead is off the clip. */
function useMaskedLayer(clipId: string): Layer | null {
  const document = useEditor((state) => state.document)!;
  const ticks = useEditor((state) => state.playheadTicks);
  return useMemo(
    () => pictureAt(document, document.activeSequenceId, ticks).layers.find((layer) => layer.clipId === clipId) ?? null,
    [document, ticks, clipId],
  );
}

/** Submitting a take uses up the mask: the mode ends, and undo applies to the timeline again. */
function useLeaveWhenAsked(clipId: string): void {
  const jobId = useEditor((state) => shownJobOf(clipId, Object.values(state.jobs))?.id ?? null);
  const first = useRef(jobId);
  useEffect(() => {
    if (jobId !== first.current) useEditor.getState().setSession({ maskMode: null });
  }, [jobId]);
}

/** The painting of a clip's mask, read from the store and written back. `onRead` is called when another was read. */
function useStoredPainting(clipId: string, ratio: number, onRead: () => void) {
  const painting = useMemo(() => new MaskPainting(ratio), [ratio]);
  const stored = useEditor((state) => state.masks[clipId]);
  /** What this overlay itself stored: it must not be read back over strokes that came since. */
  const own = useRef<Mask | null>(null);
  const read = useRef(onRead);
  read.current = onRead;
  useEffect(() => {
    if (stored && stored === own.current) return;
    // another version was brought back: should the own one return, it is not on the canvas any more
    own.current = null;
    void painting.load(stored).then(() => read.current());
  }, [painting, stored]);
  const store = (featherPx: number) => {
    own.current = painting.isEmpty() ? null : painting.toMask(featherPx);
    setMask(clipId, own.current);
  };
  return { painting, store };
}

/**
 * Painting over the picture. The mask lives in the clip's own picture space: moving or scaling the clip takes it along.
 */
export function MaskOverlay({ sequenceWidth, sequenceHeight }: { sequenceWidth: number; sequenceHeight: number }) {
  const { t } = useTranslation('viewer');
  const maskMode = useEditor((state) => state.maskMode)!;
  const { clipId, tool, brushPx } = maskMode;
  const name = useEditor((state) => (state.document ? findClip(state.document, clipId)?.clip.name : undefined) ?? '');
  const layer = useMaskedLayer(clipId);
  useEffect(() => recordMaskSteps(clipId), [clipId]);
  useLeaveWhenAsked(clipId);
  const canvas = useRef<HTMLCanvasElement>(null);
  const pointer = useRef<Point | null>(null);
  const boxStart = useRef<Point | null>(null);
  const ratio = layer ? layer.width / layer.height : sequenceWidth / sequenceHeight;
  const { painting, store } = useStoredPainting(clipId, ratio, () => draw());
  const draw = (): void => {
    const context = canvas.current?.getContext('2d');
    const hand = { tool, brushPx, pointer: pointer.current, boxStart: boxStart.current };
    if (context && layer) drawMask(context, painting.canvas, layer, hand);
  };
  useEffect(draw);
  const handlers = pointerTools({ layer, painting, pointer, boxStart, sequenceWidth, sequenceHeight });
  const finish = () => {
    draw();
    store(maskMode.featherPx);
  };
  return (
    <canvas
      ref={canvas}
      className={styles.maskCanvas}
      width={sequenceWidth}
      height={sequenceHeight}
      tabIndex={0}
      role="application"
      aria-label={t('mask.canvas', { name })}
      data-testid="mask-canvas"
      onPointerDown={(event) => {
        handlers.down(event);
        draw();
      }}
      onPointerMove={(event) => {
        handlers.move(event);
        draw();
      }}
      onPointerUp={(event) => {
        if (handlers.up(event)) finish();
      }}
      onPointerLeave={() => {
        pointer.current = null;
        draw();
      }}
      onKeyDown={(event) => {
        if (paintByKey(event, painting)) finish();
      }}
    />
  );
}

interface PointerInput {
  readonly layer: Layer | null;
  readonly painting: MaskPainting;
  readonly pointer: { current: Point | null };
  readonly boxStart: { current: Point | null };
  readonly sequenceWidth: number;
  readonly sequenceHeight: number;
}

/** Strokes and boxes by the pointer. `up` answers whether something was painted. */
function pointerTools({ layer, painting, pointer, boxStart, sequenceWidth, sequenceHeight }: PointerInput) {
  const place = (event: PointerEvent<HTMLCanvasElement>): Point => {
    const box = event.currentTarget.getBoundingClientRect();
    return {
      x: ((event.clientX - box.left) / box.width) * sequenceWidth,
      y: ((event.clientY - box.top) / box.height) * sequenceHeight,
    };
  };
  const stroke = (from: Point, to: Point) => {
    const mode = useEditor.getState().maskMode;
    if (!layer || !mode) return;
    const [a, b] = [fractionInLayer(layer, from.x, from.y), fractionInLayer(layer, to.x, to.y)];
    painting.stroke(a, b, mode.brushPx / layer.width, mode.tool === 'erase');
  };
  const isBox = () => useEditor.getState().maskMode?.tool === 'box';
  return {
    down(event: PointerEvent<HTMLCanvasElement>) {
      if (!layer || event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      const at = place(event);
      pointer.current = at;
      if (isBox()) boxStart.current = at;
      else stroke(at, at);
    },
    move(event: PointerEvent<HTMLCanvasElement>) {
      if (!layer) return;
      const at = place(event);
      if (event.buttons & 1 && pointer.current && !isBox()) stroke(pointer.current, at);
      pointer.current = at;
    },
    up(event: PointerEvent<HTMLCanvasElement>): boolean {
      if (!layer) return false;
      const from = boxStart.current;
      if (from) {
        const at = place(event);
        const [a, b] = [fractionInLayer(layer, from.x, from.y), fractionInLayer(layer, at.x, at.y)];
        boxStart.current = null;
        painting.fillBox(Math.min(a.x, b.x), Math.min(a.y, b.y), Math.abs(a.x - b.x), Math.abs(a.y - b.y));
      }
      return true;
    },
  };
}

/** B paints the whole picture, Delete clears; answers whether it was one of them. */
function paintByKey(event: KeyboardEvent, painting: MaskPainting): boolean {
  const key = event.key.toLowerCase();
  if (key !== 'delete' && key !== 'backspace' && key !== 'b') return false;
  event.preventDefault();
  event.stopPropagation();
  if (key === 'b') painting.fillBox(0, 0, 1, 1);
  else painting.clear();
  return true;
}
