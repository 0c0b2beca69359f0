import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ChevronDown, ChevronRight } from 'lucide-react';
import type { GenerationRequest } from '../../../core/document/schema.ts';
import { secondsFromTicks } from '../../../core/time/ticks.ts';
import type { AiAction } from '../../services/editor.ts';
import { Icon } from '../../ui/Icon.tsx';
import { NumberField } from '../../ui/NumberField.tsx';
import { Slider } from '../../ui/Slider.tsx';
import { Switch } from '../../ui/Switch.tsx';
import { setDraft, useDraft } from '../../services/aiDraft.ts';
import styles from './AiPanel.module.css';

const maxSeconds = 60;

/** Length, seed, steps, guidance: folded to one line until wanted. */
export function Details({
  action,
  defaultSteps,
  request,
}: {
  action: AiAction;
  defaultSteps: number;
  request: GenerationRequest | null;
}) {
  const { t } = useTranslation('aiPanel');
  const [open, setOpen] = useState(false);
  const draft = useDraft();
  const steps = draft.steps ?? defaultSteps;
  const seconds = request ? secondsFromTicks(request.durationTicks) : draft.seconds;
  const line = t('detailLine', {
    seconds: seconds.toFixed(1),
    seed: draft.seed === null ? t('seedRandom') : t('seedIs', { seed: draft.seed }),
    steps,
  });
  return (
    <div>
      <button type="button" className={styles.details} aria-expanded={open} onClick={() => setOpen(!open)}>
        <Icon of={open ? ChevronDown : ChevronRight} size={14} />
        {t('details')}
        {open ? null : <span className={styles.right}>{line}</span>}
      </button>
      {open ? (
        <>
          {action === 'generate' ? (
            <div className={styles.kv}>
              <span className={styles.k}>{t('length')}</span>
              <Slider
                label={t('length')}
                min={0.5}
                max={16}
                step={0.5}
                value={Math.min(16, draft.seconds)}
                onChange={(value) => setDraft({ seconds: value })}
              />
              <NumberField
                size="s"
                label={t('length')}
                unit="s"
                min={0.1}
                max={maxSeconds}
                decimals={1}
                step={0.5}
                value={draft.seconds}
                onCommit={(value) => setDraft({ seconds: value })}
              />
            </div>
          ) : null}
          <div className={styles.kv}>
            <span className={styles.k}>{t('seed')}</span>
            <span className="flex gap2">
              <Switch
                label={t('seedRandom')}
                checked={draft.seed === null}
                onChange={(random) => setDraft({ seed: random ? null : 1 })}
              />
              <span className="small muted">{t('seedRandom')}</span>
            </span>
            <NumberField
              size="s"
              label={t('seed')}
              min={0}
              max={0xffffffff}
              disabled={draft.seed === null}
              value={draft.seed ?? 0}
              onCommit={(seed) => setDraft({ seed: Math.round(seed) })}
            />
          </div>
          <div className={styles.kv}>
            <span className={styles.k}>{t('steps')}</span>
            <Slider
              label={t('steps')}
              min={1}
              max={32}
              value={steps}
              onChange={(value) => setDraft({ steps: value })}
              resetTo={defaultSteps}
            />
            <NumberField
              size="s"
              label={t('steps')}
              min={1}
              max={200}
              value={steps}
              onCommit={(value) => setDraft({ steps: Math.round(value) })}
            />
          </div>
          <div className={styles.kv}>
            <span className={styles.k}>{t('guidance')}</span>
            <Slider
              label={t('guidance')}
              min={0}
              max={10}
              step={0.5}
              value={draft.guidance ?? 1}
              onChange={(guidance) => setDraft({ guidance })}
            />
            <NumberField
              size="s"
              label={t('guidance')}
              min={0}
              max={30}
              decimals={1}
              step={0.5}
              value={draft.guidance ?? 1}
              onCommit={(guidance) => setDraft({ guidance })}
            />
          </div>
        </>
      ) : null}
    </div>
  );
}
