import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ChevronDown, ChevronRight } from 'lucide-react';
import type { PackInfo } from '../../../core/contract/contract.ts';
import type { GenerationRequest } from '../../../core/document/schema.ts';
import { secondsFromTicks } from '../../../core/time/ticks.ts';
import type { AiAction } from '../../services/editor.ts';
import { setDraft, setSettings, useDraft } from '../../services/aiDraft.ts';
import { Icon } from '../../ui/Icon.tsx';
import { NumberField } from '../../ui/NumberField.tsx';
import { Slider } from '../../ui/Slider.tsx';
import { Switch } from '../../ui/Switch.tsx';
import { goalTicks, type Goal } from './goal.ts';
import styles from './AiPanel.module.css';

const maxSeconds = 60;
const sliderSeconds = 16;

/** `goal` and `pack` say what the defaults are. */
export interface DetailsProps {
  readonly action: AiAction;
  readonly goal: Goal | null;
  readonly pack: PackInfo | null;
  readonly request: GenerationRequest | null;
  /** The stage draws it: without steps or guidance. */
  readonly drawn: boolean;
}

/** Length, seed, steps, guidance: folded to one line until wanted. */
export function Details({ action, goal, pack, request, drawn }: DetailsProps) {
  const { t } = useTranslation('aiPanel');
  const [open, setOpen] = useState(false);
  const draft = useDraft();
  const { seed, steps } = draft.settings[action];
  const defaultSteps = pack?.video?.defaultSteps ?? pack?.soundtrack?.defaultSteps ?? 4;
  const ticks = request?.durationTicks ?? goalTicks(goal, draft);
  const facts = [
    ...(ticks === null ? [] : [t('detailLength', { seconds: secondsFromTicks(ticks).toFixed(1) })]),
    seed === null ? t('seedRandom') : t('seedIs', { seed }),
    ...(drawn ? [] : [t('detailSteps', { steps: steps ?? defaultSteps })]),
  ];
  return (
    <div>
      <button type="button" className={styles.details} aria-expanded={open} onClick={() => setOpen(!open)}>
        <Icon of={open ? ChevronDown : ChevronRight} size={14} />
        {t('details')}
        {open ? null : <span className={styles.right}>{facts.join(' · ')}</span>}
      </button>
      {open ? (
        <>
          {goal?.kind === 'newClip' ? <Length /> : null}
          <Seed action={action} />
          {drawn ? null : (
            <>
              <Steps action={action} defaultSteps={defaultSteps} />
              <Guidance action={action} />
            </>
          )}
        </>
      ) : null}
    </div>
  );
}

function Line({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className={styles.kv}>
      <span className={styles.k}>{name}</span>
      {children}
    </div>
  );
}

/** Everything else is as long as what it works on. */
function Length() {
  const { t } = useTranslation(['aiPanel', 'common']);
  const seconds = useDraft((draft) => draft.seconds);
  const change = (value: number) => setDraft({ seconds: value });
  const shown = Math.min(sliderSeconds, seconds);
  return (
    <Line name={t('length')}>
      <Slider label={t('length')} min={0.5} max={sliderSeconds} step={0.5} value={shown} onChange={change} />
      <NumberField
        size="s"
        label={t('length')}
        unit={t('common:units.second')}
        min={0.1}
        max={maxSeconds}
        decimals={1}
        step={0.5}
        value={seconds}
        onCommit={change}
      />
    </Line>
  );
}

function Seed({ action }: { action: AiAction }) {
  const { t } = useTranslation('aiPanel');
  const seed = useDraft((draft) => draft.settings[action].seed);
  return (
    <Line name={t('seed')}>
      <span className="flex gap2">
        <Switch
          label={t('seedRandom')}
          checked={seed === null}
          onChange={(random) => setSettings(action, { seed: random ? null : 1 })}
        />
        <span className="small muted">{t('seedRandom')}</span>
      </span>
      <NumberField
        size="s"
        label={t('seed')}
        min={0}
        max={0xffffffff}
        disabled={seed === null}
        value={seed ?? 0}
        onCommit={(value) => setSettings(action, { seed: Math.round(value) })}
      />
    </Line>
  );
}

function Steps({ action, defaultSteps }: { action: AiAction; defaultSteps: number }) {
  const { t } = useTranslation('aiPanel');
  const steps = useDraft((draft) => draft.settings[action].steps) ?? defaultSteps;
  const change = (value: number) => setSettings(action, { steps: Math.round(value) });
  return (
    <Line name={t('steps')}>
      <Slider label={t('steps')} min={1} max={32} value={steps} onChange={change} resetTo={defaultSteps} />
      <NumberField size="s" label={t('steps')} min={1} max={200} value={steps} onCommit={change} />
    </Line>
  );
}

function Guidance({ action }: { action: AiAction }) {
  const { t } = useTranslation('aiPanel');
  const guidance = useDraft((draft) => draft.settings[action].guidance) ?? 1;
  const change = (value: number) => setSettings(action, { guidance: value });
  return (
    <Line name={t('guidance')}>
      <Slider label={t('guidance')} min={0} max={10} step={0.5} value={guidance} onChange={change} />
      <NumberField
        size="s"
        label={t('guidance')}
        min={0}
        max={30}
        decimals={1}
        step={0.5}
        value={guidance}
        onCommit={change}
      />
    </Line>
  );
}
