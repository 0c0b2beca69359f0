import { AudioLines, Check, CircleCheck, CircleX, Clapperboard, Package, TriangleAlert } from 'lucide-react';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { MachineStatus, PackInfo } from '../../../core/contract/contract.ts';
import { sentenceText } from '../../services/errors.ts';
import { formatBytes } from '../../services/format.ts';
import { usePackText } from '../../services/packTexts.ts';
import { classes } from '../../ui/classes.ts';
import { Icon, type IconType } from '../../ui/Icon.tsx';
import { fitOf, type Fit } from './packFit.ts';
import styles from './ModelsScreen.module.css';

const fitLooks: Readonly<Record<Fit, { icon: IconType; tone: 'good' | 'warn' | 'bad' }>> = {
  fits: { icon: CircleCheck, tone: 'good' },
  tight: { icon: TriangleAlert, tone: 'warn' },
  doesNotFit: { icon: CircleX, tone: 'bad' },
  broken: { icon: CircleX, tone: 'bad' },
};

/** Icon of a pack by what it generates. */
export function packIcon(pack: PackInfo): IconType {
  if (pack.families.length > 1) return Package;
  return pack.soundtrack && !pack.video ? AudioLines : Clapperboard;
}

export interface PackRowProps {
  readonly pack: PackInfo;
  readonly machine: MachineStatus | null;
  readonly chosen: boolean;
  readonly onChoose: () => void;
}

/** What a pack is for, in words; the names of its families where there are no words for them. */
export function abilitiesOf(pack: PackInfo, t: TFunction<'models'>): string[] {
  const words = [
    pack.video ? t('familyCan.video') : '',
    pack.soundtrack ? t('familyCan.soundtrack') : '',
    pack.families.includes('footage') ? t('familyCan.footage') : '',
    pack.words ? t('familyCan.words') : '',
  ].filter((each) => each !== '');
  return words.length > 0 ? words : [...pack.families];
}

/** One model pack in the list. */
export function PackRow({ pack, machine, chosen, onChoose }: PackRowProps) {
  const { t } = useTranslation('models');
  const name = usePackText()(pack.name);
  return (
    <button
      type="button"
      role="row"
      aria-selected={chosen}
      aria-label={t('details', { name })}
      className={classes(styles.row, chosen && styles.chosen)}
      onClick={onChoose}
    >
      <span className={styles.icon}>
        <Icon of={packIcon(pack)} />
      </span>
      <span role="cell" className="grow">
        <span className={classes(styles.name, 'cut')}>{name}</span>
        <span className={classes('small', 'faint', 'cut', styles.block)}>
          {abilitiesOf(pack, t).join(' · ')}
          {pack.video ? ` · ${pack.video.width} × ${pack.video.height}` : ''}
        </span>
      </span>
      <span role="cell" className="n muted">
        {formatBytes(pack.sizeBytes)}
      </span>
      <span role="cell" className="cut">
        {pack.licence}
      </span>
      <span role="cell" className="n muted">
        {formatBytes(pack.memoryBytes)}
      </span>
      <FitCell pack={pack} machine={machine} />
      <span role="cell" className={styles.installed}>
        <Icon of={Check} size={14} />
        {pack.builtIn ? t('builtIn') : t('installed')}
      </span>
    </button>
  );
}

/** Whether a pack fits on this machine, and the memory it needs. */
export function FitCell({ pack, machine }: { pack: PackInfo; machine: MachineStatus | null }) {
  const { t } = useTranslation('models');
  const fit = fitOf(pack, machine);
  const { icon, tone } = fitLooks[fit];
  const freeBytes = machine ? machine.memoryTotalBytes - machine.memoryUsedBytes : 0;
  const detail =
    pack.problem !== null
      ? sentenceText(pack.problem)
      : machine === null
        ? ''
        : fit === 'doesNotFit'
          ? t('needs', { need: formatBytes(pack.memoryBytes), has: formatBytes(machine.memoryTotalBytes) })
          : t('free', { need: formatBytes(pack.memoryBytes), free: formatBytes(freeBytes) });
  return (
    <span role="cell" className={styles.fit}>
      <span className={classes(styles.fitWord, styles[tone])}>
        <Icon of={icon} size={14} />
        {t(fit)}
      </span>
      <span className={classes('small', 'faint', 'cut', styles.block)} title={detail}>
        {detail}
      </span>
    </span>
  );
}
