/** Below the bar: filmstrip or wave, a colour for solids, the clip's volume as a line. */
import { memo, useMemo, type CSSProperties } from 'react';
import type { Clip } from '../../../../core/document/schema.ts';
import { useEditor } from '../../../services/store.ts';
import { classes } from '../../../ui/classes.ts';
import type { ClipLook } from '../view/clipLook.ts';
import type { DrawnWindow } from '../view/visible.ts';
import styles from './Clip.module.css';
import { fileRange, sourceIdOf, type ClipMaterial } from './clipParts.ts';
import { drawnPart } from './drawnPart.ts';
import { Filmstrip } from './Filmstrip.tsx';
import { Waveform } from './Waveform.tsx';

interface ClipMaterialViewProps {
  readonly clip: Clip;
  readonly look: ClipLook;
  readonly material: ClipMaterial;
  readonly drawn: DrawnWindow;
  readonly heightPx: number;
}

export const ClipMaterialView = memo(function ClipMaterialView({ clip, look, material, drawn, heightPx }: ClipMaterialViewProps) {
  const source = sourceIdOf(clip);
  const takeStartTicks = useEditor((state) => (source?.kind === 'take' ? (state.document?.takes[source.id]?.sourceStartTicks ?? 0) : 0));
  const whole = drawnPart(clip, drawn);
  // the same object while nothing of it changed: the canvas below is then left alone
  const part = useMemo(() => whole, [whole.fromFraction, whole.toFraction, whole.widthPx, whole.clipWidthPx]);
  const range = fileRange(takeStartTicks, clip);
  if (look === 'video') {
    const solid = source === null && clip.reference.kind === 'solid' ? clip.reference.color : null;
    return (
      <div className={classes(styles.strip, material.filmstripUrl === null && styles.plainStrip, solid !== null && styles.solid)} style={solid === null ? undefined : ({ '--solid': solid } as CSSProperties)}>
        <Filmstrip url={material.filmstripUrl} part={part} heightPx={heightPx} fromTicks={range.fromTicks} toTicks={range.toTicks} reversed={clip.reversed} />
      </div>
    );
  }
  return (
    <div className={styles.wavebox}>
      <Waveform url={material.peaksUrl} part={part} heightPx={heightPx} fromTicks={range.fromTicks} toTicks={range.toTicks} reversed={clip.reversed} />
      {clip.volumeDb === 0 ? null : (
        <svg className={styles.gainline} viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
          <path d={`M0 ${gainLineY(clip.volumeDb)}H100`} />
        </svg>
      )}
    </div>
  );
});

/** 0 dB a quarter from the top, -48 dB at the foot, in percent of the height. */
function gainLineY(volumeDb: number): number {
  return Math.max(2, Math.min(98, 25 - (volumeDb / 48) * 73));
}
