import { useTranslation } from 'react-i18next';
import { mostGrowthPx } from '../../../../core/actions/inpaint/schema.ts';
import type { Clip } from '../../../../core/document/schema.ts';
import { setDraft, useDraft, type Draft } from '../../../services/aiDraft.ts';
import { useEditor } from '../../../services/store.ts';
import { NumberField } from '../../../ui/NumberField.tsx';
import { Segmented } from '../../../ui/Segmented.tsx';
import type { FormProps } from '../form.ts';
import { MaskRow } from '../MaskRow.tsx';
import { PictureSlots } from '../PictureSlots.tsx';
import { isOnFootage } from '../restyle/footage.ts';
import { PromptBox } from '../PromptBox.tsx';
import { AdditionForm } from './AdditionForm.tsx';
import { FindOverlays } from './FindOverlays.tsx';
import styles from '../AiPanel.module.css';

/** What to do inside the mask, the mask, and the words or pictures for what goes there. */
export function InpaintForm({ goal, words, request }: FormProps) {
  const { t } = useTranslation('aiPanel');
  const edit = useDraft((draft) => draft.edit);
  const document = useEditor((state) => state.document);
  const isAddition = edit !== 'remove' && isOnFootage(document, goal);
  return (
    <>
      <Segmented
        label={t('edit.label')}
        value={edit}
        options={(['replace', 'add', 'remove'] as const).map((value) => ({ value, label: t(`edit.${value}`) }))}
        onChange={(value) => setDraft({ edit: value })}
      />
      {isAddition && goal?.kind === 'takeOf' ? <AdditionForm clip={goal.place.clip} request={request} /> : null}
      {!isAddition && goal?.kind === 'takeOf' ? (
        <MaskRow clip={goal.place.clip} marks={marksOf(goal.place.clip, edit)} />
      ) : null}
      {edit === 'remove' && goal?.kind === 'takeOf' && isOnFootage(document, goal) ? (
        <>
          <FindOverlays clipId={goal.place.clip.id} />
          <MaskGrowth />
        </>
      ) : null}
      {isAddition ? null : <PromptBox action="inpaint" words={words} />}
      {edit === 'remove' || isAddition ? null : <PictureSlots action="inpaint" slots={['looksLike', 'add']} />}
    </>
  );
}

/** How far the mask of a removal grows beyond what was drawn. */
function MaskGrowth() {
  const { t } = useTranslation('aiPanel');
  const growPx = useDraft((draft) => draft.growPx);
  return (
    <div className={styles.kv}>
      <span className={styles.k}>{t('grow')}</span>
      <NumberField
        size="s"
        label={t('grow')}
        unit="px"
        min={0}
        max={mostGrowthPx}
        value={growPx}
        onCommit={(value) => setDraft({ growPx: Math.round(value) })}
      />
    </div>
  );
}

/** On footage the mask of a removal is opaque to its edge: nothing under it is read. */
function marksOf(clip: Clip, edit: Draft['edit']): 'change' | 'remove' {
  return edit === 'remove' && clip.reference.kind === 'media' ? 'remove' : 'change';
}
