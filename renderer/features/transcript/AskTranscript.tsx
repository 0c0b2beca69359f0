import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Captions } from 'lucide-react';
import { engine } from '../../services/connection.ts';
import { start } from '../../services/errors.ts';
import { formatAbout } from '../../services/format.ts';
import { canEdit } from '../../services/selectors.ts';
import { useEditor } from '../../services/store.ts';
import { startTranscript } from '../../services/transcripts.ts';
import { Button } from '../../ui/Button.tsx';
import { Select } from '../../ui/Select.tsx';
import styles from './Transcript.module.css';

/** Chooses a model and a language, says how long it takes, and starts it. */
export function AskTranscript({ mediaId, onAsked }: { readonly mediaId: string; readonly onAsked: () => void }) {
  const { t, i18n } = useTranslation('transcript');
  const packs = useEditor((state) => state.packs).filter(({ problem, words }) => problem === null && words);
  const mayEdit = useEditor(canEdit);
  const setSession = useEditor((state) => state.setSession);
  const [chosen, setChosen] = useState<string | null>(null);
  const [language, setLanguage] = useState('');
  const pack = packs.find(({ id }) => id === chosen) ?? packs[0];
  const packId = pack?.id ?? null;
  const seconds = useEstimate(mediaId, packId);
  if (!pack)
    return (
      <div className={styles.ask}>
        <p>{t('noPack')}</p>
        <Button onClick={() => setSession({ screen: 'models' })}>{t('openModels')}</Button>
      </div>
    );
  const options = languageOptions(pack.words?.languages ?? [], i18n.language);
  const many = options.length > 1;
  return (
    <div className={styles.ask}>
      {packs.length > 1 ? (
        <Select
          label={t('model')}
          value={pack.id}
          options={packs.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={setChosen}
        />
      ) : (
        <p className={styles.faint}>{pack.name}</p>
      )}
      {many ? (
        <Select
          label={t('language')}
          value={language}
          options={[{ value: '', label: t('findOut') }, ...options]}
          onChange={setLanguage}
        />
      ) : (
        <p className={styles.faint}>{t('onlyLanguage', { language: options[0]?.label ?? '' })}</p>
      )}
      <Button
        variant="primary"
        icon={Captions}
        disabled={!mayEdit}
        onClick={() => {
          start(startTranscript(mediaId, pack.id, many && language !== '' ? language : null));
          onAsked();
        }}
      >
        {t('start')}
      </Button>
      {seconds === null ? null : <p className={styles.faint}>{t('takes', { time: formatAbout(seconds) })}</p>}
    </div>
  );
}

/** How long the whole file takes, s; null while that is not known. */
function useEstimate(mediaId: string, packId: string | null): number | null {
  const projectId = useEditor((state) => state.projectId);
  const [seconds, setSeconds] = useState<number | null>(null);
  useEffect(() => {
    let isCurrent = true;
    setSeconds(null);
    if (projectId === null || packId === null) return;
    const wanted = { soundStream: null, language: null, packId };
    engine()
      .call('transcript.estimate', { projectId, mediaId, ...wanted })
      // the job says why it cannot run
      .then(
        (answer) => isCurrent && setSeconds(answer.seconds),
        () => undefined,
      );
    return () => {
      isCurrent = false;
    };
  }, [projectId, mediaId, packId]);
  return seconds;
}

/** By name, in the window's language. */
function languageOptions(codes: readonly string[], windowLanguage: string) {
  const names = new Intl.DisplayNames([windowLanguage], { type: 'language' });
  return codes
    .map((code) => ({ value: code, label: names.of(code) ?? code }))
    .toSorted((a, b) => a.label.localeCompare(b.label, windowLanguage));
}
