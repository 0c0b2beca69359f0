import { useTranslation } from 'react-i18next';
import { CircleCheck, Eye, Sparkles } from 'lucide-react';
import type { ClipPlace } from '../../../core/document/query.ts';
import type { TakeVerdict as Verdict } from '../../../core/document/schema.ts';
import { clipTicksAt } from '../../../core/render/sourceTime.ts';
import { formatTimecode } from '../../../core/time/timecode.ts';
import { sentenceText } from '../../services/errors.ts';
import { useEditor } from '../../services/store.ts';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import styles from './AiPanel.module.css';

const icons = { clean: CircleCheck, check: Eye, invented: Sparkles } as const;
const mostPlaces = 8;

/** What was measured of the take that the clip shows, and buttons that go to the frames to be looked at. */
export function TakeVerdict({ place }: { place: ClipPlace | null }) {
  const { t } = useTranslation('aiPanel');
  const document = useEditor((state) => state.document);
  const takeId = place?.clip.generation?.activeTakeId ?? null;
  const take = takeId === null ? null : document?.takes[takeId];
  if (!take?.verdict || !place) return null;
  const { kind, sentence, spans } = take.verdict;
  return (
    <div className={styles.verdict} role="note" aria-label={t('verdict.label')}>
      <p className={styles.note}>
        <Icon of={icons[kind]} size={12} />
        <span>{sentenceText(sentence)}</span>
      </p>
      {kind === 'clean' ? null : <Places place={place} spans={spans} startTicks={take.sourceStartTicks} />}
    </div>
  );
}

interface PlacesProps {
  readonly place: ClipPlace;
  readonly spans: Verdict['spans'];
  /** Of the take, in the time of its source. */
  readonly startTicks: number;
}

/** The places within the clip, each a button that moves the playhead there. */
function Places({ place: { clip, sequence }, spans, startTicks }: PlacesProps) {
  const { t } = useTranslation('aiPanel');
  const at = spans
    .map((span) => clipTicksAt(clip, startTicks + span.startTicks, sequence.rate))
    .filter((ticks) => ticks >= clip.startTicks && ticks < clip.startTicks + clip.durationTicks);
  return (
    <div className={styles.chips}>
      {[...new Set(at)].slice(0, mostPlaces).map((ticks) => {
        const timecode = formatTimecode(ticks, sequence.rate);
        const go = () => useEditor.getState().setSession({ playheadTicks: ticks });
        return (
          <Button key={ticks} size="s" aria-label={t('verdict.goTo', { timecode })} onClick={go}>
            {timecode}
          </Button>
        );
      })}
    </div>
  );
}
