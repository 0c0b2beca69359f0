import { useTranslation } from 'react-i18next';
import type { SeenMoment } from '../../../core/contract/seen.ts';
import { snapToFrame, secondsFromTicks } from '../../../core/time/ticks.ts';
import { formatDuration } from '../../../core/time/timecode.ts';
import type { MediaItem } from '../../../core/document/schema.ts';
import { focusRegion } from '../../services/regions.ts';
import { openSource, setShownPlayhead } from '../../services/shown.ts';
import type { Reason } from './seenSearch.ts';
import { thingInChinese } from './seenWords.ts';
import styles from './MediaBin.module.css';

/** Moments shown of each term. */
const shownAtMost = 3;

/** Why a file was found: a chip for each moment, which opens it in the source view there. */
export function SeenReasons({ item, reasons }: { readonly item: MediaItem; readonly reasons: readonly Reason[] }) {
  const { t } = useTranslation('mediaBin');
  const nameOf = useMomentName();
  if (reasons.length === 0) return null;
  return (
    <div className={styles.reasons} role="group" aria-label={t('seen.moments')}>
      {reasons.flatMap(({ moments }) => {
        const shown = moments.slice(0, shownAtMost).map((moment) => {
          const what = nameOf(moment);
          const time = formatDuration(Math.floor(secondsFromTicks(moment.fromTicks)));
          return (
            <button
              key={`${moment.name}${moment.fromTicks}`}
              type="button"
              className={styles.reason}
              title={t('seen.open', { what, time })}
              onClick={(event) => {
                event.stopPropagation();
                showMoment(item, moment);
              }}
              onDoubleClick={(event) => event.stopPropagation()}
              onKeyDown={(event) => event.stopPropagation()}
            >
              {item.kind === 'image' ? what : t('seen.at', { what, time })}
            </button>
          );
        });
        const more = moments.length - shown.length;
        const rest =
          more > 0 ? [<span key={`more of ${moments[0]!.name}`}>{t('seen.more', { count: more })}</span>] : [];
        return [...shown, ...rest];
      })}
    </div>
  );
}

/** A moment in the window's language: '2 × dog', 'close-up'. */
function useMomentName(): (moment: SeenMoment) => string {
  const { t, i18n } = useTranslation('mediaBin');
  return (moment) => {
    if (moment.kind !== 'thing') return t(`seen.names.${moment.name}`);
    const name = i18n.language.startsWith('zh') ? thingInChinese(moment.name) : moment.name;
    return moment.count > 1 ? t('seen.several', { count: moment.count, name }) : name;
  };
}

function showMoment(item: MediaItem, { fromTicks }: SeenMoment): void {
  openSource(item.id);
  if (item.kind !== 'image') setShownPlayhead(item.video ? snapToFrame(fromTicks, item.video.rate) : fromTicks);
  focusRegion('viewer');
}
