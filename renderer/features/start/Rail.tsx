import { Film, Keyboard, Package } from 'lucide-react';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { formatDuration } from '../../../core/time/timecode.ts';
import type { RecentProject } from '../../../core/contract/contract.ts';
import { ActionTextButton } from '../../actions/ActionButton.tsx';
import { engine } from '../../services/connection.ts';
import { start } from '../../services/errors.ts';
import { openProject } from '../../services/projects.ts';
import { useRecent } from '../../services/recent.ts';
import { useEditor } from '../../services/store.ts';
import { Badge } from '../../ui/Chip.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Logo } from '../../ui/Logo.tsx';
import { editedWords } from './editedWords.ts';
import styles from './StartScreen.module.css';

/** The left side: who we are, new, open, and what was open before. */
export function Rail() {
  const { t } = useTranslation('start');
  return (
    <aside className={styles.rail} data-region="rail" aria-label={t('recent')} tabIndex={-1}>
      <div>
        <Logo size={40} />
        <h1 className={styles.brand}>Framewright</h1>
        <p className={styles.tagline}>{t('tagline')}</p>
      </div>
      <div className={styles.mainButtons}>
        <ActionTextButton action="file.new" variant="primary" size="l" withShortcut className={styles.wide}>
          <span className="grow">{t('newProject')}</span>
        </ActionTextButton>
        <ActionTextButton action="file.open" size="l" withShortcut className={styles.wide}>
          <span className="grow">{t('open')}</span>
        </ActionTextButton>
      </div>
      <Recent />
      <div className={styles.railFoot}>
        <ActionTextButton action="ai.models" variant="quiet" size="s" icon={Package}>
          {t('largerModels')}
        </ActionTextButton>
        <ActionTextButton action="help.shortcuts" variant="quiet" size="s" icon={Keyboard}>
          {t('shortcuts')}
        </ActionTextButton>
      </div>
    </aside>
  );
}

function Recent() {
  const { t } = useTranslation('start');
  const { projects, asked } = useRecent();
  const language = useEditor((state) => state.language);
  return (
    <div className={styles.recents}>
      <h2 className="small faint" style={{ paddingBottom: 4 }}>
        {t('recent')}
      </h2>
      {asked && projects.length === 0 ? <p className="faint">{t('noRecent')}</p> : null}
      <ul>
        {projects.map((project) => (
          <li key={project.folder}>
            <button
              type="button"
              className={styles.recent}
              title={project.folder}
              onClick={() => start(openProject(project.folder))}
            >
              <Poster project={project} />
              <span className="grow">
                <span className={styles.recentName}>{project.name}</span>
                <span className={styles.recentMeta}>
                  {formatDuration(project.durationSeconds)} ·{' '}
                  {editedWords(project.editedAt, new Date(), language, t as TFunction<'start'>)}
                </span>
              </span>
              {project.missingCount > 0 ? (
                <Badge tone="warn">{t('moved', { count: project.missingCount })}</Badge>
              ) : null}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Poster({ project }: { project: RecentProject }) {
  return (
    <span className={styles.poster}>
      {project.thumbnailUrl ? (
        <img src={engine().url(project.thumbnailUrl)} alt="" loading="lazy" />
      ) : (
        <Icon of={Film} size={16} />
      )}
    </span>
  );
}
