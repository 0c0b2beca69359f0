import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { findClip } from '../../../../core/document/query.ts';
import { toClipTicks } from '../../../../core/document/sources.ts';
import { secondsFromTicks } from '../../../../core/time/ticks.ts';
import type { Mask } from '../../../../core/document/schema.ts';
import { followJobOf, movesUnder, useFollowed } from '../../../services/followMask.ts';
import { useSelecting } from '../../../services/selectThing.ts';
import { useEditor } from '../../../services/store.ts';
import { Spinner } from '../../../ui/Spinner.tsx';
import { wordsSaid } from './wordsSaid.ts';
import styles from '../Viewer.module.css';

/** Lost stretches that are named one by one. */
const mostNamed = 3;

/**
 * Over the picture: a thing is being looked for, none was found, a mask that follows lost its thing, or one that stands
 * still covers a thing that moves.
 */
export function SelectSign({ clipId }: { clipId: string }) {
  const { t, i18n } = useTranslation('viewer');
  const { waiting, saidNothing, said } = useSelecting();
  const lost = useLost(clipId);
  const moves = useMoves(clipId);
  return (
    <div className={styles.selectSign} role="status">
      {waiting > 0 ? (
        <span>
          <Spinner size={12} />
          {t('mask.looking')}
        </span>
      ) : said ? (
        <span>{wordsSaid(said, t, i18n.language === 'zh' ? 'zh' : 'en')}</span>
      ) : saidNothing ? (
        <span>{t('mask.nothingFound')}</span>
      ) : lost.length > 0 ? (
        <span className={styles.lostList}>
          {lost.slice(0, mostNamed).map(({ reason, from, to }) => (
            <span key={from}>{t(`mask.lost.${reason}`, { from, to })}</span>
          ))}
          {lost.length > mostNamed ? <span>{t('mask.lost.more', { count: lost.length - mostNamed })}</span> : null}
        </span>
      ) : moves ? (
        <span>{t('mask.moves')}</span>
      ) : null}
    </div>
  );
}

/** A mask is asked about once it has stayed the same for a moment, ms. */
const settleMs = 700;

/** Whether the thing under a still mask moves, as measured in the clip's frames around the playhead. */
function useMoves(clipId: string): boolean {
  const mask = useEditor((state) => state.masks[clipId]);
  const [answered, setAnswered] = useState<{ readonly mask: Mask; readonly moves: boolean } | null>(null);
  useEffect(() => {
    if (!mask || mask.kind === 'followed') return undefined;
    let current = true;
    const timer = setTimeout(() => {
      // a hint: without an answer there is none
      movesUnder(clipId, mask).then(
        (moves) => current && setAnswered({ mask, moves }),
        () => undefined,
      );
    }, settleMs);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [clipId, mask]);
  return answered !== null && answered.mask === mask && answered.moves;
}

/** A stretch in which the clip's mask lost its thing, in seconds of the clip. */
interface Lost {
  readonly reason: 'hidden' | 'left' | 'cut';
  readonly from: string;
  readonly to: string;
}

/** The stretches in which the clip's mask lost its thing; none while it is followed. */
function useLost(clipId: string): readonly Lost[] {
  const mask = useEditor((state) => state.masks[clipId]);
  const clip = useEditor((state) => (state.document ? findClip(state.document, clipId)?.clip : undefined));
  const isRunning = useEditor((state) => followJobOf(clipId, state.jobs) !== null);
  const followed = useFollowed(({ byClip }) => byClip[clipId]);
  if (mask?.kind !== 'followed' || followed?.mask.keys !== mask.keys || isRunning || !clip) return [];
  const seconds = (ticks: number): string => Math.max(0, secondsFromTicks(toClipTicks(clip, ticks))).toFixed(1);
  return followed.state.lost.map(({ reason, fromTicks, toTicks }) => ({
    ...{ reason, from: seconds(fromTicks), to: seconds(toTicks) },
  }));
}
