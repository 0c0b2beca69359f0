import { FolderOpen, Music, Trash2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SoundFontStatus } from '../../../core/contract/contract.ts';
import { toFailure } from '../../../core/contract/errors.ts';
import { engine } from '../../services/connection.ts';
import { choosePaths } from '../../services/dialogs.ts';
import { failureSentence, sentenceText } from '../../services/errors.ts';
import { formatBytes } from '../../services/format.ts';
import { refreshSoundFont } from '../../services/machine.ts';
import { words } from '../../services/noticeWords.ts';
import { useEditor } from '../../services/store.ts';
import { Button } from '../../ui/Button.tsx';
import { classes } from '../../ui/classes.ts';
import { Icon } from '../../ui/Icon.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import styles from './ModelsScreen.module.css';

/** Installs and removes the user's SoundFont. `refusal` is why the last change failed, else null. */
function useSoundFontChange() {
  const { t } = useTranslation('models');
  const [refusal, setRefusal] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const change = async (work: () => Promise<SoundFontStatus | null>) => {
    setRefusal(null);
    setBusy(true);
    try {
      const now = await work();
      if (!now) return;
      useEditor.setState({ soundFont: now });
      useEditor
        .getState()
        .notify(
          'info',
          now.font ? words('models:soundFont.installed', { name: now.font.name }) : words('models:soundFont.removed'),
          { about: 'app' },
        );
    } catch (error) {
      const failure = toFailure(error);
      if (failure.code !== 'cancelled') setRefusal(failureSentence(failure));
    } finally {
      setBusy(false);
    }
  };
  const choose = () =>
    change(async () => {
      const [path] = await choosePaths({
        title: t('soundFont.choose'),
        kind: 'files',
        multiple: false,
        filters: [{ name: t('soundFont.files'), extensions: ['sf3', 'sf2'] }],
      });
      return path === undefined ? null : engine().call('soundFont.install', { path });
    });
  const remove = () => change(() => engine().call('soundFont.remove', {}));
  return { refusal, busy, choose, remove };
}

/** The SoundFont that plays music, and the choice of another. Null until the engine has answered. */
export function SoundFontRow() {
  const { t } = useTranslation('models');
  const status = useEditor((state) => state.soundFont);
  const { refusal, busy, choose, remove } = useSoundFontChange();
  useEffect(refreshSoundFont, []);
  if (!status) return null;
  const { font, problem } = status;
  return (
    <section className={styles.section} aria-label={t('soundFont.title')}>
      <div className={styles.groupTitle}>{t('soundFont.title')}</div>
      <div className={classes(styles.row, styles.still)}>
        <span className={styles.icon}>
          <Icon of={Music} />
        </span>
        <span className="grow">
          <span className={classes(styles.name, 'cut')}>{font?.name ?? t('soundFont.builtIn')}</span>
          <span className={classes('small', 'faint', 'cut', styles.block)} title={font?.fileName}>
            {font ? t(`soundFont.origin.${font.origin}`) : t('soundFont.builtInHint')}
          </span>
        </span>
        <span className="n muted">{font ? formatBytes(font.sizeBytes) : ''}</span>
        <span className="cut" title={font?.licence}>
          {font ? font.licence || t('soundFont.noLicence') : ''}
        </span>
        <span className={styles.rowActions}>
          {font?.origin === 'chosen' ? (
            <IconButton icon={Trash2} size="s" label={t('soundFont.remove')} onClick={() => void remove()} />
          ) : null}
          <Button size="s" variant="quiet" icon={FolderOpen} disabled={busy} onClick={() => void choose()}>
            {t('soundFont.choose')}
          </Button>
        </span>
      </div>
      {(refusal ?? problem) ? (
        <p role="alert" className={styles.refusal}>
          {refusal ?? (problem && sentenceText(problem))}
        </p>
      ) : null}
    </section>
  );
}
