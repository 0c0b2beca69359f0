/**
 * One canvas per lane, under the clips: filmstrips, waveforms, and the whole of clips too narrow for an element. It
 * covers the drawn window and is stretched with the layer while the zoom moves. (A canvas per clip would be a
 * compositor layer per clip.)
 */
import { memo, useEffect, useLayoutEffect, useRef, useState, type CSSProperties } from 'react';
import type { Clip, Track } from '../../../../core/document/schema.ts';
import { secondsFromTicks } from '../../../../core/time/ticks.ts';
import { engine } from '../../../services/connection.ts';
import { useEditor } from '../../../services/store.ts';
import { materialOf } from '../clip/clipParts.ts';
import { drawClip, type LaneBrush } from '../clip/drawClip.ts';
import { filmstrips, peakFiles, posters } from '../data/filmstrips.ts';
import { clipState, jobsByClip } from '../view/clipLook.ts';
import type { LaneBox } from '../view/laneLayout.ts';
import { pxFromTicks } from '../view/scale.ts';
import { atOf, type DrawnWindow } from '../view/visible.ts';
import styles from './Lanes.module.css';

interface LaneDrawing extends Pick<LaneBox, 'track' | 'heightPx'> {
  /** All clips of the window. */
  readonly clips: readonly Clip[];
  /** Ids of the clips that are drawn on the canvas only; null when there are none. */
  readonly withoutElement: ReadonlySet<string> | null;
  readonly window: DrawnWindow;
}

interface LaneCanvasProps extends Omit<LaneDrawing, 'track' | 'heightPx'> {
  readonly lane: LaneBox;
}

/** The canvas under the clips of one lane. */
export const LaneCanvas = memo(function LaneCanvas({ lane, clips, withoutElement, window: drawn }: LaneCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const version = useDrawnState();
  const { track, heightPx } = lane;
  const spanTicks = drawn.toTicks - drawn.fromTicks;

  useEffect(() => {
    // clips first, their filmstrips and waveforms when idle: a project has to be usable at once
    const shown = clips.filter((clip) => withoutElement?.has(clip.id) !== true);
    const request = requestIdleCallback(() => loadMaterials(shown, track.kind), { timeout: 500 });
    return () => cancelIdleCallback(request);
  }, [clips, withoutElement, track.kind, version]);

  useLayoutEffect(() => {
    if (canvas.current !== null) drawLane(canvas.current, { track, heightPx, clips, withoutElement, window: drawn });
  }, [clips, withoutElement, drawn, heightPx, track, version]);

  return (
    <canvas
      ref={canvas}
      aria-hidden="true"
      className={styles.canvas}
      style={{ '--at': atOf(drawn.fromTicks, drawn), '--len': secondsFromTicks(spanTicks) } as CSSProperties}
    />
  );
});

/** Requests the filmstrips, posters and peaks of the clips that are not loaded yet. */
function loadMaterials(clips: readonly Clip[], kind: Track['kind']): void {
  const state = useEditor.getState();
  for (const clip of clips) {
    const material = materialOf(state, clip);
    if (kind === 'video' && material.filmstripUrl !== null) filmstrips.ask(engine().url(material.filmstripUrl));
    else if (kind === 'video' && material.posterUrl !== null) posters.ask(engine().url(material.posterUrl));
    if (kind === 'audio' && material.peaksUrl !== null) peakFiles.ask(engine().url(material.peaksUrl));
  }
}

/** Sizes and clears the canvas, and draws every clip of the window. */
function drawLane(canvas: HTMLCanvasElement, lane: LaneDrawing): void {
  const { clips, withoutElement, window: drawn } = lane;
  const context = canvas.getContext('2d');
  if (context === null) return;
  const ratio = Math.min(2, window.devicePixelRatio || 1);
  const heightPx = lane.heightPx - 4;
  const width = Math.max(1, Math.round(pxFromTicks(drawn.toTicks - drawn.fromTicks, drawn.pixelsPerSecond) * ratio));
  const height = heightPx * ratio;
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
  } else {
    context.clearRect(0, 0, width, height);
  }
  const state = useEditor.getState();
  const jobs = jobsByClip(state.jobs);
  const brush: LaneBrush = {
    context,
    ratio,
    heightPx,
    track: lane.track,
    window: drawn,
    colour: rememberColours(getComputedStyle(canvas)),
    document: state.document,
    sourceUrl: (path) => engine().url(path),
  };
  for (const clip of clips) {
    const material = materialOf(state, clip);
    const shown = clipState(clip, {
      job: jobs.get(clip.id) ?? null,
      stale: state.staleClips[clip.id] === true,
      missing: material.missing,
    });
    drawClip(brush, clip, shown, material, withoutElement?.has(clip.id) ?? false);
  }
}

/** Reads each colour once per drawing: a thousand clips use the same few. */
function rememberColours(style: CSSStyleDeclaration): (name: string) => string {
  const known = new Map<string, string>();
  return (name) => {
    const colour = known.get(name) ?? style.getPropertyValue(name);
    known.set(name, colour);
    return colour;
  };
}

/** A number that changes with everything but the clips that the drawing depends on. */
function useDrawnState(): number {
  const [version, setVersion] = useState(0);
  const strips = filmstrips.useVersion();
  const stills = posters.useVersion();
  const peaks = peakFiles.useVersion();
  useEffect(
    () =>
      useEditor.subscribe((state, before) => {
        const same =
          state.theme === before.theme &&
          state.jobs === before.jobs &&
          state.staleClips === before.staleClips &&
          state.mediaAssets === before.mediaAssets &&
          state.takeAssets === before.takeAssets &&
          state.missingMediaIds === before.missingMediaIds;
        if (!same) setVersion((n) => n + 1);
      }),
    [],
  );
  return version + strips * 1e3 + stills * 1e5 + peaks * 1e7;
}
