import { useTranslation } from 'react-i18next';
import { CircleCheck, Eye, Maximize2, Sparkles } from 'lucide-react';
import type { ClipPlace } from '../../../core/document/query.ts';
import type { TakeVerdict as Verdict } from '../../../core/document/schema.ts';
import { mostGrowthPx } from '../../../core/actions/inpaint/schema.ts';
import { clipTicksAt } from '../../../core/render/sourceTime.ts';
import { ticksPerFrame } from '../../../core/time/ticks.ts';
import { formatTimecode } from '../../../core/time/timecode.ts';
import { setDraft } from '../../services/aiDraft.ts';
import { sentenceText } from '../../services/errors.ts';
import { generate } from '../../services/generation.ts';
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
  const { kind, sentence, spans, tightPx } = take.verdict;
  return (
    <div className={styles.verdict} role="note" aria-label={t('verdict.label')}>
      <p className={styles.note}>
        <Icon of={icons[kind]} size={12} />
        <span>{sentenceText(sentence)}</span>
      </p>
      {kind === 'clean' ? null : <Places place={place} spans={spans} startTicks={take.sourceStartTicks} />}
      {tightPx === undefined ? null : <TightMask place={place} px={tightPx} />}
    </div>
  );
}

/** Says that the mask is too tight, and offers to grow it. */
function TightMask({ place: { clip, sequence }, px }: { place: ClipPlace; px: number }) {
  const { t } = useTranslation('aiPanel');
  const request = clip.generation?.request;
  const grownPx = request?.action === 'inpaint' && request.edit === 'remove' ? (request.growPx ?? 0) + px : null;
  const again = () => {
    if (request?.action !== 'inpaint' || grownPx === null) return;
    setDraft({ growPx: grownPx });
    generate(sequence.id, clip.id, { ...request, growPx: grownPx });
  };
  return (
    <>
      <p className={styles.note}>
        <Icon of={Maximize2} size={12} />
        <span>{t('verdict.tight', { px })}</span>
      </p>
      {grownPx === null || grownPx > mostGrowthPx ? null : (
        <div className={styles.chips}>
          <Button size="s" onClick={again}>
            {t('verdict.grow', { px })}
          </Button>
        </div>
      )}
    </>
  );
}

interface PlacesProps {
  readonly place: ClipPlace;
  readonly spans: Verdict['spans'];
  /** Of the take, in the time of its source. */
  readonly startTicks: number;
}

/** The ranges within the clip, each a button that moves the playhead to its first frame. */
function Places({ place: { clip, sequence }, spans, startTicks }: PlacesProps) {
  const { t } = useTranslation('aiPanel');
  const { rate } = sequence;
  const [first, last] = [clip.startTicks, clip.startTicks + clip.durationTicks - ticksPerFrame(rate)];
  const ranges = spans
    .map((span) => {
      const from = startTicks + span.startTicks;
      const to = Math.max(from, from + span.durationTicks - ticksPerFrame(rate));
      const ends = [clipTicksAt(clip, from, rate), clipTicksAt(clip, to, rate)] as const;
      return { from: Math.max(first, Math.min(...ends)), to: Math.min(last, Math.max(...ends)) };
    })
    .filter(({ from, to }) => from <= to);
  return (
    <div className={styles.chips}>
      {ranges.slice(0, mostPlaces).map(({ from, to }) => {
        const [timecode, end] = [formatTimecode(from, rate), formatTimecode(to, rate)];
        const range = from === to ? timecode : `${timecode} – ${end}`;
        const go = () => useEditor.getState().setSession({ playheadTicks: from });
        return (
          <Button key={`${from} ${to}`} size="s" aria-label={t('verdict.goTo', { timecode: range })} onClick={go}>
            {range}
          </Button>
        );
      })}
    </div>
  );
}
