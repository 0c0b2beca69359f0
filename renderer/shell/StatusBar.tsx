import {
  Bell,
  Check,
  CloudAlert,
  Cpu,
  FileX,
  HardDrive,
  Languages,
  Lock,
  Moon,
  Sun,
  TriangleAlert,
  WifiOff,
} from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { formatRate } from '../../core/time/ticks.ts';
import { setLanguage, setTheme } from '../services/appearance.ts';
import { noticeLine, start } from '../services/errors.ts';
import { formatBytes, formatClock, gigabytes } from '../services/format.ts';
import { useImporting } from '../services/importing.ts';
import { setLayout } from '../services/layout.ts';
import { topNotice } from '../services/notices.ts';
import { openProject } from '../services/projects.ts';
import { sequenceOf } from '../services/selectors.ts';
import { useEditor } from '../services/store.ts';
import { useViewerWork } from '../services/viewerWork.ts';
import { classes } from '../ui/classes.ts';
import { Icon } from '../ui/Icon.tsx';
import { Tooltip } from '../ui/Tooltip.tsx';
import { JobSummary } from './JobSummary.tsx';
import styles from './StatusBar.module.css';
import { version } from '../services/version.ts';

/** Sums up: what is being made, on what, and that it is saved. The states themselves stand on the clips. */
export function StatusBar() {
  const { t } = useTranslation(['shell', 'common']);
  const inEditor = useEditor((state) => state.document !== null && state.screen !== 'start');
  return (
    <footer className={styles.bar} data-region="status" tabIndex={-1} aria-label={t('regions.status')}>
      <Tooltip label={t('common:nothingLeaves')} side="top">
        <span className={styles.offline} tabIndex={0}>
          <Icon of={WifiOff} size={13} />
          {t('common:offline')}
        </span>
      </Tooltip>
      <Machine withMemory={inEditor} />
      {inEditor ? (
        <>
          <Importing />
          <Working />
          <JobSummary />
        </>
      ) : null}
      {inEditor ? <Missing /> : null}
      <Notices />
      <span className="grow" />
      {inEditor ? (
        <>
          <Format />
          <Disk />
          <Saved />
        </>
      ) : (
        <Preferences />
      )}
    </footer>
  );
}

function Machine({ withMemory }: { withMemory: boolean }) {
  const { t } = useTranslation(['shell', 'common']);
  const machine = useEditor((state) => state.machine);
  const connection = useEditor((state) => state.connection);
  const setSession = useEditor((state) => state.setSession);
  if (connection !== 'open' && machine)
    return (
      <span className={styles.warn} role="status">
        <Icon of={CloudAlert} size={13} />
        {t('reconnecting')}
      </span>
    );
  if (!machine) return null;
  return (
    <Tooltip label={t('status.device')} side="top">
      <button type="button" className={styles.item} onClick={() => setSession({ dialog: 'about' })}>
        <Icon of={Cpu} size={13} />
        {machine.device} · {t('common:units.cores', { count: machine.cores })}
        {withMemory ? (
          <span className={styles.spare}>
            <span className="faint n">
              {t('status.memory', {
                used: gigabytes(machine.memoryUsedBytes),
                total: gigabytes(machine.memoryTotalBytes),
              })}
            </span>
          </span>
        ) : null}
      </button>
    </Tooltip>
  );
}

function Importing() {
  const { t } = useTranslation('shell');
  const count = useImporting((state) => state.count);
  return count === 0 ? null : (
    <>
      <i className={styles.line} />
      <span className={styles.item} role="status">
        {t('importing', { count })}
      </span>
    </>
  );
}

/** A state, not a notice: it stays as long as files are missing. */
function Missing() {
  const { t } = useTranslation('shell');
  const missing = useEditor((state) => state.missingMediaIds);
  if (missing.length === 0) return null;
  const show = () => {
    const { selection, setSession } = useEditor.getState();
    setLayout({ binOpen: true });
    setSession({ binTab: 'media', selection: { ...selection, mediaIds: missing } });
  };
  return (
    <>
      <i className={styles.line} />
      <button type="button" className={classes(styles.item, styles.warn)} title={t('missingHint')} onClick={show}>
        <Icon of={FileX} size={13} />
        {t('missingMedia', { count: missing.length })}
      </button>
    </>
  );
}

function Notices() {
  const { t } = useTranslation(['shell', 'common']);
  const notices = useEditor((state) => state.notices);
  // words are made when they are shown
  useEditor((state) => state.language);
  const setSession = useEditor((state) => state.setSession);
  const top = topNotice(notices);
  const unseen = notices.filter((notice) => !notice.seen).length;
  return (
    <span aria-live="polite" className={styles.notices}>
      {top ? (
        <button
          type="button"
          className={classes(styles.item, top.level !== 'info' && styles.warn)}
          title={noticeLine(top)}
          onClick={() => setSession({ dialog: 'notices' })}
        >
          <Icon of={top.level === 'info' ? Bell : TriangleAlert} size={13} />
          <span className="cut">{noticeLine(top)}</span>
          {unseen > 1 ? <span className="faint n">{t('status.notices', { count: unseen })}</span> : null}
        </button>
      ) : null}
    </span>
  );
}

/** What the viewer waits for, in the editor's own words. */
function Working() {
  const { t } = useTranslation('viewer');
  const work = useViewerWork((state) => (state.work === 'reading' ? state.work : null));
  return work === null ? null : (
    <>
      <i className={styles.line} />
      <span className={styles.item} role="status">
        {t(`work.${work}`)}
      </span>
    </>
  );
}

function Format() {
  const { t } = useTranslation(['shell', 'common']);
  const sequence = useEditor(sequenceOf);
  if (!sequence) return null;
  return (
    <span className={styles.spare}>
      <span className={classes(styles.item, 'faint', 'n')}>
        {t('status.format', { width: sequence.width, height: sequence.height, rate: formatRate(sequence.rate) })}
      </span>
      <i className={styles.line} />
    </span>
  );
}

function Disk() {
  const { t } = useTranslation(['shell', 'common']);
  const free = useEditor((state) => state.machine?.diskFreeBytes);
  if (free === undefined) return null;
  return (
    <>
      <span className={classes(styles.item, 'n')} title={t('status.diskFreeHint')}>
        <Icon of={HardDrive} size={13} />
        {t('status.diskFree', { size: formatBytes(free) })}
      </span>
      <i className={styles.line} />
    </>
  );
}

function Saved() {
  const { t } = useTranslation(['shell', 'common']);
  const savedAt = useEditor((state) => state.savedAt);
  const unsaved = useEditor((state) => state.unsavedCount);
  const readOnly = useEditor((state) => state.readOnly);
  const language = useEditor((state) => state.language);
  const folder = useEditor((state) => state.folder);
  if (readOnly)
    return (
      <button
        type="button"
        className={classes(styles.item, styles.warn)}
        title={t('takeOver')}
        onClick={() => {
          if (folder) start(openProject(folder));
        }}
      >
        <Icon of={Lock} size={13} />
        {t('readOnly')}
      </button>
    );
  if (unsaved > 0) return <span className={styles.item}>{t('unsaved', { count: unsaved })}</span>;
  return (
    <span className={styles.item}>
      <Icon of={Check} size={13} />
      {savedAt ? (
        <>
          {t('saved')} <span className="tc">{formatClock(savedAt, language)}</span>
        </>
      ) : (
        t('saved')
      )}
    </span>
  );
}

/** On the start screen: language, theme and version. */
function Preferences() {
  const { t } = useTranslation('start');
  const theme = useEditor((state) => state.theme);
  const language = useEditor((state) => state.language);
  return (
    <>
      <button
        type="button"
        className={styles.item}
        title={t('switchLanguage')}
        onClick={() => setLanguage(language === 'en' ? 'zh' : 'en')}
      >
        <Icon of={Languages} size={13} />
        {language === 'en' ? t('english') : t('chinese')}
      </button>
      <i className={styles.line} />
      <button
        type="button"
        className={styles.item}
        title={t('switchTheme')}
        onClick={() => setTheme(theme === 'dark' ? 'light' : 'dark')}
      >
        <Icon of={theme === 'dark' ? Moon : Sun} size={13} />
        {t(theme)}
      </button>
      <i className={styles.line} />
      <span className={classes(styles.item, 'faint', 'n')}>{version}</span>
    </>
  );
}
