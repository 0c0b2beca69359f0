import { AlertDialog } from '@base-ui/react/alert-dialog';
import { ScrollText, ShieldCheck, Trash2 } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { DoctorReport, MachineStatus, PackInfo } from '../../../core/contract/contract.ts';
import { toFailure } from '../../../core/contract/errors.ts';
import { engine } from '../../services/connection.ts';
import { failureSentence, sentenceText, start } from '../../services/errors.ts';
import { formatBytes } from '../../services/format.ts';
import { refreshPacks } from '../../services/machine.ts';
import { words } from '../../services/noticeWords.ts';
import { useEditor } from '../../services/store.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Markdown } from '../../ui/Markdown.tsx';
import dialog from '../../ui/Dialog.module.css';
import { FitCell, packIcon } from './PackRow.tsx';
import styles from './ModelsScreen.module.css';

export interface PackDetailProps {
  readonly pack: PackInfo;
  readonly machine: MachineStatus | null;
  readonly doctor: DoctorReport | null;
}

/** Details of one model pack: facts, model card, verification and removal. */
export function PackDetail({ pack, machine, doctor }: PackDetailProps) {
  const { t } = useTranslation(['models', 'common']);
  const [check, setCheck] = useState<string | null>(null);
  const [checking, setChecking] = useState(false);
  const [cardOpen, setCardOpen] = useState(false);
  const [asking, setAsking] = useState(false);
  const verify = async () => {
    setChecking(true);
    setCheck(null);
    try {
      const { ok, problems } = await engine().call('packs.verify', { packId: pack.id });
      setCheck(ok ? t('verified') : problems.map(sentenceText).join('; '));
    } catch (error) {
      setCheck(failureSentence(toFailure(error)));
    } finally {
      setChecking(false);
    }
  };
  const remove = async () => {
    setAsking(false);
    await engine().call('packs.remove', { packId: pack.id });
    useEditor.getState().notify('info', words('models:removed', { name: pack.name }), { about: 'app' });
    refreshPacks();
  };
  return (
    <aside className={styles.detail} aria-label={t('details', { name: pack.name })}>
      <div className="flex gap3">
        <span className={styles.bigIcon}>
          <Icon of={packIcon(pack)} size={20} />
        </span>
        <div className="grow">
          <h3 className={styles.detailTitle}>{pack.name}</h3>
          <div className="small faint">
            {t('version', { version: pack.version })} · {pack.families.join(', ')}
          </div>
        </div>
      </div>
      {pack.problem ? (
        <p className={styles.refusal} role="alert">
          {sentenceText(pack.problem)}
        </p>
      ) : null}
      <FitCell pack={pack} machine={machine} />
      <section>
        <h4 className={styles.sub}>{t('providers')}</h4>
        <div className={styles.providers}>
          {doctor ? (
            doctor.providers.map((one) => [
              <span key={`${one.provider}-name`} className="faint">
                {one.provider.toUpperCase()}
              </span>,
              <span key={one.provider} className={one.usable ? undefined : 'muted'}>
                {one.reason}
              </span>,
            ])
          ) : (
            <span className="faint">{t('asking')}</span>
          )}
        </div>
      </section>
      <dl className={styles.facts}>
        <Fact name={t('can')}>
          <Points points={pack.can} />
        </Fact>
        {pack.video ? (
          <Fact name={t('madeAt')}>
            {t('madeAtValue', {
              width: pack.video.width,
              height: pack.video.height,
              fps: pack.video.fps,
              seconds: (pack.video.maxFrames / pack.video.fps).toFixed(1),
            })}
          </Fact>
        ) : null}
        <Fact name={t('columns.memory')}>
          <span className="n">{formatBytes(pack.memoryBytes)}</span>
        </Fact>
        <Fact name={t('columns.size')}>
          <span className="n">{formatBytes(pack.sizeBytes)}</span>
        </Fact>
        <Fact name={t('columns.licence')}>{pack.licence}</Fact>
      </dl>
      {pack.cannot.length > 0 ? (
        <section>
          <h4 className={styles.sub}>{t('cannot')}</h4>
          <div className="muted">
            <Points points={pack.cannot} />
          </div>
        </section>
      ) : null}
      {check ? (
        <p role="status" className="small">
          {check}
        </p>
      ) : null}
      <span className="grow" />
      <div className="flex gap2">
        <Button size="s" variant="quiet" icon={ScrollText} onClick={() => setCardOpen(true)}>
          {t('card')}
        </Button>
        <Button size="s" variant="quiet" icon={ShieldCheck} disabled={checking} onClick={() => void verify()}>
          {checking ? t('verifying') : t('verify')}
        </Button>
        {pack.builtIn ? null : (
          <Button size="s" variant="quiet" icon={Trash2} onClick={() => setAsking(true)}>
            {t('remove')}
          </Button>
        )}
      </div>
      <Dialog
        open={cardOpen}
        onClose={() => setCardOpen(false)}
        title={`${pack.name} · ${t('card')}`}
        closeLabel={t('common:close')}
        width={720}
        height={640}
      >
        <Markdown text={pack.card} />
      </Dialog>
      <AlertDialog.Root open={asking} onOpenChange={setAsking}>
        <AlertDialog.Portal>
          <AlertDialog.Backdrop className={dialog.scrim} />
          <AlertDialog.Popup className={styles.ask}>
            <AlertDialog.Title className={styles.detailTitle}>{t('remove')}</AlertDialog.Title>
            <AlertDialog.Description>{t('removeAsk', { name: pack.name })}</AlertDialog.Description>
            <div className={styles.askButtons}>
              <Button variant="quiet" onClick={() => setAsking(false)}>
                {t('common:cancel')}
              </Button>
              <Button variant="primary" onClick={() => start(remove())}>
                {t('remove')}
              </Button>
            </div>
          </AlertDialog.Popup>
        </AlertDialog.Portal>
      </AlertDialog.Root>
    </aside>
  );
}

function Points({ points }: { points: readonly string[] }) {
  return (
    <ul className={styles.points}>
      {points.map((point) => (
        <li key={point}>{point}</li>
      ))}
    </ul>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}
