import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../../core/contract/contract.ts';
import type { Sequence } from '../../../core/document/schema.ts';
import { formatDuration, formatTimecode } from '../../../core/time/timecode.ts';
import { secondsFromTicks } from '../../../core/time/ticks.ts';
import { engine } from '../../services/connection.ts';
import { formatBytes, formatLeft } from '../../services/format.ts';
import { useEditor } from '../../services/store.ts';
import { Spinner } from '../../ui/Spinner.tsx';
import { exportRange } from './checks.ts';
import { presetRow } from './presets.ts';
import styles from './ExportDialog.module.css';
import type { ExportForm } from './useExportForm.ts';

export interface ExportSummaryProps {
  readonly form: ExportForm;
  readonly sequence: Sequence;
  readonly projectId: string;
  readonly estimate: Answer<'export.estimate'> | null;
}

/** One frame as the exporter draws it, and what the file will cost. */
export function ExportSummary({ form, sequence, projectId, estimate }: ExportSummaryProps) {
  const { t } = useTranslation('export');
  const seconds = secondsFromTicks(exportRange(sequence, form.range).durationTicks);
  const megabits = estimate && seconds > 0 ? (estimate.sizeBytes * 8) / seconds / 1e6 : null;
  return (
    <>
      {presetRow(form.preset).box === null ? null : <Frame projectId={projectId} sequence={sequence} />}
      <div className={styles.facts}>
        <div>
          <div className={styles.big}>{estimate ? `≈ ${formatBytes(estimate.sizeBytes)}` : '–'}</div>
          <div className="small faint n">{megabits === null ? t('size') : `${megabits.toFixed(1)} Mb/s`}</div>
        </div>
        <div>
          <div className={styles.big}>{estimate ? `≈ ${formatLeft(estimate.seconds)}` : '–'}</div>
          <div className="small faint">{estimate?.busy ? t('toEncodeBusy') : t('toEncode')}</div>
        </div>
        <div>
          <div className={styles.big}>{formatDuration(seconds)}</div>
          <div className="small faint">{t('long')}</div>
        </div>
      </div>
    </>
  );
}

function Frame({ projectId, sequence }: { projectId: string; sequence: Sequence }) {
  const { t } = useTranslation('export');
  const ticks = useEditor((state) => state.playheadTicks);
  const [url, setUrl] = useState<string | null>(null);
  const [isDrawing, setIsDrawing] = useState(true);
  useEffect(() => {
    let wanted = true;
    setUrl(null);
    setIsDrawing(true);
    // a picture that cannot be drawn is no reason against exporting: the export will name it
    engine()
      .call('render.frame', { projectId, sequenceId: sequence.id, ticks })
      .then(
        (answer) => {
          if (wanted) setUrl(engine().url(answer.url));
        },
        () => wanted && setIsDrawing(false),
      );
    return () => {
      wanted = false;
    };
  }, [projectId, sequence.id, ticks]);
  return (
    <div className={styles.frame}>
      {isDrawing ? (
        <span className={styles.frameWork} role="status">
          <Spinner size={16} />
          {t('frameDrawing')}
        </span>
      ) : null}
      {url ? (
        <img src={url} alt={t('frame')} onLoad={() => setIsDrawing(false)} onError={() => setIsDrawing(false)} />
      ) : null}
      <span className={styles.frameTime}>{formatTimecode(ticks, sequence.rate)}</span>
    </div>
  );
}
