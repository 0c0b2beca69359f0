import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Clip } from '../../../core/document/schema.ts';
import { start } from '../../services/errors.ts';
import { useEditor } from '../../services/store.ts';
import { askTranscripts, transcriptJob, useTranscripts } from '../../services/transcripts.ts';
import { spokenClip } from '../../services/transcriptEdits.ts';
import { engine } from '../../services/connection.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import { AskTranscript } from './AskTranscript.tsx';
import { TranscriptWords } from './TranscriptWords.tsx';
import styles from './Transcript.module.css';

/** The words of the selected clip, or of the one under the playhead. */
export function TranscriptPanel() {
  const { t } = useTranslation('transcript');
  // the clip changes with the playhead and with every edit
  useEditor((state) => state.playheadTicks);
  useEditor((state) => state.selection);
  useEditor((state) => state.document);
  const found = spokenClip(useEditor.getState());
  if (!found) return <EmptyState>{t('noClip')}</EmptyState>;
  return <OfClip key={found.mediaId} clip={found.clip} mediaId={found.mediaId} />;
}

function OfClip({ clip, mediaId }: { readonly clip: Clip; readonly mediaId: string }) {
  const { t } = useTranslation('transcript');
  const projectId = useEditor((state) => state.projectId);
  const job = useEditor((state) => transcriptJob(state, mediaId));
  const name = useEditor((state) => state.document?.media[mediaId]?.name ?? '');
  const transcript = useTranscripts((state) => (state.projectId === projectId ? state.byMedia[mediaId] : undefined));
  const [again, setAgain] = useState(false);
  const isRunning = job !== undefined;
  useEffect(() => {
    if (!isRunning) start(askTranscripts([mediaId]));
  }, [mediaId, isRunning]);
  const words = transcript?.words ?? [];
  return (
    <div className={styles.panel}>
      <p className={styles.name}>{name}</p>
      {job ? (
        <div className={styles.running}>
          <ProgressBar fraction={job.fraction} label={t('running')} tone="ai" />
          <Button size="s" onClick={() => start(engine().call('jobs.cancel', { jobId: job.id }))}>
            {t('cancel')}
          </Button>
        </div>
      ) : null}
      {!job && transcript !== undefined && (transcript === null || again) ? (
        <AskTranscript mediaId={mediaId} onAsked={() => setAgain(false)} />
      ) : null}
      {!job && transcript && !again ? (
        <TranscriptWords
          clip={clip}
          transcript={transcript}
          isEmpty={words.length === 0}
          onAgain={() => setAgain(true)}
        />
      ) : null}
    </div>
  );
}
