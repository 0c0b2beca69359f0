import { ChevronLeft, Cpu, FolderOpen, MemoryStick, Monitor, PackagePlus } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DoctorReport, PackInfo } from '../../../core/contract/contract.ts';
import { choosePaths } from '../../services/dialogs.ts';
import { start } from '../../services/errors.ts';
import { formatBytes, gigabytes } from '../../services/format.ts';
import { refreshPacks } from '../../services/machine.ts';
import { useEditor } from '../../services/store.ts';
import { Button } from '../../ui/Button.tsx';
import { Chip } from '../../ui/Chip.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Rule } from '../../ui/PanelHead.tsx';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import { AddPack } from './AddPack.tsx';
import { PackDetail } from './PackDetail.tsx';
import { PackRow } from './PackRow.tsx';
import { SoundFontRow } from './SoundFontRow.tsx';
import styles from './ModelsScreen.module.css';
import { useAddPack } from './useAddPack.ts';
import { useDoctor } from './useDoctor.ts';

/** The installed packs, what they can do, whether they fit, and buttons that add one from disk. */
export function ModelsScreen() {
  const { t } = useTranslation('models');
  const packs = useEditor((state) => state.packs);
  const machine = useEditor((state) => state.machine);
  const doctor = useDoctor();
  const adding = useAddPack();
  const [chosenId, setChosenId] = useState<string | null>(null);
  useEffect(refreshPacks, []);
  const chosen =
    packs.find(({ id }) => id === chosenId) ?? packs.find(({ video }) => video !== null) ?? packs[0] ?? null;
  return (
    <main className={styles.models} data-region="models" tabIndex={-1} aria-label={t('title')}>
      <Head doctor={doctor} add={adding.add} />
      <div className={styles.packs}>
        {packs.length === 0 ? (
          <EmptyState>{t('none')}</EmptyState>
        ) : (
          <PackTable packs={packs} chosenId={chosen?.id ?? null} choose={setChosenId} />
        )}
        <AddPack adding={adding} />
        <SoundFontRow />
        <DiskUse packs={packs} />
      </div>
      {chosen ? (
        <PackDetail key={chosen.id} pack={chosen} machine={machine} doctor={doctor} />
      ) : (
        <aside className={styles.detail} />
      )}
    </main>
  );
}

interface HeadProps {
  /** Null until the engine has answered. */
  readonly doctor: DoctorReport | null;
  readonly add: (path: string) => Promise<void>;
}

/** Back, what this machine has, and the buttons that add a pack. */
function Head({ doctor, add }: HeadProps) {
  const { t } = useTranslation(['models', 'common']);
  const machine = useEditor((state) => state.machine);
  const gpu = doctor?.providers.find((one) => one.usable && one.provider !== 'cpu');
  const back = () => useEditor.setState((state) => ({ screen: state.document ? 'editor' : 'start' }));
  const choose = async (kind: 'files' | 'folder') => {
    const [path] = await choosePaths({
      title: t(kind === 'files' ? 'installFile' : 'installFolder'),
      kind,
      multiple: false,
      filters: kind === 'files' ? [{ name: t('common:files.packs'), extensions: ['zip', 'whl'] }] : [],
    });
    if (path) await add(path);
  };
  return (
    <div className={styles.head}>
      <IconButton icon={ChevronLeft} label={t('back')} onClick={back} />
      <h2 className={styles.title}>{t('title')}</h2>
      <span className="faint cut">{t('subtitle')}</span>
      <span className="grow" />
      {machine ? (
        <span className={styles.machine}>
          <Chip icon={Cpu}>{t('common:units.cores', { count: machine.cores })}</Chip>
          <Chip icon={MemoryStick}>
            {t('memory', {
              total: gigabytes(machine.memoryTotalBytes),
              free: gigabytes(machine.memoryTotalBytes - machine.memoryUsedBytes),
            })}
          </Chip>
          {doctor ? <Chip icon={Monitor}>{gpu ? gpu.provider.toUpperCase() : t('noGpu')}</Chip> : null}
        </span>
      ) : null}
      <Rule />
      <Button icon={PackagePlus} onClick={() => start(choose('files'))}>
        {t('installFile')}
      </Button>
      <Button icon={FolderOpen} onClick={() => start(choose('folder'))}>
        {t('installFolder')}
      </Button>
    </div>
  );
}

interface PackTableProps {
  readonly packs: readonly PackInfo[];
  readonly chosenId: string | null;
  readonly choose: (packId: string) => void;
}

function PackTable({ packs, chosenId, choose }: PackTableProps) {
  const { t } = useTranslation('models');
  const machine = useEditor((state) => state.machine);
  return (
    <div role="table" aria-label={t('title')}>
      <div role="row" className={styles.columns}>
        <span />
        {(['pack', 'size', 'licence', 'memory', 'fit'] as const).map((column) => (
          <span key={column} role="columnheader">
            {t(`columns.${column}`)}
          </span>
        ))}
        <span />
      </div>
      <div className={styles.groupTitle}>{t('installed')}</div>
      {packs.map((pack) => (
        <PackRow
          key={pack.id}
          pack={pack}
          machine={machine}
          chosen={pack.id === chosenId}
          onChoose={() => choose(pack.id)}
        />
      ))}
    </div>
  );
}

/** How much of the disk the packs take. */
function DiskUse({ packs }: { readonly packs: readonly PackInfo[] }) {
  const { t } = useTranslation('models');
  const machine = useEditor((state) => state.machine);
  const takenBytes = packs.reduce((sum, pack) => sum + pack.sizeBytes, 0);
  return (
    <div className={styles.room}>
      <span className="n">{t('taken', { size: formatBytes(takenBytes) })}</span>
      <ProgressBar
        className="grow"
        fraction={machine ? takenBytes / (takenBytes + machine.diskFreeBytes) : 0}
        label={t('taken', { size: formatBytes(takenBytes) })}
      />
      {machine ? <span className="n">{t('diskFree', { size: formatBytes(machine.diskFreeBytes) })}</span> : null}
    </div>
  );
}
