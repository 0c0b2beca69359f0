import { useTranslation } from 'react-i18next';
import { useShallow } from 'zustand/react/shallow';
import { AudioLines, Brush, Clapperboard, Palette } from 'lucide-react';
import { formatTimecode } from '../../../core/time/timecode.ts';
import { secondsFromTicks } from '../../../core/time/ticks.ts';
import type { AiAction } from '../../services/editor.ts';
import { newSeed } from '../../services/generation.ts';
import { soundtrackRange } from '../../services/placeGeneration.ts';
import { selectedStems } from '../../services/stemTakes.ts';
import { useEditor } from '../../services/store.ts';
import { Segmented } from '../../ui/Segmented.tsx';
import { Select } from '../../ui/Select.tsx';
import { buildRequest } from './buildRequest.ts';
import { factorOf, upscaleOf } from './generate/upscale.ts';
import { goalOf, stemsKey } from './goal.ts';
import { takeLoudnessOf } from './soundtrack/loudness.ts';
import { isMusic } from '../../../core/actions/soundtrack/isMusic.ts';
import { Details } from './Details.tsx';
import { setDraft, stems, useDraft } from '../../services/aiDraft.ts';
import { Foot } from './Foot.tsx';
import { InpaintForm } from './InpaintForm.tsx';
import { Instruments } from './Instruments.tsx';
import { LoudnessSelect } from './LoudnessSelect.tsx';
import { PictureSlots } from './PictureSlots.tsx';
import { PromptBox } from './PromptBox.tsx';
import { RestyleForm } from './RestyleForm.tsx';
import { SizeChoice } from './SizeChoice.tsx';
import { SoundtrackForm } from './SoundtrackForm.tsx';
import { StemTargetSelect } from './StemTargetSelect.tsx';
import { useStemTarget } from './stemTarget.ts';
import { submitBuilt } from './submit.ts';
import { TakesStrip } from './TakesStrip.tsx';
import { useEstimate } from './useEstimate.ts';
import { usePack } from './usePack.ts';
import styles from './AiPanel.module.css';

/** The AI panel: what it acts on, the words, pictures, details, takes; then the cost and the one button. */
export function AiPanel() {
  const { t } = useTranslation('aiPanel');
  const state = usePanelState();
  const draft = useDraft();
  useStemTarget();
  const action = state.aiAction;
  const pack = usePack(action);
  const built = buildRequest(state, action, draft, pack?.id ?? null, draft.seed ?? 0);
  const { estimate, problem } = useEstimate(built.ok ? built.request : null);
  const goal = goalOf(state, action, draft);
  const factor = factorOf(state, goal, pack?.id ?? null);
  // the estimate is of one run: a stem each, or a take each
  const stemCount =
    goal?.kind === 'stems'
      ? goal.places.length
      : action === 'soundtrack'
        ? stems.filter((stem) => draft.stems[stem]).length
        : 1;
  const runs = stemCount * draft.takeCount;
  const submit = () => {
    // built again at the press: with a new seed, on what stands now
    const now = buildRequest(useEditor.getState(), action, draft, pack?.id ?? null, draft.seed ?? newSeed());
    if (now.ok) submitBuilt(now, draft);
  };

  return (
    <div
      className={styles.panel}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
        event.preventDefault();
        event.stopPropagation();
        submit();
      }}
    >
      <div className={styles.actions}>
        <Segmented<AiAction>
          label={t('action.label')}
          size="tall"
          value={action}
          options={[
            { value: 'generate', label: t('action.generate'), icon: Clapperboard },
            { value: 'inpaint', label: t('action.inpaint'), icon: Brush },
            { value: 'restyle', label: t('action.restyle'), icon: Palette },
            { value: 'soundtrack', label: t('action.soundtrack'), icon: AudioLines },
          ]}
          onChange={(aiAction) => state.setSession({ aiAction })}
        />
      </div>
      <div className={styles.body}>
        <Target action={action} />
        {action === 'inpaint' ? <InpaintForm goal={goal} /> : null}
        {action === 'restyle' ? <RestyleForm goal={goal} /> : null}
        {action === 'soundtrack' && goal?.kind !== 'stems' ? <SoundtrackForm /> : null}
        {goal?.kind === 'stems' && !goal.part ? (
          <LoudnessSelect
            lufs={takeLoudnessOf(goal, draft)}
            onChoose={(lufs) => setDraft({ takeLoudness: { clipIds: stemsKey(goal), lufs } })}
          />
        ) : null}
        {goal?.kind === 'stems' &&
        !goal.part &&
        goal.places.some((place) => isMusic(place.clip.generation!.request)) ? (
          <p className={styles.note}>
            {t('stem.music')}
            <Instruments />
          </p>
        ) : null}
        <PromptBox action={action} estimate={estimate} />
        {action === 'generate' ? (
          <PictureSlots slots={['first', 'last', 'who', 'add']} asked={built.ok ? built.request : null} />
        ) : null}
        {action === 'inpaint' && draft.edit !== 'remove' ? <PictureSlots slots={['looksLike', 'add']} /> : null}
        {action === 'generate' && pack?.video && factor ? (
          <SizeChoice video={pack.video} factor={factor} large={upscaleOf(state, goal, draft, pack.id) !== null} />
        ) : null}
        <Details
          action={action}
          defaultSteps={pack?.video?.defaultSteps ?? pack?.soundtrack?.defaultSteps ?? 4}
          request={built.ok ? built.request : null}
        />
        {goal?.kind === 'stems' ? (
          <TakesStrip place={goal.places.length === 1 ? goal.places[0]! : null} />
        ) : action === 'soundtrack' ? null : (
          <TakesStrip place={goal?.kind === 'takeOf' ? goal.place : null} />
        )}
      </div>
      <Foot
        action={action}
        built={built}
        estimate={estimate && { ...estimate, seconds: estimate.seconds * runs }}
        problem={problem}
        pack={pack}
        onGo={submit}
      />
    </div>
  );
}

/** Only what requests are built from: the panel is not drawn again for every frame that plays. */
function usePanelState() {
  useEditor(useShallow(({ document, selection, masks, aiAction }) => [document, selection, masks, aiAction]));
  return useEditor.getState();
}

/** What pressing the button acts on. */
function Target({ action }: { action: AiAction }) {
  const { t } = useTranslation('aiPanel');
  const state = usePanelState();
  const timecode = useEditor((now) => {
    const shown = now.document?.sequences[now.document.activeSequenceId];
    return action === 'generate' && shown ? formatTimecode(now.playheadTicks, shown.rate) : '';
  });
  const draft = useDraft();
  const sequence = state.document?.sequences[state.document.activeSequenceId];
  const goal = goalOf(state, action, draft);
  if (!sequence) return null;
  const newClip = t('target.newClip', { timecode });
  const selected = goalOf(state, action, { ...draft, asNewClip: false });
  const chosenStems = action === 'soundtrack' ? selectedStems(state) : [];
  if (chosenStems.length > 0) return <StemTargetSelect places={chosenStems} goal={goal} />;
  if (action === 'generate' && selected?.kind === 'takeOf') {
    return (
      <Select
        className={styles.chooser}
        label={t('target.choose')}
        value={draft.asNewClip ? 'new' : 'take'}
        options={[
          { value: 'take', label: t('target.anotherTake', { name: selected.place.clip.name }) },
          { value: 'new', label: newClip },
        ]}
        onChange={(value) => setDraft({ asNewClip: value === 'new' })}
      />
    );
  }
  return (
    <div className={styles.target}>
      <span className={styles.what}>{what()}</span>
      <span className={styles.facts}>{facts()}</span>
    </div>
  );

  function what(): string {
    if (goal?.kind === 'takeOf') return goal.place.clip.name;
    if (goal?.kind === 'gap')
      return t('target.gap', { track: sequence!.tracks.find((track) => track.id === goal.trackId)?.name ?? '' });
    if (goal?.kind === 'newClip') return newClip;
    if (goal?.kind !== 'soundtrack') return t('need.clip');
    if (sequence!.inTicks !== null && sequence!.outTicks !== null) return t('target.range', { name: sequence!.name });
    return state.selection.clipIds.length > 0 ? t('target.clips') : t('target.whole', { name: sequence!.name });
  }

  function facts(): string {
    if (goal?.kind === 'takeOf')
      return `${formatTimecode(goal.place.clip.startTicks, sequence!.rate)} · ${secondsFromTicks(goal.place.clip.durationTicks).toFixed(1)} s`;
    if (goal?.kind === 'gap') return `${secondsFromTicks(goal.durationTicks).toFixed(1)} s`;
    if (goal?.kind === 'newClip') return `${draft.seconds.toFixed(1)} s`;
    const range = goal?.kind === 'soundtrack' ? soundtrackRange() : null;
    return range
      ? `${formatTimecode(range.startTicks, sequence!.rate)} · ${secondsFromTicks(range.durationTicks).toFixed(1)} s`
      : '';
  }
}
