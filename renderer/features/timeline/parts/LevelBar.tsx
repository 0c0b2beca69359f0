import { useEffect, useRef } from 'react';
import { useEditor } from '../../../services/store.ts';
import { meterHeight, trackLevelDb } from '../../../services/trackLevels.ts';
import styles from './TrackHeads.module.css';

/** Level of a track in the mix during playback, updated once a frame without React. */
export function LevelBar({ trackId }: { readonly trackId: string }) {
  const bar = useRef<HTMLSpanElement>(null);
  const playing = useEditor((state) => state.playing === 1);
  useEffect(() => {
    if (!playing) return;
    const element = bar.current;
    let animation = 0;
    const draw = () => {
      element?.style.setProperty('--at', String(meterHeight(trackLevelDb(trackId))));
      animation = requestAnimationFrame(draw);
    };
    animation = requestAnimationFrame(draw);
    return () => {
      cancelAnimationFrame(animation);
      element?.style.setProperty('--at', '0');
    };
  }, [playing, trackId]);
  return <span ref={bar} className={styles.level} aria-hidden="true" />;
}
