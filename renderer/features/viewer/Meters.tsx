import { useEffect, useRef, useState, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { useEditor } from '../../services/store.ts';
import { meterHeight, peakDb } from '../../services/trackLevels.ts';
import type { Player } from './play/player.ts';
import styles from './Viewer.module.css';

/** Sample peaks of what plays, left and right, with a peak line that falls slowly. */
export function Meters({ player }: { player: RefObject<Player | null> }) {
  const { t } = useTranslation('viewer');
  const playing = useEditor((state) => state.playing === 1);
  const bars = useRef<(HTMLElement | null)[]>([null, null]);
  const [peak, setPeak] = useState(-Infinity);

  useEffect(() => {
    if (!playing) {
      for (const bar of bars.current) bar?.style.setProperty('--at', '0');
      return;
    }
    const samples = new Float32Array(1024);
    const held = [-Infinity, -Infinity];
    let highest = -Infinity;
    let animation = 0;
    let shown = 0;
    const draw = (time: number) => {
      player.current?.meters?.forEach((analyser, index) => {
        const db = peakDb(analyser, samples);
        held[index] = Math.max(db, (held[index] ?? -Infinity) - 0.4);
        highest = Math.max(highest, db);
        bars.current[index]?.style.setProperty('--at', String(meterHeight(db)));
        bars.current[index]?.style.setProperty('--peak', String(meterHeight(held[index]!)));
      });
      if (time - shown > 250) {
        shown = time;
        setPeak(highest);
        highest = -Infinity;
      }
      animation = requestAnimationFrame(draw);
    };
    animation = requestAnimationFrame(draw);
    return () => cancelAnimationFrame(animation);
  }, [playing, player]);

  const text = Number.isFinite(peak) ? peak.toFixed(1).replace('-', '−') : '−∞';
  return (
    <div className={styles.meters} role="img" aria-label={t('meters', { db: text })}>
      <div className={styles.lr}>
        <span
          ref={(element) => {
            bars.current[0] = element;
          }}
          className={styles.meter}
        />
        <span
          ref={(element) => {
            bars.current[1] = element;
          }}
          className={styles.meter}
        />
      </div>
      <span className={styles.meterText}>{text}</span>
    </div>
  );
}
