/**
 * One canvas a lane, under the clips: filmstrips, waves, and all of the clips too narrow for an element. It covers the
 * drawn window and is stretched with the layer while the zoom moves. (A canvas a clip would be a compositor layer a
 * clip.)
 */
import { memo, useEffect, useLayoutEffect, useRef, useState, type CSSProperties } from 'react';
import type { Clip } from '../../../../core/document/schema.ts';
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

interface LaneCanvasProps {
  readonly lane: LaneBox;
  /** All clips of the window, and those of them that have no element. */
  readonly clips: readonly Clip[];
  readonly withoutElement: ReadonlySet<string> | null;
  readonly window: DrawnWindow;
}

/** The canvas under the clips of one lane. */
export const LaneCanvas = memo(function LaneCanvas({ lane, clips, withoutElement, window: drawn }: LaneCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const version = useDrawnState();
  const { track, heightPx } = lane;
  const spanTicks = drawn.toTicks - drawn.fromTicks;

  useEffect(() => {
    // clips first, their strips and waves when there is time: a project must be there to be used
    const wish = requestIdleCallback(
      () => {
        const state = useEditor.getState();
        for (const clip of clips) {
          if (withoutElement?.has(clip.id)) continue;
          const material = materialOf(state, clip);
          if (track.kind === 'video' && material.filmstripUrl !== null)
            filmstrips.ask(engine().url(material.filmstripUrl));
          else if (track.kind === 'video' && material.posterUrl !== null) posters.ask(engine().url(material.posterUrl));
          if (track.kind === 'audio' && material.peaksUrl !== null) peakFiles.ask(engine().url(material.peaksUrl));
        }
      },
      { timeout: 500 },
    );
    return () => cancelIdleCallback(wish);
  }, [clips, withoutElement, track.kind, version]);

  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d') ?? null;
    if (canvas.current === null || context === null) return;
    const ratio = Math.min(2, window.devicePixelRatio || 1);
    const width = Math.max(1, Math.round(pxFromTicks(spanTicks, drawn.pixelsPerSecond) * ratio));
    const height = (heightPx - 4) * ratio;
    if (canvas.current.width !== width || canvas.current.height !== height) {
      canvas.current.width = width;
      canvas.current.height = height;
    } else {
      context.clearRect(0, 0, width, height);
    }
    const state = useEditor.getState();
    const style = getComputedStyle(canvas.current);
    const jobs = jobsByClip(state.jobs);
    const brush: LaneBrush = {
      context,
      ratio,
      heightPx: heightPx - 4,
      track,
      window: drawn,
      colour: rememberColours(style),
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
  }, [clips, withoutElement, drawn, spanTicks, heightPx, track, version]);

  return (
    <canvas
      ref={canvas}
      aria-hidden="true"
      className={styles.canvas}
      style={{ '--at': atOf(drawn.fromTicks, drawn), '--len': secondsFromTicks(spanTicks) } as CSSProperties}
    />
  );
});

/** A style is asked once a colour and drawing: a thousand clips ask for the same few. */
function rememberColours(style: CSSStyleDeclaration): (name: string) => string {
  const known = new Map<string, string>();
  return (name) => {
    const colour = known.get(name) ?? style.getPropertyValue(name);
    known.set(name, colour);
    return colour;
  };
}

/** Changes with everything besides the clips that a lane's picture depends on. */
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
