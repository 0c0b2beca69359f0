import { useEffect, useLayoutEffect, useMemo, useRef, type KeyboardEvent, type PointerEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { WantedInPicture } from '../../../../core/contract/masks.ts';
import { shownJobOf } from '../../../../core/document/generationState.ts';
import { findClip } from '../../../../core/document/query.ts';
import type { DrawnMask, Mask } from '../../../../core/document/schema.ts';
import type { Ticks } from '../../../../core/time/ticks.ts';
import type { Layer } from '../../../../core/render/layers.ts';
import { pictureAt } from '../../../../core/render/picture.ts';
import { sayFailure } from '../../../services/errors.ts';
import { followable, followedFrame, followJobOf, withKey } from '../../../services/followMask.ts';
import { recordMaskSteps, setMask } from '../../../services/maskSteps.ts';
import { forgetSaid, receiveFound, selectThing, type FoundMask } from '../../../services/selectThing.ts';
import type { EditorState } from '../../../services/editor.ts';
import { useEditor } from '../../../services/store.ts';
import { fractionInLayer } from '../pictures.ts';
import { drawMask, type Point } from './maskDrawing.ts';
import { MaskPainting } from './maskPainting.ts';
import styles from '../Viewer.module.css';

type MaskMode = NonNullable<EditorState['maskMode']>;

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

/** The source's frame at the playhead, for a mask that follows; null for a still one. */
function useFollowedTicks(clipId: string, mask: Mask | undefined): Ticks | null {
  const document = useEditor((state) => state.document)!;
  const playhead = useEditor((state) => state.playheadTicks);
  return mask?.kind === 'followed' ? (followable(document, clipId, playhead)?.atTicks ?? null) : null;
}

/** What is painted of a mask at a time of the source, where that is known here; 'later': the engine knows. */
function drawnNow(mask: Mask | undefined, atTicks: Ticks | null): DrawnMask | undefined | 'later' {
  if (mask?.kind !== 'followed') return mask;
  const key = mask.keys.find(({ sourceTicks }) => sourceTicks === atTicks);
  return key ? { kind: 'painted', png: key.png, featherPx: mask.featherPx } : 'later';
}

/** As `drawnNow`, asked of the engine where needed. */
async function drawnAt(clipId: string, mask: Mask | undefined, atTicks: Ticks | null): Promise<DrawnMask | undefined> {
  if (mask?.kind !== 'followed') return mask;
  const png = atTicks === null ? null : await followedFrame(clipId, mask, atTicks);
  return png === null ? undefined : { kind: 'painted', png, featherPx: mask.featherPx };
}

/** The painting of a clip's mask, read from the store and written back. `onRead` is called when another was read. */
function useStoredPainting(clipId: string, ratio: number, onRead: () => void) {
  const painting = useMemo(() => new MaskPainting(ratio), [ratio]);
  const stored = useEditor((state) => state.masks[clipId]);
  const atTicks = useFollowedTicks(clipId, stored);
  // frames appear while the mask is carried through the clip
  const grown = useEditor((state) => followJobOf(clipId, state.jobs)?.fraction ?? 1);
  /** What this overlay itself stored: it must not be read back over strokes that came since. */
  const own = useRef<{ readonly mask: Mask | null; readonly atTicks: Ticks | null } | null>(null);
  const read = useRef(onRead);
  read.current = onRead;
  const reading = useRef<Promise<void>>(Promise.resolve());
  const turn = useRef(0);
  const shown = useRef<{ readonly mask: Mask | undefined; readonly atTicks: Ticks | null } | null>(null);
  useLayoutEffect(() => {
    if (stored && stored === own.current?.mask && atTicks === own.current.atTicks) return;
    // another version was brought back: should the own one return, it is not on the canvas any more
    own.current = null;
    const mine = ++turn.current;
    const isRefresh = shown.current?.mask === stored && shown.current?.atTicks === atTicks;
    shown.current = { mask: stored, atTicks };
    const still = drawnNow(stored, atTicks);
    if (still !== 'later') reading.current = painting.load(still);
    else {
      const { strokes } = painting;
      // a frame that is there already is only looked up again: painting goes on meanwhile
      if (!isRefresh) painting.await();
      reading.current = drawnAt(clipId, stored, atTicks)
        .catch((error: unknown) => sayFailure(error))
        .then((mask) => {
          if (mine !== turn.current || (isRefresh && strokes !== painting.strokes)) return undefined;
          return painting.load(mask ?? undefined);
        });
    }
    void reading.current.then(() => read.current());
  }, [painting, stored, atTicks, grown, clipId]);
  const store = (featherPx: number) => {
    const mask =
      stored?.kind === 'followed' && atTicks !== null
        ? withKey(stored, atTicks, painting.toPng())
        : painting.isEmpty()
          ? null
          : painting.toMask(featherPx);
    own.current = { mask, atTicks: mask?.kind === 'followed' ? atTicks : null };
    shown.current = null;
    setMask(clipId, mask);
  };
  return { painting, store, reading };
}

/** Calls `take` with each mask that is found for a clip, once the mask that it is added to has been read. */
function useFound(clipId: string, reading: { readonly current: Promise<void> }, take: (found: FoundMask) => void) {
  const latest = useRef(take);
  latest.current = take;
  useEffect(
    () =>
      receiveFound((found) => {
        if (found.clipId === clipId) void reading.current.then(() => latest.current(found));
      }),
    [clipId, reading],
  );
}

/** What the overlay's canvas does in the mode: `canvas` is its element's, `handlers` are its events. */
function useMaskCanvas(maskMode: MaskMode, sequenceWidth: number, sequenceHeight: number) {
  const { clipId, tool, brushPx, featherPx, matte = false } = maskMode;
  const layer = useMaskedLayer(clipId);
  const canvas = useRef<HTMLCanvasElement>(null);
  const pointer = useRef<Point | null>(null);
  const boxStart = useRef<Point | null>(null);
  const ratio = layer ? layer.width / layer.height : sequenceWidth / sequenceHeight;
  const { painting, store, reading } = useStoredPainting(clipId, ratio, () => draw());
  const draw = (): void => {
    const context = canvas.current?.getContext('2d');
    const hand = { tool, brushPx, pointer: pointer.current, boxStart: boxStart.current, matte };
    if (context && layer) drawMask(context, painting.canvas, layer, hand);
  };
  useEffect(draw);
  const tools = pointerTools({ layer, painting, pointer, boxStart, sequenceWidth, sequenceHeight });
  const finish = () => {
    draw();
    store(featherPx);
  };
  useFound(clipId, reading, (found) => {
    painting.lay(found.picture, found.takesAway);
    finish();
  });
  const handlers = {
    onPointerDown: (event: PointerEvent<HTMLCanvasElement>) => {
      forgetSaid();
      tools.down(event);
      draw();
    },
    onPointerMove: (event: PointerEvent<HTMLCanvasElement>) => {
      tools.move(event);
      draw();
    },
    onPointerUp: (event: PointerEvent<HTMLCanvasElement>) => {
      if (tools.up(event)) finish();
    },
    onPointerLeave: () => {
      pointer.current = null;
      draw();
    },
    onKeyDown: (event: KeyboardEvent) => {
      if (paintByKey(event, painting)) finish();
    },
  };
  return { canvas, handlers };
}

/**
 * Painting over the picture. The mask lives in the clip's own picture space: moving or scaling the clip takes it along.
 */
export function MaskOverlay({ sequenceWidth, sequenceHeight }: { sequenceWidth: number; sequenceHeight: number }) {
  const { t } = useTranslation('viewer');
  const maskMode = useEditor((state) => state.maskMode)!;
  const { clipId } = maskMode;
  const name = useEditor((state) => (state.document ? findClip(state.document, clipId)?.clip.name : undefined) ?? '');
  useEffect(() => recordMaskSteps(clipId), [clipId]);
  useLeaveWhenAsked(clipId);
  const { canvas, handlers } = useMaskCanvas(maskMode, sequenceWidth, sequenceHeight);
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
      {...handlers}
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

/** A drag shorter than this in either direction is a click, in px of the screen. */
const leastDragPx = 6;

/** Strokes, boxes and selections by the pointer. `up` answers whether something was painted. */
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
    if (!layer || !mode || painting.isReading) return;
    const [a, b] = [fractionInLayer(layer, from.x, from.y), fractionInLayer(layer, to.x, to.y)];
    painting.stroke(a, b, mode.brushPx / layer.width, mode.tool === 'erase');
  };
  const isBox = () => ['box', 'select'].includes(useEditor.getState().maskMode?.tool ?? '');
  const select = (from: Point, event: PointerEvent<HTMLCanvasElement>) => {
    const mode = useEditor.getState().maskMode;
    if (!layer || !mode) return;
    const at = place(event);
    const [a, b] = [fractionInLayer(layer, from.x, from.y), fractionInLayer(layer, at.x, at.y)];
    const pxOfScreen = event.currentTarget.getBoundingClientRect().width / sequenceWidth;
    const isClick = Math.min(Math.abs(at.x - from.x), Math.abs(at.y - from.y)) * pxOfScreen < leastDragPx;
    const wanted = isClick ? pointIn(b) : boxIn(a, b);
    if (wanted) void selectThing(mode.clipId, wanted, event.altKey);
  };
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
      boxStart.current = null;
      if (useEditor.getState().maskMode?.tool === 'select') {
        if (from) select(from, event);
        return false;
      }
      if (painting.isReading) return false;
      if (from) {
        const at = place(event);
        const [a, b] = [fractionInLayer(layer, from.x, from.y), fractionInLayer(layer, at.x, at.y)];
        painting.fillBox(Math.min(a.x, b.x), Math.min(a.y, b.y), Math.abs(a.x - b.x), Math.abs(a.y - b.y));
      }
      return true;
    },
  };
}

/** A click's place; null beside the picture. */
function pointIn({ x, y }: Point): WantedInPicture | null {
  return x < 0 || y < 0 || x > 1 || y > 1 ? null : { kind: 'point', x, y };
}

/** The part of a drawn box that lies in the picture; null where none does. */
function boxIn(a: Point, b: Point): WantedInPicture | null {
  const within = (value: number): number => Math.max(0, Math.min(1, value));
  const [left, right] = [within(Math.min(a.x, b.x)), within(Math.max(a.x, b.x))];
  const [top, bottom] = [within(Math.min(a.y, b.y)), within(Math.max(a.y, b.y))];
  if (right <= left || bottom <= top) return null;
  return { kind: 'box', x: left, y: top, width: right - left, height: bottom - top };
}

/** B paints the whole picture, Delete clears; answers whether it was one of them. */
function paintByKey(event: KeyboardEvent, painting: MaskPainting): boolean {
  const key = event.key.toLowerCase();
  if (key !== 'delete' && key !== 'backspace' && key !== 'b') return false;
  event.preventDefault();
  event.stopPropagation();
  if (painting.isReading) return false;
  if (key === 'b') painting.fillBox(0, 0, 1, 1);
  else painting.clear();
  return true;
}
