/** A gap under the pointer, in focus or chosen. On picture tracks it offers to be filled from its neighbours. */
import { BetweenVerticalStart } from 'lucide-react';
import { memo, useRef, type CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import { runAction } from '../../../actions/registry.ts';
import { secondsFromTicks, type Rate } from '../../../../core/time/ticks.ts';
import { formatTimecode } from '../../../../core/time/timecode.ts';
import { useEditor } from '../../../services/store.ts';
import { classes } from '../../../ui/classes.ts';
import { Icon } from '../../../ui/Icon.tsx';
import { selectClips } from '../gestures/marquee.ts';
import { gapKey } from '../view/items.ts';
import { pxFromTicks } from '../view/scale.ts';
import { atOf, type DrawnWindow, type Gap } from '../view/visible.ts';
import { useWantedFocus } from '../view/useGridFocus.ts';
import { secondsText } from '../view/words.ts';
import styles from './Lanes.module.css';

interface GapViewProps {
  readonly gap: Gap;
  readonly trackName: string;
  readonly rate: Rate;
  readonly window: DrawnWindow;
  readonly laneHeightPx: number;
  readonly chosen: boolean;
  readonly focused: boolean;
  /** Offer to fill it: AI is on and the track shows pictures. */
  readonly offer: boolean;
}

/** One gap as a grid cell of its lane, with the button that fills it. */
export const GapView = memo(function GapView({
  gap,
  trackName,
  rate,
  window: drawn,
  laneHeightPx,
  chosen,
  focused,
  offer,
}: GapViewProps) {
  const { t } = useTranslation('timeline');
  const element = useRef<HTMLDivElement>(null);
  useWantedFocus(element, focused);
  const length = secondsText(gap.durationTicks);
  const widthPx = pxFromTicks(gap.durationTicks, drawn.pixelsPerSecond);
  return (
    <div
      ref={element}
      role="gridcell"
      data-item={gapKey(gap)}
      tabIndex={focused ? 0 : -1}
      aria-selected={chosen}
      aria-label={t('gapLabel', {
        track: trackName,
        start: formatTimecode(gap.startTicks, rate),
        length: t('seconds', { n: length }),
      })}
      className={classes(styles.gap, laneHeightPx < 60 && styles.low, chosen && styles.chosen)}
      style={{ '--at': atOf(gap.startTicks, drawn), '--len': secondsFromTicks(gap.durationTicks) } as CSSProperties}
    >
      {offer && widthPx >= 24 ? (
        <button
          type="button"
          data-control
          tabIndex={focused ? 0 : -1}
          title={t('fillTitle')}
          aria-label={t('fill', { n: length })}
          onClick={() => offerToFill(gap)}
        >
          <Icon of={BetweenVerticalStart} size={16} />
          {widthPx >= 56 ? <span>{t('fill', { n: length })}</span> : null}
        </button>
      ) : null}
    </div>
  );
});

/** The gap becomes what the AI panel works on: there stand its time and memory, above the one button. */
function offerToFill(gap: Gap): void {
  const { selection, setSession } = useEditor.getState();
  setSession({ selection: { ...selectClips(selection, []), gap } });
  runAction('ai.fillGap');
}
