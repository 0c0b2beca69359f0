import { useTranslation } from 'react-i18next';
import { Select } from '../../../ui/Select.tsx';
import { loudnessPresets } from '../../../services/aiDraft.ts';
import styles from '../AiPanel.module.css';

/** The presets, and a stem's own loudness when it is not a preset. */
export function LoudnessSelect({ lufs, onChoose }: { lufs: number; onChoose(lufs: number): void }) {
  const { t } = useTranslation('aiPanel');
  const known = loudnessPresets.find((preset) => preset === lufs);
  const spelled = (each: number) => `${String(each).replace('-', '−')} LUFS`;
  return (
    <div className={styles.kv}>
      <span className={styles.k}>{t('loudness.label')}</span>
      <Select
        className={styles.span}
        label={t('loudness.label')}
        value={String(lufs)}
        options={[
          ...loudnessPresets.map((preset) => ({
            value: String(preset),
            label: t(`loudness.${preset}`, { lufs: spelled(preset) }),
          })),
          ...(known === undefined
            ? [{ value: String(lufs), label: t('loudness.other', { lufs: spelled(lufs) }) }]
            : []),
        ]}
        onChange={(value) => onChoose(Number(value))}
      />
    </div>
  );
}
