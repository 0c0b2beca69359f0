import { useTranslation } from 'react-i18next';
import { materialsOf } from '../../../core/actions/materials.ts';
import type { GenerationRequest, PictureRef } from '../../../core/document/schema.ts';
import type { AiAction } from '../../services/editor.ts';
import { setDraft, setSettings, useDraft } from '../../services/aiDraft.ts';
import styles from './AiPanel.module.css';
import { PictureSlot } from './PictureSlot.tsx';

type SlotId = 'first' | 'last' | 'who' | 'looksLike' | 'add';
const maxReferences = 8;

/**
 * Reference pictures: first and last frame, and who or what the clip shows. While none is chosen, a slot shows the
 * frame that the request takes by default (from a gap's neighbours).
 */
export function PictureSlots({
  action,
  slots,
  asked = null,
}: {
  action: AiAction;
  slots: readonly SlotId[];
  asked?: GenerationRequest | null;
}) {
  const { t } = useTranslation('aiPanel');
  const draft = useDraft();
  const { references } = draft.settings[action];
  const put = (slot: SlotId, index: number, picture: PictureRef | null) => {
    if (slot === 'first') setDraft({ firstFrame: picture });
    else if (slot === 'last') setDraft({ lastFrame: picture });
    else
      setSettings(action, {
        references: picture
          ? [...references.slice(0, index), picture, ...references.slice(index + 1)].slice(0, maxReferences)
          : references.filter((_, at) => at !== index),
      });
  };
  const shown: { slot: SlotId; index: number; picture: PictureRef | null }[] = [];
  for (const slot of slots) {
    if (slot === 'first') shown.push({ slot, index: 0, picture: draft.firstFrame });
    else if (slot === 'last') shown.push({ slot, index: 0, picture: draft.lastFrame });
    else if (slot === 'add') {
      // further references, then an empty one for the next
      references.slice(1).forEach((picture, at) => shown.push({ slot: 'add', index: at + 1, picture }));
      if (references.length > 0 && references.length < maxReferences)
        shown.push({ slot: 'add', index: references.length, picture: null });
    } else shown.push({ slot, index: 0, picture: references[0] ?? null });
  }
  const implied = asked ? materialsOf(asked) : { firstFrame: null, lastFrame: null };
  return (
    <div>
      <div className={styles.label}>
        {t('pictures')}
        <span className={styles.right}>{t('optional')}</span>
      </div>
      <div className={styles.slots}>
        {shown.map(({ slot, index, picture }) => (
          <PictureSlot
            key={`${slot}${index}`}
            label={t(`slot.${slot}`)}
            picture={picture}
            implied={slot === 'first' ? implied.firstFrame : slot === 'last' ? implied.lastFrame : null}
            onPut={(next) => put(slot, index, next)}
          />
        ))}
      </div>
    </div>
  );
}
