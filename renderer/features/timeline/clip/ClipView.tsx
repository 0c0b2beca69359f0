/** One clip on its lane. Memoised: it is drawn anew when it, its job, its files or its room on screen change, not when the lanes move. */
import { History, RotateCw, Type } from 'lucide-react';
import { memo, useRef, type CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import { useShallow } from 'zustand/react/shallow';
import type { Clip, Track } from '../../../../core/document/schema.ts';
import { secondsFromTicks, type Rate } from '../../../../core/time/ticks.ts';
import { makeAgain } from '../../../services/generation.ts';
import { aiShown } from '../../../services/selectors.ts';
import { useEditor } from '../../../services/store.ts';
import { classes } from '../../../ui/classes.ts';
import { Icon } from '../../../ui/Icon.tsx';
import type { ClipEdge } from '../gestures/gesture.ts';
import { decibelText } from '../view/words.ts';
import { clipLook, clipRoom, clipState, isExtension, jobsByClip, type ClipRoom, type ClipState } from '../view/clipLook.ts';
import { pxFromTicks } from '../view/scale.ts';
import { useWantedFocus } from '../view/useGridFocus.ts';
import { atOf, type DrawnWindow } from '../view/visible.ts';
import styles from './Clip.module.css';
import { ClipMaterialView } from './ClipMaterialView.tsx';
import { clipAnnouncement, shownName } from './clipName.ts';
import { materialOf, type ClipMaterial } from './clipParts.ts';
import { ExtensionBar } from './ExtensionBar.tsx';
import { Fades } from './Fades.tsx';
import { StateBody } from './StateBody.tsx';
import { TakeChip } from './TakeChip.tsx';

export interface ClipViewProps {
  readonly clip: Clip;
  readonly kind: Track['kind'];
  readonly role: Track['role'];
  /** 'V1 Picture', for the announcement. */
  readonly trackName: string;
  readonly laneHeightPx: number;
  readonly rate: Rate;
  readonly window: DrawnWindow;
  readonly selected: boolean;
  readonly focused: boolean;
  readonly held: boolean;
  /** The edge in the hand, while it is snapped. */
  readonly hotEdge: ClipEdge | null;
}

export const ClipView = memo(function ClipView(props: ClipViewProps) {
  const { clip, kind, role, trackName, rate, window: drawn, selected, focused, held, hotEdge, laneHeightPx } = props;
  const { t } = useTranslation('timeline');
  const element = useRef<HTMLDivElement>(null);
  const job = useEditor((state) => jobsByClip(state.jobs).get(clip.id) ?? null);
  const stale = useEditor((state) => state.staleClips[clip.id] === true);
  const material = useEditor(useShallow((state) => materialOf(state, clip)));
  const aiEnabled = useEditor(aiShown);
  const look = clipLook(clip, { kind, role });
  const state = clipState(clip, { job, stale, missing: material.missing });
  const room = clipRoom(pxFromTicks(clip.durationTicks, drawn.pixelsPerSecond));
  useWantedFocus(element, focused);
  const made = clip.generation !== null && clip.generation.activeTakeId !== null;
  const extension = isExtension(clip) && (state === 'ready' || state === 'stale');
  return (
    <div
      ref={element}
      role="gridcell"
      data-clip={clip.id}
      data-item={clip.id}
      data-state={state}
      aria-selected={selected}
      aria-label={clipAnnouncement(t, { clip, look, state, track: trackName, rate, job })}
      tabIndex={focused ? 0 : -1}
      className={classes(
        styles.clip,
        styles[look],
        look === 'title' && styles.titleBody,
        room === 'colour' && styles.colourOnly,
        state !== 'plain' && state !== 'ready' && styles[state],
        made && state === 'ready' && !extension && styles.made,
        extension && styles.ext,
        selected && styles.selected,
        held && styles.held,
        !clip.enabled && styles.disabled,
      )}
      style={{ '--at': atOf(clip.startTicks, drawn), '--len': secondsFromTicks(clip.durationTicks) } as CSSProperties}
    >
      {room === 'colour' ? null : <Inside clip={clip} state={state} room={room} look={look} material={material} drawn={drawn} job={job} reachable={focused} aiEnabled={aiEnabled} extension={extension} laneHeightPx={laneHeightPx} selected={selected} />}
      {selected && room !== 'colour' ? (
        <>
          <i className={classes(styles.handle, styles.handleIn, hotEdge === 'in' && styles.hot)} />
          <i className={classes(styles.handle, styles.handleOut, hotEdge === 'out' && styles.hot)} />
        </>
      ) : null}
    </div>
  );
});

interface InsideProps {
  readonly clip: Clip;
  readonly state: ClipState;
  readonly room: Exclude<ClipRoom, 'colour'>;
  readonly look: ReturnType<typeof clipLook>;
  readonly material: ClipMaterial;
  readonly drawn: DrawnWindow;
  readonly job: Parameters<typeof StateBody>[0]['job'];
  readonly reachable: boolean;
  readonly aiEnabled: boolean;
  readonly extension: boolean;
  readonly laneHeightPx: number;
  readonly selected: boolean;
}

function Inside({ clip, state, room, look, material, drawn, job, reachable, aiEnabled, extension, laneHeightPx, selected }: InsideProps) {
  const { t } = useTranslation('timeline');
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
  const bodyHeightPx = Math.max(4, laneHeightPx - 4 - 16);
  return (
    <>
      {extension ? (
        <ExtensionBar clip={clip} room={room} reachable={reachable} aiEnabled={aiEnabled} />
      ) : (
        <div className={styles.bar}>
          {state === 'stale' ? <Icon of={History} size={12} /> : null}
          {room === 'nameless' ? null : <span className={styles.name}>{shownName(clip)}</span>}
          {look !== 'video' && clip.volumeDb !== 0 && room === 'full' ? <span className={classes(styles.tag, styles.loose)}>{decibelText(clip.volumeDb)}</span> : null}
          {aiEnabled && clip.generation !== null && state !== 'stale' ? <TakeChip clip={clip} room={room} reachable={reachable} /> : null}
        </div>
      )}
      <ClipMaterialView clip={clip} look={look} material={material} drawn={drawn} heightPx={bodyHeightPx} />
      <Fades clip={clip} grips={selected && room !== 'nameless' && laneHeightPx >= 44} />
      {state === 'stale' ? (
        <>
          <i className={styles.hatch} />
          {aiEnabled ? (
            <button type="button" data-control className={styles.mini} aria-label={t('makeAgain')} title={t('makeAgain')} tabIndex={reachable ? 0 : -1} onClick={() => makeAgain(clip.id)}>
              <Icon of={RotateCw} size={12} />
              {room === 'full' ? t('makeAgain') : null}
            </button>
          ) : null}
        </>
      ) : null}
    </>
  );
}
