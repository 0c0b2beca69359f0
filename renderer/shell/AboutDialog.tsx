import { Check, Minus } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DoctorReport } from '../../core/contract/contract.ts';
import { toFailure } from '../../core/contract/errors.ts';
import type { Sentence } from '../../core/contract/sentence.ts';
import { engine } from '../services/connection.ts';
import { failureSentence, sentenceText } from '../services/errors.ts';
import { formatBytes, gigabytes } from '../services/format.ts';
import { usePackText } from '../services/packTexts.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { Icon } from '../ui/Icon.tsx';
import { closeDialog } from './closeDialog.ts';
import styles from './Dialogs.module.css';

/** What `framewright doctor` says: what this machine can run, and why not more. */
export function AboutDialog() {
  const { t } = useTranslation(['shell', 'common']);
  const [report, setReport] = useState<DoctorReport | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  useEffect(() => {
    let wanted = true;
    engine()
      .call('app.doctor', {})
      .then(
        (answer) => {
          if (wanted) setReport(answer);
        },
        (error: unknown) => {
          if (wanted) setRefusal(failureSentence(toFailure(error)));
        },
      );
    return () => {
      wanted = false;
    };
  }, []);
  return (
    <Dialog open onClose={closeDialog} title={t('about.title')} closeLabel={t('common:close')} width={560}>
      {report ? (
        <Report report={report} />
      ) : (
        <p className={styles.empty} role="status">
          {refusal ?? t('about.asking')}
        </p>
      )}
    </Dialog>
  );
}

function Report({ report }: { report: DoctorReport }) {
  const { t } = useTranslation(['shell', 'common']);
  const text = usePackText();
  const facts: readonly (readonly [string, string])[] = [
    [t('about.version'), `Framewright ${report.app}`],
    [t('about.platform'), `${report.platform} · Node ${report.node}`],
    [t('about.processor'), `${report.cpu.model} · ${t('common:units.cores', { count: report.cpu.cores })}`],
    [
      t('about.memory'),
      t('about.memoryValue', { total: gigabytes(report.memory.totalBytes), free: gigabytes(report.memory.freeBytes) }),
    ],
    [
      t('about.ffmpeg'),
      (report.ffmpeg.problem && sentenceText(report.ffmpeg.problem)) ??
        `${report.ffmpeg.version} · ${report.ffmpeg.path} (${report.ffmpeg.source})`,
    ],
    [
      t('about.packs'),
      report.packs.map((pack) => `${text(pack.name)} ${pack.version} (${formatBytes(pack.sizeBytes)})`).join(', ') ||
        t('common:none'),
    ],
    [t('about.network'), t('common:nothingLeaves')],
  ];
  return (
    <>
      <dl className={styles.facts}>
        {facts.flatMap(([name, value]) => [<dt key={`${name}-name`}>{name}</dt>, <dd key={name}>{value}</dd>])}
      </dl>
      <div className={styles.checks}>
        <Checks
          title={t('about.providers')}
          rows={report.providers.map((one) => ({
            name: one.provider.toUpperCase(),
            usable: one.usable,
            reason: one.reason,
          }))}
        />
        <Checks title={t('about.encoders')} rows={report.encoders} />
      </div>
    </>
  );
}

function Checks({
  title,
  rows,
}: {
  title: string;
  rows: readonly { readonly name: string; readonly usable: boolean; readonly reason: Sentence }[];
}) {
  const { t } = useTranslation('shell');
  return (
    <section>
      <h3>{title}</h3>
      {rows.map((row) => (
        <div key={row.name} className={styles.check}>
          <span
            className={row.usable ? styles.good : styles.bad}
            role="img"
            aria-label={t(row.usable ? 'about.usable' : 'about.notUsable')}
          >
            <Icon of={row.usable ? Check : Minus} size={14} />
          </span>
          <span>{row.name}</span>
          <span className="muted">{sentenceText(row.reason)}</span>
        </div>
      ))}
    </section>
  );
}
