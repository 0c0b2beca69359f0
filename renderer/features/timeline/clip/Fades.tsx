/** Fades as dark corners with a line, with grips on selected clips. */
import type { Clip } from '../../../../core/document/schema.ts';
import styles from './Clip.module.css';

/** Fade corners of a clip; `grips` adds the handles that drag them. */
export function Fades({ clip, grips }: { readonly clip: Clip; readonly grips: boolean }) {
  const fadeIn = (clip.fadeInTicks / clip.durationTicks) * 100;
  const fadeOut = (clip.fadeOutTicks / clip.durationTicks) * 100;
  return (
    <>
      {fadeIn > 0 || fadeOut > 0 ? (
        <svg className={styles.fades} viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
          {fadeIn > 0 ? <path d={`M0 100L${fadeIn} 0H0z`} /> : null}
          {fadeOut > 0 ? <path d={`M100 100L${100 - fadeOut} 0H100z`} /> : null}
        </svg>
      ) : null}
      {grips ? (
        <>
          <i className={styles.fadeGrip} style={{ left: `max(14px, ${fadeIn}%)` }} />
          <i className={styles.fadeGrip} style={{ left: `min(calc(100% - 14px), ${100 - fadeOut}%)` }} />
        </>
      ) : null}
    </>
  );
}
