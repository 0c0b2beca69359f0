import { useCallback, useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Brush, Eraser, SquareDashed, Trash2 } from 'lucide-react';
import { shownJobOf } from '../../../../core/document/generationState.ts';
import { findClip } from '../../../../core/document/query.ts';
import type { Mask } from '../../../../core/document/schema.ts';
import { pictureAt } from '../../../../core/render/picture.ts';
import { frameAtTicks, type Rate } from '../../../../core/time/ticks.ts';
import { recordMaskSteps } from '../../../services/maskSteps.ts';
import { useEditor } from '../../../services/store.ts';
import { Button } from '../../../ui/Button.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { IconButton } from '../../../ui/IconButton.tsx';
import { Rule } from '../../../ui/PanelHead.tsx';
import { Slider } from '../../../ui/Slider.tsx';
import { fractionInLayer } from '../pictures.ts';
import { MaskPainting } from './maskPainting.ts';
import styles from '../Viewer.module.css';

/** Where the clip's own picture lies in the sequence at the playhead; null while the playhead is off the clip. */
function useMaskedLayer(clipId: string) {
  const document = useEditor((state) => state.document)!;
  const ticks = useEditor((state) => state.playheadTicks);
  return useMemo(
    () => pictureAt(document, document.activeSequenceId, ticks).layers.find((layer) => layer.clipId === clipId) ?? null,
    [document, ticks, clipId],
  );
}

/** Once a take is asked for, the mask has gone with it: the mode ends, and undo means the timeline again. */
function useLeaveWhenAsked(clipId: string): void {
  const jobId = useEditor((state) => shownJobOf(clipId, Object.values(state.jobs))?.id ?? null);
  const first = useRef(jobId);
  useEffect(() => {
    if (jobId !== first.current) useEditor.getState().setSession({ maskMode: null });
  }, [jobId]);
}

/**
 * Painting over the picture. The mask lives in the clip's own picture space: moving or scaling the clip takes it along.
 */
export function MaskOverlay({ sequenceWidth, sequenceHeight }: { sequenceWidth: number; sequenceHeight: number }) {
  const { t } = useTranslation('viewer');
  const maskMode = useEditor((state) => state.maskMode)!;
  const stored = useEditor((state) => state.masks[maskMode.clipId]);
  const name = useEditor(
    (state) => (state.document ? findClip(state.document, maskMode.clipId)?.clip.name : undefined) ?? '',
  );
  const layer = useMaskedLayer(maskMode.clipId);
  useEffect(() => recordMaskSteps(maskMode.clipId), [maskMode.clipId]);
  useLeaveWhenAsked(maskMode.clipId);
  const canvas = useRef<HTMLCanvasElement>(null);
  const ratio = layer ? layer.width / layer.height : sequenceWidth / sequenceHeight;
  const painting = useMemo(() => new MaskPainting(ratio), [ratio]);
  /** What this overlay itself stored: it must not be read back over strokes that came since. */
  const own = useRef<Mask | null>(null);
  const pointer = useRef<{ x: number; y: number } | null>(null);
  const boxStart = useRef<{ x: number; y: number } | null>(null);

  const draw = useCallback(() => {
    const context = canvas.current?.getContext('2d');
    if (!context || !layer) return;
    drawMask(context, painting, layer, maskMode, pointer.current, boxStart.current);
  }, [layer, painting, maskMode]);

  const drawNow = useRef(draw);
  drawNow.current = draw;
  useEffect(() => {
    if (stored && stored === own.current) return;
    // another version was brought back: should the own one return, it is not on the canvas any more
    own.current = null;
    void painting.load(stored).then(() => drawNow.current());
  }, [painting, stored]);
  useEffect(draw, [draw]);

  const store = useCallback(async () => {
    own.current = painting.isEmpty() ? null : await painting.toMask(maskMode.featherPx);
    const state = useEditor.getState();
    const { [maskMode.clipId]: _gone, ...others } = state.masks;
    state.setSession({ masks: own.current ? { ...others, [maskMode.clipId]: own.current } : others });
  }, [maskMode, painting]);

  const place = (event: { clientX: number; clientY: number }) => {
    const box = canvas.current!.getBoundingClientRect();
    return {
      x: ((event.clientX - box.left) / box.width) * sequenceWidth,
      y: ((event.clientY - box.top) / box.height) * sequenceHeight,
    };
  };
  const radius = layer ? maskMode.brushPx / layer.width : 0;

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
        if (!layer || event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        const at = place(event);
        pointer.current = at;
        if (maskMode.tool === 'box') boxStart.current = at;
        else
          painting.stroke(
            fractionInLayer(layer, at.x, at.y),
            fractionInLayer(layer, at.x, at.y),
            radius,
            maskMode.tool === 'erase',
          );
        draw();
      }}
      onPointerMove={(event) => {
        if (!layer) return;
        const at = place(event);
        if (event.buttons & 1 && pointer.current && maskMode.tool !== 'box') {
          painting.stroke(
            fractionInLayer(layer, pointer.current.x, pointer.current.y),
            fractionInLayer(layer, at.x, at.y),
            radius,
            maskMode.tool === 'erase',
          );
        }
        pointer.current = at;
        draw();
      }}
      onPointerUp={(event) => {
        if (!layer) return;
        if (boxStart.current) {
          const a = fractionInLayer(layer, boxStart.current.x, boxStart.current.y);
          const at = place(event);
          const b = fractionInLayer(layer, at.x, at.y);
          boxStart.current = null;
          painting.fillBox(Math.min(a.x, b.x), Math.min(a.y, b.y), Math.abs(a.x - b.x), Math.abs(a.y - b.y));
        }
        draw();
        void store();
      }}
      onPointerLeave={() => {
        pointer.current = null;
        draw();
      }}
      onKeyDown={(event) => {
        const key = event.key.toLowerCase();
        if (key !== 'delete' && key !== 'backspace' && key !== 'b') return;
        event.preventDefault();
        event.stopPropagation();
        if (key === 'b') painting.fillBox(0, 0, 1, 1);
        else painting.clear();
        draw();
        void store();
      }}
    />
  );
}

function drawMask(
  context: CanvasRenderingContext2D,
  painting: MaskPainting,
  layer: NonNullable<ReturnType<typeof useMaskedLayer>>,
  mode: { tool: string; brushPx: number },
  pointer: { x: number; y: number } | null,
  boxStart: { x: number; y: number } | null,
): void {
  const { width, height } = context.canvas;
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, width, height);
  context.save();
  context.translate(layer.centreX, layer.centreY);
  context.rotate((layer.rotationDegrees * Math.PI) / 180);
  context.globalAlpha = 0.72;
  context.drawImage(painting.canvas, -layer.width / 2, -layer.height / 2, layer.width, layer.height);
  context.restore();
  // tint what was painted, then hatch it: the mask reads without its colour too
  const colour = getComputedStyle(context.canvas).getPropertyValue('--mask').trim();
  context.globalCompositeOperation = 'source-in';
  context.fillStyle = colour;
  context.fillRect(0, 0, width, height);
  context.globalCompositeOperation = 'source-atop';
  context.strokeStyle = 'rgb(255 255 255 / .35)';
  context.lineWidth = 2;
  context.beginPath();
  for (let x = -height; x < width; x += 14) {
    context.moveTo(x, height);
    context.lineTo(x + height, 0);
  }
  context.stroke();
  context.globalCompositeOperation = 'source-over';
  if (pointer && mode.tool !== 'box') {
    for (const [style, line] of [
      ['rgb(0 0 0 / .6)', 3],
      ['#fff', 1.25],
    ] as const) {
      context.strokeStyle = style;
      context.lineWidth = line;
      context.beginPath();
      context.arc(pointer.x, pointer.y, mode.brushPx, 0, Math.PI * 2);
      context.stroke();
    }
  }
  if (boxStart && pointer) {
    context.setLineDash([6, 6]);
    context.strokeStyle = '#fff';
    context.lineWidth = 2;
    context.strokeRect(boxStart.x, boxStart.y, pointer.x - boxStart.x, pointer.y - boxStart.y);
    context.setLineDash([]);
  }
}

export function MaskHead({ rate }: { rate: Rate }) {
  const { t } = useTranslation('viewer');
  const maskMode = useEditor((state) => state.maskMode)!;
  const clip = useEditor((state) => (state.document ? findClip(state.document, maskMode.clipId)?.clip : undefined));
  const ticks = useEditor((state) => state.playheadTicks);
  const { setSession } = useEditor.getState();
  return (
    <>
      <span className={styles.maskBadge}>
        <Icon of={Brush} size={12} />
        {t('mask.badge')}
      </span>
      <span className={styles.maskName}>
        {t('mask.of', { name: clip?.name ?? '', frame: clip ? frameAtTicks(ticks - clip.startTicks, rate) + 1 : 0 })}
      </span>
      <span className="grow" />
      <Button size="s" shortcut="Esc" onClick={() => setSession({ maskMode: null })}>
        {t('mask.done')}
      </Button>
    </>
  );
}

export function MaskBar() {
  const { t } = useTranslation('viewer');
  const maskMode = useEditor((state) => state.maskMode)!;
  const { setSession } = useEditor.getState();
  const set = (patch: Partial<typeof maskMode>) => setSession({ maskMode: { ...maskMode, ...patch } });
  const storeFeather = (featherPx: number) => {
    const state = useEditor.getState();
    const mask = state.masks[maskMode.clipId];
    if (mask) state.setSession({ masks: { ...state.masks, [maskMode.clipId]: { ...mask, featherPx } } });
  };
  return (
    <div className={styles.brushbar} role="toolbar" aria-label={t('mask.tools')}>
      <IconButton
        icon={Brush}
        label={t('mask.brush')}
        on={maskMode.tool === 'brush'}
        tooltipSide="top"
        onClick={() => set({ tool: 'brush' })}
      />
      <IconButton
        icon={Eraser}
        label={t('mask.erase')}
        on={maskMode.tool === 'erase'}
        tooltipSide="top"
        onClick={() => set({ tool: 'erase' })}
      />
      <IconButton
        icon={SquareDashed}
        label={t('mask.box')}
        on={maskMode.tool === 'box'}
        tooltipSide="top"
        onClick={() => set({ tool: 'box' })}
      />
      <Rule />
      <span className={styles.barLabel}>{t('mask.size')}</span>
      <Slider
        className={styles.barSlider}
        label={t('mask.size')}
        value={maskMode.brushPx}
        min={4}
        max={200}
        onChange={(brushPx) => set({ brushPx })}
      />
      <span className={styles.barValue}>{Math.round(maskMode.brushPx)}</span>
      <Rule />
      <span className={styles.barLabel}>{t('mask.feather')}</span>
      <Slider
        className={styles.barSlider}
        label={t('mask.feather')}
        value={maskMode.featherPx}
        min={0}
        max={64}
        onChange={(featherPx) => set({ featherPx })}
        onCommit={storeFeather}
      />
      <span className={styles.barValue}>{Math.round(maskMode.featherPx)} px</span>
      <Rule />
      <IconButton
        icon={Trash2}
        label={t('mask.clear')}
        tooltipSide="top"
        onClick={() => {
          const state = useEditor.getState();
          const { [maskMode.clipId]: _gone, ...others } = state.masks;
          state.setSession({ masks: others });
        }}
      />
    </div>
  );
}
