import { useTranslation } from 'react-i18next';
import type { Sequence } from '../../../core/document/schema.ts';
import { rateChoices, rateOf, rateValue, sizeChoices, sizeOf, sizeValue } from '../../services/sequenceFormats.ts';
import { useEditor } from '../../services/store.ts';
import { Select } from '../../ui/Select.tsx';
import { Section } from './Section.tsx';
import styles from './Inspector.module.css';

/** The cut itself: its picture and its frame rate. Clips keep their times when these change. */
export function SequenceSection({ sequence }: { sequence: Sequence }) {
  const { t } = useTranslation('inspector');
  const { width, height, rate } = sequence;
  const set = (format: Partial<Pick<Sequence, 'width' | 'height' | 'rate'>>) =>
    useEditor.getState().run('setSequenceFormat', { sequenceId: sequence.id, width, height, rate, ...format });
  return (
    <Section title={sequence.name}>
      <div className={styles.row}>
        <span className={styles.label}>{t('sequence.size')}</span>
        <Select
          className={styles.wide}
          size="s"
          label={t('sequence.size')}
          value={sizeValue(sequence)}
          options={sizeChoices(sequence)}
          onChange={(value) => set(sizeOf(value))}
        />
      </div>
      <div className={styles.row}>
        <span className={styles.label}>{t('sequence.rate')}</span>
        <Select
          className={styles.wide}
          size="s"
          label={t('sequence.rate')}
          value={rateValue(rate)}
          options={rateChoices(rate)}
          onChange={(value) => set({ rate: rateOf(value) })}
        />
      </div>
    </Section>
  );
}
