import { useTranslation } from 'react-i18next';
import { Chip } from '../../../ui/Chip.tsx';
import { NumberField } from '../../../ui/NumberField.tsx';
import { Segmented } from '../../../ui/Segmented.tsx';
import { Slider } from '../../../ui/Slider.tsx';
import type { FormProps } from '../form.ts';
import { setDraft, setPrompt, useDraft } from '../../../services/aiDraft.ts';
import { MaskRow } from '../MaskRow.tsx';
import { PromptBox } from '../PromptBox.tsx';
import styles from '../AiPanel.module.css';

const styleNames = [
  'storybook',
  'watercolour',
  'pencil',
  'comic',
  'oilPainting',
  'paperCut',
  'pixelArt',
  'neon',
] as const;

const lightNames = ['sunset', 'night', 'rain', 'snowfall', 'fog'] as const;

/** A style by name (its words go into the instruction), what of the picture changes, and how far shapes are kept. */
export function RestyleForm({ goal, words }: FormProps) {
  const { t } = useTranslation('aiPanel');
  const prompt = useDraft((draft) => draft.prompts.restyle);
  const scope = useDraft((draft) => draft.scope);
  const chips = (words: readonly string[]) => (
    <div className={styles.chips}>
      {words.map((word) => (
        <Chip
          key={word}
          on={prompt.trim().toLowerCase() === word.toLowerCase()}
          onClick={() => setPrompt('restyle', word)}
        >
          {word}
        </Chip>
      ))}
    </div>
  );
  return (
    <>
      <div>
        <div className={styles.label}>{t('style')}</div>
        {chips(styleNames.map((name) => t(`styles.${name}`)))}
      </div>
      <div>
        <div className={styles.label}>{t('light')}</div>
        {chips(lightNames.map((name) => t(`lights.${name}`)))}
      </div>
      <PromptBox action="restyle" words={words} />
      <div>
        <div className={styles.label}>{t('scope.label')}</div>
        <Segmented
          label={t('scope.label')}
          value={scope}
          options={(['everything', 'background', 'masked'] as const).map((value) => ({
            value,
            label: t(`scope.${value}`),
          }))}
          onChange={(value) => setDraft({ scope: value })}
        />
      </div>
      {scope !== 'everything' && goal?.kind === 'takeOf' ? (
        <MaskRow clip={goal.place.clip} marks={scope === 'background' ? 'keep' : 'change'} />
      ) : null}
      <KeepShapes />
    </>
  );
}

function KeepShapes() {
  const { t } = useTranslation('aiPanel');
  const percent = useDraft((draft) => Math.round(draft.keepShapes * 100));
  const keep = (value: number) => setDraft({ keepShapes: value / 100 });
  return (
    <div className={styles.kv}>
      <span className={styles.k}>{t('keepShapes')}</span>
      <Slider label={t('keepShapes')} min={0} max={100} value={percent} onChange={keep} />
      <NumberField size="s" label={t('keepShapes')} unit="%" min={0} max={100} value={percent} onCommit={keep} />
    </div>
  );
}
