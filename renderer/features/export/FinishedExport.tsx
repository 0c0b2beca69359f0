import { Check, Copy, FolderOpen, Play, SquareArrowOutUpRight } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { exportUrl } from '../../../core/contract/contract.ts';
import { FailureError } from '../../../core/contract/errors.ts';
import type { Job } from '../../../core/contract/jobs.ts';
import { engine } from '../../services/connection.ts';
import { start } from '../../services/errors.ts';
import { desktop } from '../../services/portTransport.ts';
import { useEditor } from '../../services/store.ts';
import { IconButton } from '../../ui/IconButton.tsx';

/**
 * The ways to what an export has made: the system opens it; where the engine runs without a desktop, the browser plays
 * it. Only Electron can show its folder: elsewhere the path is copied.
 */
export function FinishedExport({ job, path }: { job: Job; path: string }) {
  const { t } = useTranslation(['export', 'common']);
  const opensFiles = useEditor((state) => state.machine?.opensFiles ?? false);
  const bridge = desktop();
  const show = async (how: 'open' | 'folder') => {
    const failure = await bridge!.showExport(job.id, how);
    if (failure) throw FailureError.of(failure);
  };
  if (bridge)
    return (
      <>
        <IconButton icon={SquareArrowOutUpRight} size="s" label={t('open')} onClick={() => start(show('open'))} />
        <IconButton icon={FolderOpen} size="s" label={t('common:show')} onClick={() => start(show('folder'))} />
      </>
    );
  const openHere = () => start(engine().call('jobs.openOutput', { jobId: job.id }));
  const playHere = () => window.open(engine().url(exportUrl(job.id)), '_blank', 'noopener');
  const isFile = job.spec.kind === 'export' && job.spec.settings.preset !== 'frames-png';
  return (
    <>
      {opensFiles ? (
        <IconButton icon={SquareArrowOutUpRight} size="s" label={t('open')} onClick={openHere} />
      ) : isFile ? (
        <IconButton icon={Play} size="s" label={t('playHere')} onClick={playHere} />
      ) : null}
      <CopyPath path={path} />
    </>
  );
}

function CopyPath({ path }: { path: string }) {
  const { t } = useTranslation('export');
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(path);
    setCopied(true);
  };
  const label = copied ? t('pathCopied') : t('copyPath');
  return <IconButton icon={copied ? Check : Copy} size="s" label={label} onClick={() => start(copy())} />;
}
