import { useTranslation } from 'react-i18next';
import type { TFunction } from 'i18next';
import { formatTimecode } from '../../../core/time/timecode.ts';
import { secondsFromTicks } from '../../../core/time/ticks.ts';
import type { Sequence } from '../../../core/document/schema.ts';
import { setDraft, useDraft } from '../../services/aiDraft.ts';
import type { AiAction } from '../../services/editor.ts';
import { soundtrackRange } from '../../services/placeGeneration.ts';
import { selectedStems } from '../../services/stemTakes.ts';
import { useEditor } from '../../services/store.ts';
import { Select } from '../../ui/Select.tsx';
import { goalOf, goalTicks, type Goal } from './goal.ts';
import { StemTargetSelect } from './soundtrack/StemTargetSelect.tsx';
import { usePanelState } from './usePanelState.ts';
import styles from './AiPanel.module.css';

/** What pressing the button acts on; a choice where there are two ways to read the selection. */
export function Target({ action, goal }: { action: AiAction; goal: Goal | null }) {
  const { t } = useTranslation('aiPanel');
  const state = usePanelState();
  const timecode = useEditor((now) => {
    const shown = now.document?.sequences[now.document.activeSequenceId];
    return action === 'generate' && shown ? formatTimecode(now.playheadTicks, shown.rate) : '';
  });
  const draft = useDraft();
  const sequence = state.document?.sequences[state.document.activeSequenceId];
  if (!sequence) return null;
  const newClip = t('target.newClip', { timecode });
  const selected = goalOf(state, action, { ...draft, asNewClip: false });
  const chosenStems = action === 'soundtrack' ? selectedStems(state) : [];
  if (chosenStems.length > 0) return <StemTargetSelect places={chosenStems} goal={goal} />;
  if (action === 'generate' && selected?.kind === 'takeOf') {
    const { name, generation } = selected.place.clip;
    const made = (generation?.takeIds.length ?? 0) > 0;
    return (
      <Select
        className={styles.chooser}
        label={t('target.choose')}
        value={draft.asNewClip ? 'new' : 'take'}
        options={[
          { value: 'take', label: made ? t('target.anotherTake', { name }) : name },
          { value: 'new', label: newClip },
        ]}
        onChange={(value) => setDraft({ asNewClip: value === 'new' })}
      />
    );
  }
  const ticks = goalTicks(goal, draft);
  const facts = [
    startOf(goal, sequence),
    ticks === null ? null : t('detailLength', { seconds: secondsFromTicks(ticks).toFixed(1) }),
  ];
  const withClips = state.selection.clipIds.length > 0;
  return (
    <div className={styles.target}>
      <span className={styles.what}>
        {goal?.kind === 'newClip' ? newClip : targetName(t, goal, sequence, withClips)}
      </span>
      <span className={styles.facts}>{facts.filter((fact) => fact !== null).join(' · ')}</span>
    </div>
  );
}

function targetName(t: TFunction<'aiPanel'>, goal: Goal | null, sequence: Sequence, withClips: boolean): string {
  if (goal?.kind === 'takeOf') return goal.place.clip.name;
  if (goal?.kind === 'gap')
    return t('target.gap', { track: sequence.tracks.find((track) => track.id === goal.trackId)?.name ?? '' });
  if (goal?.kind !== 'soundtrack') return t('target.none');
  if (sequence.inTicks !== null && sequence.outTicks !== null) return t('target.range', { name: sequence.name });
  return withClips ? t('target.clips') : t('target.whole', { name: sequence.name });
}

/** Timecode of where it starts; null where the name says it already. */
function startOf(goal: Goal | null, { rate }: Sequence): string | null {
  if (goal?.kind === 'takeOf') return formatTimecode(goal.place.clip.startTicks, rate);
  const range = goal?.kind === 'soundtrack' ? soundtrackRange() : null;
  return range ? formatTimecode(range.startTicks, rate) : null;
}
