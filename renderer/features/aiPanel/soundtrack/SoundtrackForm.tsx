import { useTranslation } from 'react-i18next';
import { isMusic } from '../../../../core/actions/soundtrack/isMusic.ts';
import { setDraft, useDraft } from '../../../services/aiDraft.ts';
import type { FormProps } from '../form.ts';
import { stemsKey, type StemsGoal } from '../goal.ts';
import { PromptBox } from '../PromptBox.tsx';
import styles from '../AiPanel.module.css';
import { Instruments } from './Instruments.tsx';
import { takeLoudnessOf } from './loudness.ts';
import { LoudnessSelect } from './LoudnessSelect.tsx';
import { NewSoundtrack } from './NewSoundtrack.tsx';

/** The words, and what a new soundtrack or another take of existing stems can choose. */
export function SoundtrackForm({ goal, words }: FormProps) {
  return (
    <>
      <PromptBox action="soundtrack" words={words} />
      {goal?.kind === 'stems' ? <StemOptions goal={goal} /> : <NewSoundtrack />}
    </>
  );
}

/** A regenerated part keeps its stem's loudness and instruments: nothing to choose. */
function StemOptions({ goal }: { goal: StemsGoal }) {
  const { t } = useTranslation('aiPanel');
  const draft = useDraft();
  if (goal.part) return null;
  return (
    <>
      <LoudnessSelect
        lufs={takeLoudnessOf(goal, draft)}
        onChoose={(lufs) => setDraft({ takeLoudness: { clipIds: stemsKey(goal), lufs } })}
      />
      {goal.places.some(({ clip }) => clip.generation && isMusic(clip.generation.request)) ? (
        <p className={styles.note}>
          {t('stem.music')}
          <Instruments />
        </p>
      ) : null}
    </>
  );
}
