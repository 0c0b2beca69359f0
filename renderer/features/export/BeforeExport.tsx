import { BetweenVerticalStart, Blend, CircleCheck, FileX, History, LoaderCircle, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Clip, Sequence } from '../../../core/document/schema.ts';
import { formatTimecode } from '../../../core/time/timecode.ts';
import { secondsFromTicks, type TickRange, type Ticks } from '../../../core/time/ticks.ts';
import { makeAgain } from '../../services/generation.ts';
import { aiShown, generationFacts } from '../../services/selectors.ts';
import { emptySelection, useEditor } from '../../services/store.ts';
import { Button } from '../../ui/Button.tsx';
import { Icon, type IconType } from '../../ui/Icon.tsx';
import { exportRange, findIssues, type Issue } from './checks.ts';
import styles from './ExportDialog.module.css';

/** What may spoil the export, each with a remedy. None of it prevents the export. Null without a project. */
export function BeforeExport({ sequence, range }: { sequence: Sequence; range: 'whole' | 'inOut' }) {
  const { t } = useTranslation('export');
  // re-render when a clip's state changes while the dialog is open
  useEditor((state) => state.jobs);
  useEditor((state) => state.staleClips);
  useEditor((state) => state.takeAssets);
  useEditor((state) => state.missingMediaIds);
  const state = useEditor.getState();
  if (!state.document) return null;
  const issues = findIssues(state.document, sequence, exportRange(sequence, range), {
    ...generationFacts(state),
    missingMediaIds: state.missingMediaIds,
  });
  return (
    <section aria-label={t('before')}>
      <h3 className={styles.beforeTitle}>{t('before')}</h3>
      <ul>
        {issues.map((issue) => (
          <li key={issue.kind}>
            <Row issue={issue} sequence={sequence} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function goTo(ticks: Ticks, clipId: string | null): void {
  useEditor.setState({
    dialog: null,
    playheadTicks: ticks,
    selection: clipId ? { ...emptySelection, clipIds: [clipId] } : emptySelection,
  });
}

interface RowProps {
  readonly issue: Issue;
  readonly sequence: Sequence;
}

function Row({ issue, sequence }: RowProps) {
  const { t } = useTranslation('export');
  switch (issue.kind) {
    case 'stale':
      return <StaleLine clips={issue.clips} />;
    case 'making':
      return (
        <Line
          icon={LoaderCircle}
          tone="making"
          title={t('issues.making', { count: issue.clips.length })}
          detail={t('issues.makingDetail')}
        />
      );
    case 'nothing':
      return <NothingLine clips={issue.clips} sequence={sequence} />;
    case 'gap':
      return <GapLine gaps={issue.gaps} sequence={sequence} />;
    case 'missing':
      return (
        <Line
          icon={FileX}
          tone="missing"
          title={t('issues.missing', { count: issue.names.length })}
          detail={issue.names.join(', ')}
        />
      );
    case 'held':
      return <Line icon={Blend} title={t('issues.held', { count: issue.count })} detail={t('issues.heldDetail')} />;
    case 'inPlace':
      return (
        <Line
          icon={CircleCheck}
          tone="good"
          title={t('issues.inPlace')}
          detail={`${t('issues.files', { count: issue.files })} · ${t('issues.takes', { count: issue.takes })}`}
        />
      );
  }
}

function StaleLine({ clips }: { readonly clips: readonly Clip[] }) {
  const { t } = useTranslation(['export', 'actions']);
  const withAi = useEditor(aiShown);
  const makeAllAgain = () => {
    for (const clip of clips) makeAgain(clip.id);
  };
  return (
    <Line
      icon={History}
      tone="stale"
      title={t('issues.stale', { count: clips.length })}
      detail={clips.map((clip) => clip.name).join(', ')}
      action={
        withAi ? (
          <Button size="s" onClick={makeAllAgain}>
            {t('actions:ai.makeAgain')}
          </Button>
        ) : null
      }
    />
  );
}

function NothingLine({ clips, sequence }: { readonly clips: readonly Clip[]; readonly sequence: Sequence }) {
  const { t } = useTranslation('export');
  const first = clips[0]!;
  return (
    <Line
      icon={TriangleAlert}
      tone="bad"
      title={t('issues.nothing', { count: clips.length })}
      detail={`${first.name} · ${formatTimecode(first.startTicks, sequence.rate)}`}
      action={<ShowButton ticks={first.startTicks} clipId={first.id} />}
    />
  );
}

function GapLine({ gaps, sequence }: { readonly gaps: readonly TickRange[]; readonly sequence: Sequence }) {
  const { t } = useTranslation('export');
  const first = gaps[0]!;
  return (
    <Line
      icon={BetweenVerticalStart}
      title={
        gaps.length === 1
          ? t('issues.gap', { seconds: secondsFromTicks(first.durationTicks).toFixed(1) })
          : t('issues.gaps', { count: gaps.length })
      }
      detail={gaps
        .slice(0, 3)
        .map((gap) => formatTimecode(gap.startTicks, sequence.rate))
        .join(', ')}
      action={<ShowButton ticks={first.startTicks} clipId={null} />}
    />
  );
}

/** Closes the dialog and goes to the place in the timeline. */
function ShowButton({ ticks, clipId }: { readonly ticks: Ticks; readonly clipId: string | null }) {
  const { t } = useTranslation('export');
  return (
    <Button size="s" onClick={() => goTo(ticks, clipId)}>
      {t('show')}
    </Button>
  );
}

function Line({
  icon,
  tone,
  title,
  detail,
  action,
}: {
  icon: IconType;
  tone?: 'stale' | 'making' | 'bad' | 'missing' | 'good';
  title: string;
  detail: string;
  action?: ReactNode;
}) {
  return (
    <div className={styles.issue}>
      <span className={tone ? styles[tone] : 'muted'}>
        <Icon of={icon} />
      </span>
      <span className={styles.issueText}>
        {title}
        <span className={styles.issueDetail} title={detail}>
          {detail}
        </span>
      </span>
      {action ?? <span />}
    </div>
  );
}
