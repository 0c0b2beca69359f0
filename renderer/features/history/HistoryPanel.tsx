import { Flag } from 'lucide-react';
import { useEffect, useMemo, useRef, type Ref } from 'react';
import { useTranslation } from 'react-i18next';
import type { CommandName } from '../../../core/commands/commands.ts';
import type { JournalEntry } from '../../../core/document/journal.ts';
import { formatClock } from '../../services/format.ts';
import { useEditor } from '../../services/store.ts';
import { classes } from '../../ui/classes.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Icon } from '../../ui/Icon.tsx';
import styles from './HistoryPanel.module.css';
import { historyDetails, type HistoryDetail } from './historyDetail.ts';
import { historyRows } from './historyRows.ts';

/**
 * Every step that can be undone or redone; a press goes there. What was undone stays, fainter, until something new is
 * done.
 */
export function HistoryPanel() {
  const { t } = useTranslation(['history', 'commands']);
  const history = useEditor((state) => state.history);
  const undoStack = useEditor((state) => state.undoStack);
  const redoStack = useEditor((state) => state.redoStack);
  const language = useEditor((state) => state.language);
  const document = useEditor((state) => state.document);
  const goToHistory = useEditor((state) => state.goToHistory);
  const current = undoStack.at(-1) ?? 0;
  const here = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    // Chromium answers a promise since 2026: it must not reach React
    void here.current?.scrollIntoView({ block: 'nearest' });
  }, [current]);
  const details = useMemo(
    () => (document ? historyDetails(document, history) : new Map<number, HistoryDetail>()),
    [document, history],
  );
  const rows = historyRows(history, undoStack, redoStack);
  if (rows.length === 0) return <EmptyState>{t('empty')}</EmptyState>;
  return (
    <ol className={styles.list} aria-label={t('title')}>
      <li>
        <Row
          ref={current === 0 ? here : undefined}
          current={current === 0}
          undone={false}
          label={t('start')}
          onClick={() => goToHistory(0)}
        />
      </li>
      {rows.map(({ entry, undone }) => (
        <li key={entry.seq}>
          <Row
            ref={entry.seq === current ? here : undefined}
            current={entry.seq === current}
            undone={undone}
            label={labelOf(details.get(entry.seq), entry)}
            detail={wordsOf(details.get(entry.seq))}
            time={formatClock(entry.at, language)}
            onClick={() => goToHistory(entry.seq)}
          />
        </li>
      ))}
    </ol>
  );

  function labelOf(detail: HistoryDetail | undefined, entry: JournalEntry): string {
    const label = detail?.label ?? (entry.label as CommandName);
    return label === 'rippleDelete' || label === 'addTitle' || label === 'make'
      ? t(`labels.${label}`)
      : t(`commands:${label}`);
  }

  /** 'walk', or 'walk and 2 more'. */
  function wordsOf(detail: HistoryDetail | undefined): string {
    const name = detail?.names[0];
    if (!detail || name === undefined) return '';
    return detail.count > 1 ? t('more', { name, count: detail.count - 1 }) : name;
  }
}

interface RowProps {
  readonly current: boolean;
  readonly undone: boolean;
  readonly label: string;
  /** What it was done to. */
  readonly detail?: string;
  readonly time?: string;
  readonly onClick: () => void;
  readonly ref?: Ref<HTMLButtonElement>;
}

function Row({ current, undone, label, detail, time, onClick, ref }: RowProps) {
  const { t } = useTranslation('history');
  return (
    <button
      ref={ref}
      type="button"
      aria-current={current ? 'step' : undefined}
      className={classes(styles.row, current && styles.current, undone && styles.undone)}
      onClick={onClick}
    >
      <span className={styles.mark}>{current ? <Icon of={Flag} size={14} /> : null}</span>
      <span className="cut">
        {label}
        {detail ? <span className={styles.detail}> {detail}</span> : null}
        {undone ? <span className="hidden"> ({t('undone')})</span> : null}
      </span>
      <span className={styles.time}>{time}</span>
    </button>
  );
}
