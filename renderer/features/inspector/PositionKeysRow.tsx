import { ChevronLeft, ChevronRight, Diamond, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ClipPlace } from '../../../core/document/query.ts';
import { mostPositionKeys, type PositionKey } from '../../../core/document/schema.ts';
import { ticksPerFrame } from '../../../core/time/ticks.ts';
import { keyAt, keyTicksAt, neighbourKey, positionOf, withKey } from '../../services/positionKeys.ts';
import { useEditor } from '../../services/store.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import styles from './Inspector.module.css';

export interface PositionKeysRowProps {
  readonly place: ClipPlace;
  readonly commit: (keys: PositionKey[]) => void;
}

/** Keys of a clip's position: to the one before and after, one at the playhead, and all of them away. */
export function PositionKeysRow({ place, commit }: PositionKeysRowProps) {
  const { t } = useTranslation('inspector');
  const playheadTicks = useEditor((state) => state.playheadTicks);
  const { clip, sequence } = place;
  const keys = clip.positionKeys ?? [];
  const frame = ticksPerFrame(sequence.rate);
  const at = keyTicksAt(place, playheadTicks);
  const here = keyAt(keys, at, frame);
  const toggle = () =>
    commit(here ? keys.filter((key) => key !== here) : withKey(keys, at, positionOf(clip, at), frame));
  const go = (step: -1 | 1) => {
    const ticks = neighbourKey(place, playheadTicks, step);
    if (ticks !== null) useEditor.getState().setSession({ playheadTicks: ticks, viewerMode: 'timeline' });
  };
  return (
    <div className={styles.row}>
      <span className={styles.label}>{t('keys.label')}</span>
      <div className="flex gap1 grow">
        <IconButton
          icon={ChevronLeft}
          size="xs"
          label={t('keys.before')}
          disabled={neighbourKey(place, playheadTicks, -1) === null}
          onClick={() => go(-1)}
        />
        <IconButton
          icon={Diamond}
          size="xs"
          on={here !== null}
          label={here ? t('keys.remove') : t('keys.add')}
          disabled={!here && keys.length >= mostPositionKeys}
          onClick={toggle}
        />
        <IconButton
          icon={ChevronRight}
          size="xs"
          label={t('keys.after')}
          disabled={neighbourKey(place, playheadTicks, 1) === null}
          onClick={() => go(1)}
        />
        <span className="faint n small">{keys.length > 0 ? t('keys.count', { count: keys.length }) : ''}</span>
        <span className="grow" />
        {keys.length > 0 ? (
          <IconButton icon={Trash2} size="xs" label={t('keys.clear')} onClick={() => commit([])} />
        ) : null}
      </div>
    </div>
  );
}
