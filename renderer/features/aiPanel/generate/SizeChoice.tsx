import { useTranslation } from 'react-i18next';
import type { PackInfo } from '../../../../core/contract/contract.ts';
import { Segmented } from '../../../ui/Segmented.tsx';
import { setDraft } from '../../../services/aiDraft.ts';
import styles from '../AiPanel.module.css';

/** How a clip is made: drawn by the stage, painted as the pack's network does, or that through its upscaler. */
export type Making = 'drawn' | 'own' | 'large';

/** Chooses it. With all three there is no room for their sizes: the foot has that of the chosen one. */
export function SizeChoice({
  video,
  factor,
  isDrawable,
  chosen,
}: {
  video: NonNullable<PackInfo['video']>;
  factor: number | null;
  isDrawable: boolean;
  chosen: Making;
}) {
  const { t } = useTranslation('aiPanel');
  const painted = (times: number) => t('size.pixels', { width: video.width * times, height: video.height * times });
  return (
    <div className={styles.kv}>
      <span className={styles.k}>{t('size.label')}</span>
      <Segmented
        className={styles.span}
        size="s"
        label={t('size.label')}
        value={chosen}
        options={[
          ...(isDrawable ? [{ value: 'drawn' as const, label: t('size.drawn') }] : []),
          { value: 'own' as const, label: isDrawable ? t('size.painted') : painted(1) },
          ...(factor
            ? [
                {
                  value: 'large' as const,
                  label: isDrawable
                    ? t('size.paintedLarge', { factor })
                    : t('size.upscaled', { size: painted(factor), factor }),
                },
              ]
            : []),
        ]}
        onChange={(value) =>
          setDraft({ drawn: value === 'drawn', ...(value === 'drawn' ? {} : { upscale: value === 'large' }) })
        }
      />
    </div>
  );
}
