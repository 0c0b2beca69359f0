import { Slider as Base } from '@base-ui/react/slider';
import { useRef, type CSSProperties } from 'react';
import { classes } from './classes.ts';
import styles from './Slider.module.css';

export interface SliderProps {
  label: string;
  value: number;
  min?: number;
  max?: number;
  step?: number;
  /** While the thumb moves. */
  onChange: (value: number) => void;
  /** Called on release, for one undo step. */
  onCommit?: (value: number) => void;
  /** Where the fill begins (a balance, an exposure). Default: min. */
  origin?: number;
  /** Double-click returns here. */
  resetTo?: number;
  /** Said instead of the bare number. */
  valueText?: string;
  disabled?: boolean;
  className?: string;
}

/** A slider from `min` to `max`. */
export function Slider({
  label,
  value,
  min = 0,
  max = 100,
  step = 1,
  onChange,
  onCommit,
  origin,
  resetTo,
  valueText,
  disabled,
  className,
}: SliderProps) {
  const latest = useRef(value);
  const percent = (v: number) => ((Math.min(max, Math.max(min, v)) - min) / (max - min)) * 100;
  const from = percent(origin ?? min);
  const at = percent(value);
  return (
    <Base.Root
      value={value}
      min={min}
      max={max}
      step={step}
      disabled={disabled}
      onValueChange={(next) => {
        latest.current = next as number;
        onChange(next as number);
      }}
      onValueCommitted={(next) => onCommit?.(next as number)}
      onDoubleClick={() => {
        if (resetTo !== undefined) {
          onChange(resetTo);
          onCommit?.(resetTo);
        }
      }}
      className={classes(styles.root, origin !== undefined && origin !== min && styles.balance, className)}
      style={{ '--from': from, '--at': at } as CSSProperties}
    >
      <Base.Control className={styles.control}>
        <Base.Track className={styles.track}>
          <i className={styles.fill} />
          <Base.Thumb
            className={styles.thumb}
            getAriaLabel={() => label}
            getAriaValueText={valueText === undefined ? undefined : () => valueText}
          />
        </Base.Track>
      </Base.Control>
    </Base.Root>
  );
}
