import { CircleAlert, Info, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { formatClock } from '../services/format.ts';
import { useEditor } from '../services/store.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Icon } from '../ui/Icon.tsx';
import { closeDialog } from './closeDialog.ts';
import styles from './Dialogs.module.css';

const icons = { info: Info, warning: TriangleAlert, error: CircleAlert } as const;

/** Everything that was said, newest first, until it is cleared: no message is only a flash. */
export function NoticesDialog() {
  const { t } = useTranslation(['shell', 'common']);
  const notices = useEditor((state) => state.notices);
  const language = useEditor((state) => state.language);
  return (
    <Dialog
      open
      onClose={closeDialog}
      title={t('notices.title')}
      closeLabel={t('common:close')}
      width={600}
      foot={
        <>
          <Button disabled={notices.length === 0} onClick={() => useEditor.setState({ notices: [] })}>
            {t('notices.clear')}
          </Button>
          <Button variant="primary" onClick={closeDialog}>
            {t('common:close')}
          </Button>
        </>
      }
    >
      {notices.length === 0 ? (
        <p className={styles.empty}>{t('notices.empty')}</p>
      ) : (
        <ul className={styles.list}>
          {notices.toReversed().map((notice) => (
            <li key={notice.id} className={styles.notice}>
              <span className={styles[notice.level]} role="img" aria-label={t(`notices.${notice.level}`)}>
                <Icon of={icons[notice.level]} />
              </span>
              <p>{notice.message}</p>
              <time className="small faint n" dateTime={notice.at}>
                {formatClock(notice.at, language)}
              </time>
            </li>
          ))}
        </ul>
      )}
    </Dialog>
  );
}
