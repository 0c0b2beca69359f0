/** The content of a clip's element: name, takes, gain, fades, or the state of a clip without material. */
import { History, Type } from 'lucide-react';
import type { Clip } from '../../../../core/document/schema.ts';
import type { Job } from '../../../../core/contract/jobs.ts';
import { aiShown } from '../../../services/selectors.ts';
import { useEditor } from '../../../services/store.ts';
import { classes } from '../../../ui/classes.ts';
import { Icon } from '../../../ui/Icon.tsx';
import type { ClipRoom, ClipState, clipLook } from '../view/clipLook.ts';
import { decibelText } from '../view/words.ts';
import styles from './Clip.module.css';
import { shownName } from './clipName.ts';
import { ExtensionBar } from './ExtensionBar.tsx';
import { Fades } from './Fades.tsx';
import { MakeAgainButton, StateBody } from './StateBody.tsx';
import { TakeChip } from './TakeChip.tsx';

export interface ClipInsideProps {
  readonly clip: Clip;
  readonly state: ClipState;
  readonly room: Exclude<ClipRoom, 'colour'>;
  readonly look: ReturnType<typeof clipLook>;
  readonly job: Job | null;
  /** Buttons take part in the Tab order only on the focused clip. */
  readonly reachable: boolean;
  readonly extension: boolean;
  readonly laneHeightPx: number;
  readonly selected: boolean;
}

/** What a clip shows inside its frame. */
export function ClipInside(props: ClipInsideProps) {
  const { clip, state, room, look, job, reachable, extension } = props;
  const aiEnabled = useEditor(aiShown);
  if (state === 'draft' || state === 'queued' || state === 'generating' || state === 'failed' || state === 'missing') {
    return <StateBody clip={clip} state={state} job={job} room={room} reachable={reachable} aiEnabled={aiEnabled} />;
  }
  if (look === 'title') {
    return (
      <>
        <Icon of={Type} size={12} />
        {room === 'nameless' ? null : <span className={styles.name}>{shownName(clip)}</span>}
      </>
    );
  }
  return (
    <>
      {extension ? (
        <ExtensionBar clip={clip} room={room} reachable={reachable} aiEnabled={aiEnabled} />
      ) : (
        <ClipBar {...props} aiEnabled={aiEnabled} />
      )}
      <div className={styles.under}>
        {look !== 'video' && clip.volumeDb !== 0 ? <GainLine volumeDb={clip.volumeDb} /> : null}
      </div>
      <Fades clip={clip} grips={props.selected && room !== 'nameless' && props.laneHeightPx >= 44} />
      {state === 'stale' ? (
        <>
          <i className={styles.hatch} />
          {aiEnabled ? <MakeAgainButton clipId={clip.id} room={room} reachable={reachable} /> : null}
        </>
      ) : null}
    </>
  );
}

/** The bar across the top: name, gain and takes. */
function ClipBar({ clip, state, room, look, reachable, aiEnabled }: ClipInsideProps & { readonly aiEnabled: boolean }) {
  return (
    <div className={styles.bar}>
      {state === 'stale' ? <Icon of={History} size={12} /> : null}
      {room === 'nameless' ? null : <span className={styles.name}>{shownName(clip)}</span>}
      {look !== 'video' && clip.volumeDb !== 0 && room === 'full' ? (
        <span className={classes(styles.tag, styles.loose)}>{decibelText(clip.volumeDb)}</span>
      ) : null}
      {aiEnabled && clip.generation !== null && state !== 'stale' ? (
        <TakeChip clip={clip} room={room} reachable={reachable} />
      ) : null}
    </div>
  );
}

/** 0 dB a quarter from the top, -48 dB near the foot. */
function GainLine({ volumeDb }: { readonly volumeDb: number }) {
  const y = Math.max(2, Math.min(98, 25 - (volumeDb / 48) * 73));
  return (
    <svg className={styles.gainline} viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
      <path d={`M0 ${y}H100`} />
    </svg>
  );
}
