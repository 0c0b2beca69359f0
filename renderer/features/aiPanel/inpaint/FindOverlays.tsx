import { useTranslation } from 'react-i18next';
import { Stamp } from 'lucide-react';
import { findOverlays, useOverlays } from '../../../services/findOverlays.ts';
import { Button } from '../../../ui/Button.tsx';
import styles from '../AiPanel.module.css';

/** A mask of logos, captions and time stamps by one press, and what came of it. */
export function FindOverlays({ clipId }: { clipId: string }) {
  const { t } = useTranslation('aiPanel');
  const outcome = useOverlays((state) => (state.clipId === clipId ? state.outcome : null));
  return (
    <div>
      <div className={styles.chips}>
        <Button size="s" icon={Stamp} disabled={outcome === 'looking'} onClick={() => void findOverlays(clipId)}>
          {t('overlays.find')}
        </Button>
      </div>
      {outcome === null ? null : (
        <p className={styles.note} role="status" style={{ marginTop: 4 }}>
          {t(`overlays.${outcome}`)}
        </p>
      )}
    </div>
  );
}
