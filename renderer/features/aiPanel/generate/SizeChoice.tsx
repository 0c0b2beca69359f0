import { useTranslation } from 'react-i18next';
import type { PackInfo } from '../../../../core/contract/contract.ts';
import { Segmented } from '../../../ui/Segmented.tsx';
import { setDraft } from '../../../services/aiDraft.ts';
import styles from '../AiPanel.module.css';

/** As the pack makes it, or through its upscaler. */
export function SizeChoice({
  video,
  factor,
  large,
}: {
  video: NonNullable<PackInfo['video']>;
  factor: number;
  large: boolean;
}) {
  const { t } = useTranslation('aiPanel');
  const spelled = (times: number) => t('size.pixels', { width: video.width * times, height: video.height * times });
  return (
    <div className={styles.kv}>
      <span className={styles.k}>{t('size.label')}</span>
      <Segmented
        className={styles.span}
        size="s"
        label={t('size.label')}
        value={large ? 'large' : 'own'}
        options={[
          { value: 'own', label: spelled(1) },
          { value: 'large', label: t('size.upscaled', { size: spelled(factor), factor }) },
        ]}
        onChange={(value) => setDraft({ upscale: value === 'large' })}
      />
    </div>
  );
}
