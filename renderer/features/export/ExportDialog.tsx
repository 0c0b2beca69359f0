import { HardDrive } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Sequence } from '../../../core/document/schema.ts';
import { engine } from '../../services/connection.ts';
import { sayFailure } from '../../services/errors.ts';
import { baseName, formatBytes } from '../../services/format.ts';
import { takeJob } from '../../services/jobs.ts';
import { sequenceOf } from '../../services/selectors.ts';
import { documentSaved, useEditor } from '../../services/store.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { BeforeExport } from './BeforeExport.tsx';
import { ExportFields } from './ExportFields.tsx';
import { ExportQueue } from './ExportQueue.tsx';
import { ExportSummary } from './ExportSummary.tsx';
import { PresetList } from './PresetList.tsx';
import styles from './ExportDialog.module.css';
import { useExportEstimate } from './useExportEstimate.ts';
import { useExportForm } from './useExportForm.ts';

/** The export dialog; null without an open sequence. */
export function ExportDialog() {
  const sequence = useEditor(sequenceOf);
  const projectId = useEditor((state) => state.projectId);
  return sequence && projectId ? <Form sequence={sequence} projectId={projectId} /> : null;
}

function Form({ sequence, projectId }: { sequence: Sequence; projectId: string }) {
  const { t } = useTranslation(['export', 'common']);
  const { form, change, settings, exists } = useExportForm(sequence);
  const estimate = useExportEstimate(projectId, settings);
  const [sending, setSending] = useState(false);
  const close = () => useEditor.setState({ dialog: null });
  const tooLarge = estimate.value !== null && estimate.value.sizeBytes > estimate.value.diskFreeBytes;
  const ready = settings !== null && !tooLarge && !sending;

  const submit = async (thenClose: boolean) => {
    if (!settings || !ready) return;
    setSending(true);
    try {
      await documentSaved();
      takeJob(await engine().call('jobs.submit', { spec: { kind: 'export', projectId, settings } }));
      if (thenClose) close();
      // the next export needs another name
      else
        change({ name: form.name.replace(/(?: v(\d+))?$/, (_, version?: string) => ` v${Number(version ?? 1) + 1}`) });
    } catch (error) {
      sayFailure(error);
    } finally {
      setSending(false);
    }
  };

  return (
    <Dialog
      open
      onClose={close}
      title={t('title')}
      closeLabel={t('common:close')}
      width={1040}
      height={744}
      onPrimary={() => void submit(true)}
      foot={
        <Foot
          diskFreeBytes={estimate.value?.diskFreeBytes ?? null}
          folder={form.folder}
          close={close}
          submit={ready ? submit : null}
        />
      }
    >
      <div className={styles.body}>
        <PresetList chosen={form.preset} onChoose={(preset) => change({ preset })} />
        <ExportFields
          form={form}
          change={change}
          sequence={sequence}
          exists={exists}
          refusal={tooLarge ? t('tooLarge', { size: formatBytes(estimate.value!.sizeBytes) }) : estimate.refusal}
        />
        <div className={styles.side}>
          <ExportSummary form={form} sequence={sequence} projectId={projectId} estimate={estimate.value} />
          <BeforeExport sequence={sequence} range={form.range} />
        </div>
      </div>
      <ExportQueue />
    </Dialog>
  );
}

interface FootProps {
  /** Null until it is known. */
  readonly diskFreeBytes: number | null;
  readonly folder: string;
  readonly close: () => void;
  /** Null while the export cannot start. */
  readonly submit: ((thenClose: boolean) => Promise<void>) | null;
}

function Foot({ diskFreeBytes, folder, close, submit }: FootProps) {
  const { t } = useTranslation(['export', 'common']);
  return (
    <>
      <span className="small faint flex gap1 grow n">
        {diskFreeBytes !== null ? (
          <>
            <Icon of={HardDrive} size={12} />
            {t('diskFree', { size: formatBytes(diskFreeBytes), folder: baseName(folder) })}
          </>
        ) : null}
      </span>
      <Button size="l" variant="quiet" onClick={close}>
        {t('common:cancel')}
      </Button>
      <Button size="l" disabled={!submit} onClick={() => void submit?.(false)}>
        {t('addToQueue')}
      </Button>
      <Button size="l" variant="primary" shortcut="Ctrl ↵" disabled={!submit} onClick={() => void submit?.(true)}>
        {t('export')}
      </Button>
    </>
  );
}
