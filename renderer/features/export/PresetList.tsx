import type { KeyboardEvent } from 'react';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { ExportPresetId } from '../../../core/contract/jobs.ts';
import { classes } from '../../ui/classes.ts';
import { Icon } from '../../ui/Icon.tsx';
import { presetRows, type PresetRow } from './presets.ts';
import styles from './ExportDialog.module.css';

/** One of the presets; arrow keys move, as in any list of radio buttons. */
export function PresetList({ chosen, onChoose }: { chosen: ExportPresetId; onChoose: (id: ExportPresetId) => void }) {
  const { t } = useTranslation('export');
  const step = (event: KeyboardEvent<HTMLButtonElement>, index: number) => {
    const to = event.key === 'ArrowDown' ? index + 1 : event.key === 'ArrowUp' ? index - 1 : null;
    const next = to === null ? undefined : presetRows[(to + presetRows.length) % presetRows.length];
    if (!next) return;
    event.preventDefault();
    onChoose(next.id);
    event.currentTarget.parentElement?.querySelector<HTMLElement>(`[data-preset="${next.id}"]`)?.focus();
  };
  return (
    <div className={styles.presets} role="radiogroup" aria-label={t('presets')}>
      {presetRows.map((row, index) => [
        row.group !== presetRows[index - 1]?.group ? (
          <div key={row.group} className={styles.group}>
            {t(`groups.${row.group}`)}
          </div>
        ) : null,
        <button
          key={row.id}
          type="button"
          role="radio"
          data-preset={row.id}
          aria-checked={row.id === chosen}
          tabIndex={row.id === chosen ? 0 : -1}
          className={classes(styles.preset, row.id === chosen && styles.chosen)}
          onClick={() => onChoose(row.id)}
          onKeyDown={(event) => step(event, index)}
        >
          <Icon of={row.icon} size={14} />
          {nameOf(row, t)}
          <span className={styles.presetDetail}>{row.detail}</span>
        </button>,
      ])}
    </div>
  );
}

/** Formats go by their proper names, the rest by what they are. */
function nameOf({ id, name }: PresetRow, t: TFunction<'export'>): string {
  switch (id) {
    case 'frames-png':
      return t('frames');
    case 'wav-mix':
      return t('mix');
    case 'lossless':
      return t('lossless');
    default:
      return name;
  }
}
