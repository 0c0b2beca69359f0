import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { cutTicksIn, filmClips, splitAt, type FilmClip } from '../services/clipCuts.ts';
import { start } from '../services/errors.ts';
import { cancelJob } from '../services/jobs.ts';
import { indexJob, wantSeen } from '../services/seen.ts';
import { sequenceOf } from '../services/selectors.ts';
import { useEditor } from '../services/store.ts';
import type { Ticks } from '../../core/time/ticks.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { ProgressBar } from '../ui/ProgressBar.tsx';
import { closeDialog } from './closeDialog.ts';
import { DialogFoot } from './DialogFoot.tsx';
import styles from './Dialogs.module.css';

interface Found {
  readonly clip: FilmClip['clip'];
  readonly ticks: readonly Ticks[];
}

/** Looks for cuts in the clips; null while it does. */
function useCuts(): readonly Found[] | null {
  const [found, setFound] = useState<readonly Found[] | null>(null);
  useEffect(() => {
    let isOver = false;
    const look = async (): Promise<void> => {
      const clips = filmClips(useEditor.getState());
      const all: Found[] = [];
      for (const { clip, mediaId } of clips) {
        const seen = isOver ? null : await wantSeen(mediaId);
        const sequence = sequenceOf(useEditor.getState());
        if (seen && sequence) all.push({ clip, ticks: cutTicksIn(clip, seen.cuts, sequence) });
      }
      if (!isOver) setFound(all);
    };
    start(look());
    return () => {
      isOver = true;
    };
  }, []);
  return found;
}

/** Says how many cuts there are in the clips, and splits there. */
export function CutsDialog() {
  const { t } = useTranslation(['shell', 'common']);
  const found = useCuts();
  const job = useEditor((state) => indexJob(state));
  const count = found?.reduce((sum, { ticks }) => sum + ticks.length, 0) ?? 0;
  const close = () => {
    if (found === null && job) cancelJob(job.id);
    closeDialog();
  };
  const split = () => {
    if (!found || count === 0) return;
    splitAt(found);
    closeDialog();
  };
  const withCuts = found?.filter(({ ticks }) => ticks.length > 0) ?? [];
  return (
    <Dialog
      open
      width={420}
      onClose={close}
      title={t('cuts.title')}
      closeLabel={t('common:close')}
      onPrimary={split}
      foot={<DialogFoot action={t('cuts.split')} disabled={count === 0} onAction={split} onCancel={close} />}
    >
      <div className={styles.form}>
        {found === null ? (
          <>
            <p>{t('cuts.looking')}</p>
            <ProgressBar fraction={job?.fraction ?? 0} label={t('cuts.looking')} tone="accent" />
          </>
        ) : (
          <p role="status">
            {count === 0
              ? t('cuts.none')
              : withCuts.length === 1
                ? t('cuts.found', { count, name: withCuts[0]!.clip.name })
                : t('cuts.foundInClips', { count, clips: withCuts.length })}
          </p>
        )}
        <p className="small faint">{t('cuts.about')}</p>
      </div>
    </Dialog>
  );
}
