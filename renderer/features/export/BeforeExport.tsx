import { BetweenVerticalStart, Blend, CircleCheck, FileX, History, LoaderCircle, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Sequence } from '../../../core/document/schema.ts';
import { formatTimecode } from '../../../core/time/timecode.ts';
import { secondsFromTicks, type Ticks } from '../../../core/time/ticks.ts';
import { makeAgain } from '../../services/generation.ts';
import { aiShown, generationFacts } from '../../services/selectors.ts';
import { emptySelection, useEditor } from '../../services/store.ts';
import { Button } from '../../ui/Button.tsx';
import { Icon, type IconType } from '../../ui/Icon.tsx';
import { exportRange, findIssues, type Issue } from './checks.ts';
import styles from './ExportDialog.module.css';

/** What stands in the way of a finished film, each with what can be done about it. None of it forbids the export. */
export function BeforeExport({ sequence, range }: { sequence: Sequence; range: 'whole' | 'inOut' }) {
  const { t } = useTranslation('export');
  // whatever changes a clip's state while the dialog is open
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

function Row({ issue, sequence }: { issue: Issue; sequence: Sequence }) {
  const { t } = useTranslation(['export', 'actions']);
  const at = (ticks: Ticks) => formatTimecode(ticks, sequence.rate);
  const withAi = useEditor(aiShown);
  switch (issue.kind) {
    case 'stale':
      return (
        <Line
          icon={History}
          tone="stale"
          title={t('issues.stale', { count: issue.clips.length })}
          detail={issue.clips.map((clip) => clip.name).join(', ')}
          action={
            withAi ? (
              <Button
                size="s"
                onClick={() => {
                  for (const clip of issue.clips) makeAgain(clip.id);
                }}
              >
                {t('actions:ai.makeAgain')}
              </Button>
            ) : null
          }
        />
      );
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
      return (
        <Line
          icon={TriangleAlert}
          tone="bad"
          title={t('issues.nothing', { count: issue.clips.length })}
          detail={`${issue.clips[0]!.name} · ${at(issue.clips[0]!.startTicks)}`}
          action={
            <Button size="s" onClick={() => goTo(issue.clips[0]!.startTicks, issue.clips[0]!.id)}>
              {t('show')}
            </Button>
          }
        />
      );
    case 'gap': {
      const [first] = issue.gaps;
      const title =
        issue.gaps.length === 1
          ? t('issues.gap', { seconds: secondsFromTicks(first!.durationTicks).toFixed(1) })
          : t('issues.gaps', { count: issue.gaps.length });
      return (
        <Line
          icon={BetweenVerticalStart}
          title={title}
          detail={issue.gaps
            .slice(0, 3)
            .map((gap) => at(gap.startTicks))
            .join(', ')}
          action={
            <Button size="s" onClick={() => goTo(first!.startTicks, null)}>
              {t('show')}
            </Button>
          }
        />
      );
    }
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
          detail={`${t('issues.files', { count: issue.files })}, ${t('issues.takes', { count: issue.takes })}`}
        />
      );
  }
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
