import { useTranslation } from 'react-i18next';
import type { ClipPlace } from '../../../../core/document/query.ts';
import { formatTimecode } from '../../../../core/time/timecode.ts';
import { endTicks } from '../../../../core/time/ticks.ts';
import { markedRange, partOfStem } from '../../../services/stemTakes.ts';
import { useEditor } from '../../../services/store.ts';
import { Select } from '../../../ui/Select.tsx';
import type { Goal } from '../goal.ts';
import { useStemTarget, type StemTarget } from './stemTarget.ts';
import styles from '../AiPanel.module.css';

/** With stems selected: another take of them, the part of them between In and Out, or a new soundtrack. */
export function StemTargetSelect({ places, goal }: { places: readonly ClipPlace[]; goal: Goal | null }) {
  const { t } = useTranslation('aiPanel');
  const document = useEditor((state) => state.document)!;
  const target = useStemTarget((state) => state.target);
  const [first] = places;
  const marked = places.find((place) => partOfStem(document, place) !== null);
  const range = marked ? markedRange(marked.sequence, marked.clip) : null;
  const name = places.length === 1 && first ? first.clip.name : t('target.stems', { count: places.length });
  const shown: StemTarget = target === 'part' && (goal?.kind !== 'stems' || !goal.part) ? 'take' : target;
  return (
    <>
      <Select<StemTarget>
        className={styles.chooser}
        label={t('target.choose')}
        value={shown}
        options={[
          { value: 'take', label: t('target.anotherTake', { name }) },
          ...(marked && range
            ? [
                {
                  value: 'part' as const,
                  label: t('target.part', {
                    from: formatTimecode(range.startTicks, marked.sequence.rate),
                    to: formatTimecode(endTicks(range), marked.sequence.rate),
                    name,
                  }),
                },
              ]
            : []),
          { value: 'new', label: t('target.newSoundtrack') },
        ]}
        onChange={(value) => useStemTarget.setState({ target: value })}
      />
      {shown === 'new' ? null : (
        <p className={styles.note}>
          {shown === 'part' ? t('target.partNote') : marked ? t('target.takeNote') : t('target.markNote')}
        </p>
      )}
    </>
  );
}
