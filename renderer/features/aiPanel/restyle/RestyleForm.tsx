import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Chip } from '../../../ui/Chip.tsx';
import { NumberField } from '../../../ui/NumberField.tsx';
import { Segmented } from '../../../ui/Segmented.tsx';
import { Slider } from '../../../ui/Slider.tsx';
import { Switch } from '../../../ui/Switch.tsx';
import type { FormProps } from '../form.ts';
import { setDraft, setPrompt, useDraft } from '../../../services/aiDraft.ts';
import { frameOfSource } from '../../../services/lookPictures.ts';
import { sourceOfClip } from '../../../services/placeGeneration.ts';
import { useEditor } from '../../../services/store.ts';
import { MaskRow } from '../MaskRow.tsx';
import { PictureSlots } from '../PictureSlots.tsx';
import { PromptBox } from '../PromptBox.tsx';
import { isOnFootage } from './footage.ts';
import { LookGallery, LookPreview } from './LookGallery.tsx';
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

/** Looks for footage, the pack's styles for what a model drew; what of the picture changes, and how much. */
export function RestyleForm({ goal, words }: FormProps) {
  const { t } = useTranslation('aiPanel');
  const document = useEditor((state) => state.document);
  const scope = useDraft((draft) => draft.scope);
  const ofFootage = isOnFootage(document, goal);
  return (
    <>
      {ofFootage ? <Frame goal={goal} show="preview" /> : <Styles />}
      <PromptBox action="restyle" words={words} />
      {ofFootage ? <Amount name={t('strength')} of="strength" /> : null}
      <div className={styles.kv}>
        <span className={styles.k}>{t('scope.label')}</span>
        <Segmented
          className={styles.span}
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
      {ofFootage ? <FootageLooks goal={goal} /> : <Amount name={t('keepShapes')} of="keepShapes" />}
    </>
  );
}

/** The frame at the playhead as the edit's source has it: with the chosen looks, or with each there is. */
function Frame({ goal, show }: Pick<FormProps, 'goal'> & { show: 'preview' | 'gallery' }) {
  const document = useEditor((state) => state.document);
  // while the film plays nothing is drawn
  const playheadTicks = useEditor((state) => (state.playing === 0 ? state.playheadTicks : null));
  const resting = useRef(0);
  if (playheadTicks !== null) resting.current = playheadTicks;
  if (!document || goal?.kind !== 'takeOf') return null;
  const { clip } = goal.place;
  const source = sourceOfClip(document, clip);
  const picture = source && frameOfSource(source, clip, resting.current);
  return show === 'preview' ? <LookPreview picture={picture} /> : <LookGallery picture={picture} />;
}

/** Styles and lights by name: their words go into the instruction. */
function Styles() {
  const { t } = useTranslation('aiPanel');
  const prompt = useDraft((draft) => draft.prompts.restyle);
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
    </>
  );
}

/** A share of 0..1 of the draft, in per cent. */
function Amount({ name, of }: { name: string; of: 'keepShapes' | 'strength' }) {
  const percent = useDraft((draft) => Math.round(draft[of] * 100));
  const change = (value: number) => setDraft({ [of]: value / 100 });
  return (
    <div className={styles.kv}>
      <span className={styles.k}>{name}</span>
      <Slider label={name} min={0} max={100} value={percent} onChange={change} />
      <NumberField size="s" label={name} unit="%" min={0} max={100} value={percent} onCommit={change} />
    </div>
  );
}

/** All looks, a picture to learn one from, and whether faces are left out. */
function FootageLooks({ goal }: Pick<FormProps, 'goal'>) {
  return (
    <>
      <Frame goal={goal} show="gallery" />
      <PictureSlots action="restyle" slots={['looksLike']} />
      <KeepFaces />
    </>
  );
}

/** Whether a look is drawn on faces too. */
function KeepFaces() {
  const { t } = useTranslation('aiPanel');
  const keepFaces = useDraft((draft) => draft.keepFaces);
  return (
    <div className={styles.kv} title={t('looks.keepFacesTip')}>
      <span className={styles.k}>{t('looks.keepFaces')}</span>
      <Switch label={t('looks.keepFaces')} checked={keepFaces} onChange={(value) => setDraft({ keepFaces: value })} />
    </div>
  );
}
