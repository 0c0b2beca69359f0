import { useTranslation } from 'react-i18next';
import type { ClipPlace } from '../../../core/document/query.ts';
import { SmoothOffer } from '../../actions/SmoothOffer.tsx';
import { useEditor } from '../../services/store.ts';
import { Switch } from '../../ui/Switch.tsx';
import { FigureRow, Section } from './Section.tsx';
import styles from './Inspector.module.css';

/** Constant speed in percent, kept as a fraction of 1000. The length follows; what comes later on the track moves. */
export function SpeedSection({ place }: { place: ClipPlace }) {
  const { t } = useTranslation('inspector');
  const { clip, sequence } = place;
  const percent = (clip.speed.num / clip.speed.den) * 100;
  const set = (nextPercent: number, reversed: boolean) =>
    useEditor.getState().run('setClipSpeed', {
      sequenceId: sequence.id,
      clipId: clip.id,
      speed: { num: Math.max(1, Math.round(nextPercent * 10)), den: 1000 },
      reversed,
      ripple: true,
    });
  return (
    <Section title={t('speed')} summary={`${Math.round(percent * 10) / 10} %`} onReset={() => set(100, false)}>
      <FigureRow
        label={t('speed')}
        value={percent}
        min={10}
        max={800}
        decimals={0}
        unit="%"
        origin={100}
        onCommit={(value) => set(value, clip.reversed)}
      />
      <div className={styles.row}>
        <span className={styles.label}>{t('reverse')}</span>
        <div className={styles.wide}>
          <Switch label={t('reverse')} checked={clip.reversed} onChange={(reversed) => set(percent, reversed)} />
        </div>
      </div>
      <div className={styles.offer}>
        <SmoothOffer place={place} />
      </div>
    </Section>
  );
}
