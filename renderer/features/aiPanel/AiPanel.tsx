import type { ComponentType, KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { AudioLines, Brush, Clapperboard, Palette } from 'lucide-react';
import type { ClipPlace } from '../../../core/document/query.ts';
import { SmoothOffer } from '../../actions/SmoothOffer.tsx';
import type { AiAction } from '../../services/editor.ts';
import { chooseAiAction } from '../../services/openAi.ts';
import { Segmented } from '../../ui/Segmented.tsx';
import { Details } from './Details.tsx';
import { Foot } from './Foot.tsx';
import type { FormProps } from './form.ts';
import { GenerateForm } from './generate/GenerateForm.tsx';
import type { Goal } from './goal.ts';
import { InpaintForm } from './inpaint/InpaintForm.tsx';
import { RestyleForm } from './restyle/RestyleForm.tsx';
import { SoundtrackForm } from './soundtrack/SoundtrackForm.tsx';
import { TakesStrip } from './TakesStrip.tsx';
import { Target } from './Target.tsx';
import { useAiPanel } from './useAiPanel.ts';
import styles from './AiPanel.module.css';

const forms: Readonly<Record<AiAction, ComponentType<FormProps>>> = {
  generate: GenerateForm,
  inpaint: InpaintForm,
  restyle: RestyleForm,
  soundtrack: SoundtrackForm,
};

const icons = { generate: Clapperboard, inpaint: Brush, restyle: Palette, soundtrack: AudioLines } as const;

/** The AI panel: what it acts on, the action's form, details, takes; then the cost and the one button. */
export function AiPanel() {
  const { t } = useTranslation('aiPanel');
  const { action, goal, built, method, pack, made, estimate, words, failure, submit } = useAiPanel();
  const Form = forms[action];
  const request = built.ok ? built.request : null;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    event.stopPropagation();
    submit();
  };
  return (
    <div className={styles.panel} onKeyDown={onKeyDown}>
      <div className={styles.actions}>
        <Segmented<AiAction>
          label={t('action.label')}
          size="tall"
          value={action}
          options={(Object.keys(icons) as AiAction[]).map((value) => ({
            value,
            label: t(`action.${value}`),
            icon: icons[value],
          }))}
          onChange={chooseAiAction}
        />
      </div>
      <div className={styles.body}>
        <Target action={action} goal={goal} />
        <Form goal={goal} pack={pack} request={request} words={words} />
        {goal?.kind === 'takeOf' ? <SmoothOffer place={goal.place} /> : null}
        {method || !goal ? null : (
          <Details action={action} goal={goal} pack={pack} request={request} drawn={made?.drawn ?? false} />
        )}
        {showsTakes(goal) ? <TakesStrip place={placeOf(goal)} /> : null}
      </div>
      <Foot {...{ action, built, method, estimate, failure, pack, made }} onGo={submit} />
    </div>
  );
}

/** A new soundtrack makes clips of its own, so it has no takes to show. */
function showsTakes(goal: Goal | null): boolean {
  return goal?.kind !== 'soundtrack';
}

/** The one clip whose takes are shown. */
function placeOf(goal: Goal | null): ClipPlace | null {
  if (goal?.kind === 'takeOf') return goal.place;
  return goal?.kind === 'stems' && goal.places.length === 1 ? goal.places[0]! : null;
}
