import { useEffect, useRef, useState, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { VolumeX } from 'lucide-react';
import { useEditor } from '../../services/store.ts';
import { meterHeight, peakDb } from '../../services/trackLevels.ts';
import { Icon } from '../../ui/Icon.tsx';
import { Tooltip } from '../../ui/Tooltip.tsx';
import type { Player } from './play/player.ts';
import type { SoundTrouble } from './play/soundPlayer.ts';
import styles from './Viewer.module.css';

interface Levels {
  /** Highest peak of the last quarter second, dBFS; -Infinity for silence. */
  readonly peak: number;
  readonly trouble: SoundTrouble;
}

/** Moves the bars once a frame without React, and returns the figures four times a second. */
function useLevels(
  player: RefObject<Player | null>,
  element: RefObject<HTMLElement | null>,
  bars: RefObject<(HTMLElement | null)[]>,
): Levels {
  const playing = useEditor((state) => state.playing === 1);
  const [levels, setLevels] = useState<Levels>({ peak: -Infinity, trouble: null });
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
        setLevels({ peak: highest, trouble: player.current?.soundTrouble ?? null });
        highest = -Infinity;
        const counts = player.current?.soundCounts;
        // frames of sound, for tests and for diagnosing complaints
        element.current?.setAttribute('data-delivered', String(counts?.delivered ?? 0));
        element.current?.setAttribute('data-missing', String(counts?.missing ?? 0));
      }
      animation = requestAnimationFrame(draw);
    };
    animation = requestAnimationFrame(draw);
    return () => cancelAnimationFrame(animation);
  }, [playing, player, element, bars]);
  return levels;
}

/** Sample peaks of the left and right channel, with a peak line that falls slowly. */
export function Meters({ player }: { player: RefObject<Player | null> }) {
  const { t } = useTranslation('viewer');
  const bars = useRef<(HTMLElement | null)[]>([null, null]);
  const element = useRef<HTMLDivElement>(null);
  const { peak, trouble } = useLevels(player, element, bars);
  const text = Number.isFinite(peak) ? peak.toFixed(1).replace('-', '−') : '−∞';
  return (
    <div ref={element} className={styles.meters} role="group" aria-label={t('metersLabel')} data-testid="meters">
      {trouble ? (
        <Tooltip label={t(`soundTrouble.${trouble}`)} side="left">
          <span className={styles.soundSign} role="status" aria-label={t(`soundTrouble.${trouble}`)}>
            <Icon of={VolumeX} size={14} />
          </span>
        </Tooltip>
      ) : null}
      <div className={styles.lr} role="img" aria-label={t('meters', { db: text })}>
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
