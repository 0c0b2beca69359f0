import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Seen } from '../../core/contract/seen.ts';
import { start } from '../services/errors.ts';
import { cancelJob } from '../services/jobs.ts';
import {
  applyReframe,
  looksOf,
  planReframe,
  shapes,
  shownMedia,
  type ReframePlan,
  type Shape,
} from '../services/reframe.ts';
import { indexJob } from '../services/seen.ts';
import { useEditor } from '../services/store.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { FormLine } from '../ui/FormLine.tsx';
import { ProgressBar } from '../ui/ProgressBar.tsx';
import { Segmented } from '../ui/Segmented.tsx';
import { closeDialog } from './closeDialog.ts';
import { DialogFoot } from './DialogFoot.tsx';
import styles from './Dialogs.module.css';

/** Where things are in the files of the sequence; `looks` is null while it is looked for. */
function useLooks() {
  const [looks, setLooks] = useState<ReadonlyMap<string, Seen> | null>(null);
  const [done, setDone] = useState(0);
  const [mediaIds] = useState(() => shownMedia(useEditor.getState()));
  useEffect(() => {
    let isOver = false;
    start(
      looksOf(mediaIds, (count) => {
        if (!isOver) setDone(count);
      }).then((found) => {
        if (!isOver) setLooks(found);
      }),
    );
    return () => {
      isOver = true;
    };
  }, [mediaIds]);
  return { looks, done, all: mediaIds.length };
}

/** Asks for a shape, says what would be followed, and reframes all clips of the sequence. */
export function ReframeDialog() {
  const { t } = useTranslation(['shell', 'common']);
  const [shape, setShape] = useState<Shape>('9:16');
  const { looks, done, all } = useLooks();
  const job = useEditor((state) => indexJob(state));
  const document = useEditor((state) => state.document);
  const plan = useMemo(
    () => (looks && document ? planReframe(useEditor.getState(), shape, looks) : null),
    [looks, document, shape],
  );
  const close = () => {
    if (!looks && job) cancelJob(job.id);
    closeDialog();
  };
  const apply = () => {
    if (!plan) return;
    applyReframe(plan);
    closeDialog();
  };
  return (
    <Dialog
      open
      width={460}
      onClose={close}
      title={t('reframe.title')}
      closeLabel={t('common:close')}
      onPrimary={apply}
      foot={<DialogFoot action={t('reframe.apply')} disabled={!plan} onAction={apply} onCancel={close} />}
    >
      <div className={styles.form}>
        <FormLine label={t('reframe.shape')}>
          <Segmented<Shape>
            label={t('reframe.shape')}
            value={shape}
            options={shapes.map((value) => ({ value, label: value }))}
            onChange={setShape}
          />
        </FormLine>
        {plan ? <PlanWords plan={plan} /> : <Looking done={done} all={all} fraction={job?.fraction ?? 0} />}
        <p className="small faint">{t('reframe.about')}</p>
      </div>
    </Dialog>
  );
}

/** What reframing would do, in words. */
function PlanWords({ plan: { frame, followed, centred, locked } }: { readonly plan: ReframePlan }) {
  const { t } = useTranslation('shell');
  return (
    <p role="status">
      {t('reframe.size', { ...frame })} {t('reframe.followed', { count: followed })}{' '}
      {centred > 0 ? t('reframe.centred', { count: centred }) : ''}{' '}
      {locked > 0 ? t('reframe.locked', { count: locked }) : ''}
    </p>
  );
}

/** How many files have been looked through. */
function Looking({ done, all, fraction }: { readonly done: number; readonly all: number; readonly fraction: number }) {
  const { t } = useTranslation('shell');
  const words = t('reframe.looking', { done, all });
  return (
    <>
      <p>{words}</p>
      <ProgressBar fraction={(done + fraction) / Math.max(1, all)} label={words} tone="accent" />
    </>
  );
}
