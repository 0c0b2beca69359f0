import { useState, type ReactNode } from 'react';
import { ChevronDown, ChevronRight, RotateCcw } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../ui/Icon.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { NumberField } from '../../ui/NumberField.tsx';
import { Slider } from '../../ui/Slider.tsx';
import styles from './Inspector.module.css';

/** A foldable group of rows with its reset. */
export function Section({
  title,
  summary,
  onReset,
  children,
}: {
  title: string;
  summary?: string;
  onReset?: () => void;
  children: ReactNode;
}) {
  const { t } = useTranslation('inspector');
  const [open, setOpen] = useState(true);
  return (
    <div className={styles.sectBox}>
      <div className={styles.sect}>
        <button type="button" className={styles.fold} aria-expanded={open} onClick={() => setOpen(!open)}>
          <Icon of={open ? ChevronDown : ChevronRight} size={14} />
          {title}
        </button>
        {summary ? <span className={styles.sum}>{summary}</span> : null}
        {onReset ? (
          <IconButton icon={RotateCcw} size="xs" label={t('reset', { section: title })} onClick={onReset} />
        ) : null}
      </div>
      {open ? <div className={styles.rows}>{children}</div> : null}
    </div>
  );
}

export interface FigureRowProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step?: number;
  readonly decimals?: number;
  readonly unit: string;
  /** Where the slider's fill begins, and what a double click returns to. */
  readonly origin: number;
  readonly signed?: boolean;
  onLive?(value: number): void;
  onCommit(value: number): void;
}

/** Label, slider, figure. The slider shows its effect while held and counts as one step when let go. */
export function FigureRow({
  label,
  value,
  min,
  max,
  step = 1,
  decimals = 0,
  unit,
  origin,
  signed,
  onLive,
  onCommit,
}: FigureRowProps) {
  const [held, setHeld] = useState<number | null>(null);
  const shown = held ?? value;
  const live = (next: number) => {
    setHeld(next);
    onLive?.(next);
  };
  const commit = (next: number) => {
    setHeld(null);
    onCommit(next);
  };
  return (
    <div className={styles.row}>
      <span className={styles.label}>{label}</span>
      <Slider
        label={label}
        value={shown}
        min={min}
        max={max}
        step={step}
        origin={origin}
        resetTo={origin}
        valueText={`${shown} ${unit}`}
        onChange={live}
        onCommit={commit}
      />
      <NumberField
        size="s"
        label={label}
        value={shown}
        min={min}
        max={max}
        step={step}
        decimals={decimals}
        unit={unit}
        signed={signed}
        onChange={live}
        onCommit={commit}
      />
    </div>
  );
}
