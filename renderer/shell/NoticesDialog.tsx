import { CircleAlert, Info, TriangleAlert } from 'lucide-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { Notice } from '../services/editor.ts';
import { noticeLine } from '../services/errors.ts';
import { takeOffer } from '../services/matchSequence.ts';
import { inOrder } from '../services/notices.ts';
import { formatClock } from '../services/format.ts';
import { useEditor } from '../services/store.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Icon } from '../ui/Icon.tsx';
import { closeDialog } from './closeDialog.ts';
import styles from './Dialogs.module.css';

const icons = { info: Info, warning: TriangleAlert, error: CircleAlert } as const;

/** All notices, errors first, until they are cleared: no message only flashes by. */
export function NoticesDialog() {
  const { t } = useTranslation(['shell', 'common']);
  const notices = useEditor((state) => state.notices);
  const language = useEditor((state) => state.language);
  useEffect(() => {
    useEditor.setState((state) => ({ notices: state.notices.map((notice) => ({ ...notice, seen: true })) }));
  }, []);
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
          {inOrder(notices).map((notice) => (
            <li key={notice.id} className={styles.notice}>
              <span className={styles[notice.level]} role="img" aria-label={t(`notices.${notice.level}`)}>
                <Icon of={icons[notice.level]} />
              </span>
              <p>
                {noticeLine(notice)}
                <Offer notice={notice} />
              </p>
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

function Offer({ notice: { id, offer } }: { notice: Notice }) {
  const { t } = useTranslation('shell');
  if (!offer) return null;
  return (
    <>
      {' '}
      <Button size="s" onClick={() => takeOffer(id, offer)}>
        {t(`notices.offer.${offer.kind}`)}
      </Button>
    </>
  );
}
