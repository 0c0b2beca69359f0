import { useTranslation } from 'react-i18next';
import type { ClipPlace } from '../../../core/document/query.ts';
import { soundName } from '../../services/mediaFacts.ts';
import { useEditor } from '../../services/store.ts';
import { Select } from '../../ui/Select.tsx';
import styles from './Inspector.module.css';

/** Which of the file's sound streams the clips play. Nothing for files with one, and for clips of several files. */
export function SoundStreamRow({ places }: { places: readonly ClipPlace[] }) {
  const { t, i18n } = useTranslation(['inspector', 'mediaBin']);
  const first = places[0]?.clip;
  const mediaId = first?.reference.kind === 'media' ? first.reference.mediaId : null;
  const sounds = useEditor((state) => (mediaId === null ? undefined : state.mediaAssets[mediaId]?.sounds)) ?? [];
  const isOneFile = places.every(
    ({ clip }) =>
      clip.reference.kind === 'media' && clip.reference.mediaId === mediaId && !clip.generation?.activeTakeId,
  );
  if (!first || !isOneFile || sounds.length < 2) return null;
  const chosen = sounds.find((sound) => sound.streamIndex === first.soundStream) ?? sounds[0]!;
  const bin = i18n.getFixedT(null, 'mediaBin');
  return (
    <div className={styles.row}>
      <span className={styles.label}>{t('soundStream')}</span>
      <Select
        className={styles.wide}
        size="s"
        label={t('soundStream')}
        value={String(chosen.streamIndex)}
        options={sounds.map((sound, index) => ({
          value: String(sound.streamIndex),
          label: soundName(sound, index, bin, i18n.language),
        }))}
        onChange={(value) =>
          useEditor.getState().run('setClipProperties', {
            sequenceId: places[0]!.sequence.id,
            clipIds: places.map(({ clip }) => clip.id),
            properties: { soundStream: Number(value) },
          })
        }
      />
    </div>
  );
}
