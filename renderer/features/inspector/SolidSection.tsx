import { useTranslation } from 'react-i18next';
import type { ClipPlace } from '../../../core/document/query.ts';
import { setLivePreview } from '../../services/livePreview.ts';
import { useEditor } from '../../services/store.ts';
import { Section } from './Section.tsx';
import styles from './Inspector.module.css';

/** The colour of a clip that shows one. It is previewed while it is chosen, and one undo step in the end. */
export function SolidSection({ place: { clip, sequence } }: { place: ClipPlace }) {
  const { t } = useTranslation('inspector');
  if (clip.reference.kind !== 'solid') return null;
  const shown = clip.reference.color.slice(0, 7);
  const change = (color: string) => ({ reference: { kind: 'solid' as const, color } });
  function commit(color: string): void {
    setLivePreview(null);
    if (color === shown) return;
    const { run } = useEditor.getState();
    run('setClipProperties', { sequenceId: sequence.id, clipIds: [clip.id], properties: change(color) });
  }
  return (
    <Section title={t('colour')}>
      <div className={styles.row}>
        <span className={styles.label}>{t('colour')}</span>
        <input
          type="color"
          className={`${styles.swatch} ${styles.wide}`}
          aria-label={t('colour')}
          value={shown}
          onInput={(event) => setLivePreview({ clipIds: [clip.id], properties: change(event.currentTarget.value) })}
          onBlur={(event) => commit(event.currentTarget.value)}
          onChange={() => undefined}
        />
      </div>
    </Section>
  );
}
