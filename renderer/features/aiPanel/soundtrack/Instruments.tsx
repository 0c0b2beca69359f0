import { useTranslation } from 'react-i18next';
import { sentenceText } from '../../../services/errors.ts';
import { useEditor } from '../../../services/store.ts';
import { classes } from '../../../ui/classes.ts';
import styles from '../AiPanel.module.css';

/** Who plays, beside the stem's name; without a SoundFont it opens the screen where one can be chosen. */
export function Instruments() {
  const { t } = useTranslation('aiPanel');
  const soundFont = useEditor((state) => state.soundFont);
  if (!soundFont) return null;
  const { font, problem } = soundFont;
  const open = () => useEditor.setState({ screen: 'models', playing: 0 });
  if (font)
    return (
      <span className={classes(styles.played, 'cut')} title={t('instruments.font', { name: font.name })}>
        {font.name}
      </span>
    );
  const why = problem ? sentenceText(problem) : t('instruments.why');
  return (
    <button
      type="button"
      className={classes(styles.played, problem !== null && styles.warn, 'cut')}
      title={why}
      aria-label={`${t('instruments.builtIn')}. ${why}`}
      onClick={open}
    >
      {t('instruments.builtIn')}
    </button>
  );
}
