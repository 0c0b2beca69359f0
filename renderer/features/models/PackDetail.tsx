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
import { usePackText } from '../../services/packTexts.ts';
import { useEditor } from '../../services/store.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Markdown } from '../../ui/Markdown.tsx';
import { classes } from '../../ui/classes.ts';
import dialog from '../../ui/Dialog.module.css';
import { abilitiesOf, FitCell, packIcon } from './PackRow.tsx';
import styles from './ModelsScreen.module.css';

export interface PackDetailProps {
  readonly pack: PackInfo;
  readonly machine: MachineStatus | null;
  readonly doctor: DoctorReport | null;
}

/** Details of one model pack: facts, model card, verification and removal. */
export function PackDetail({ pack, machine, doctor }: PackDetailProps) {
  const { t } = useTranslation('models');
  const name = usePackText()(pack.name);
  return (
    <aside className={styles.detail} aria-label={t('details', { name })}>
      <div className="flex gap3">
        <span className={styles.bigIcon}>
          <Icon of={packIcon(pack)} size={20} />
        </span>
        <div className="grow">
          <h3 className={styles.detailTitle}>{name}</h3>
          <div className="small faint">
            {t('version', { version: pack.version })} · {abilitiesOf(pack, t).join(' · ')}
          </div>
        </div>
      </div>
      {pack.problem ? (
        <p className={styles.refusal} role="alert">
          {sentenceText(pack.problem)}
        </p>
      ) : null}
      <FitCell pack={pack} machine={machine} />
      <Providers doctor={doctor} />
      <PackFacts pack={pack} />
      {pack.cannot.length > 0 ? (
        <section>
          <h4 className={styles.sub}>{t('cannot')}</h4>
          <div className="muted">
            <Points points={pack.cannot} />
          </div>
        </section>
      ) : null}
      <PackActions pack={pack} />
    </aside>
  );
}

/** What models can run on here, with the reason for each provider. */
function Providers({ doctor }: Pick<PackDetailProps, 'doctor'>) {
  const { t } = useTranslation('models');
  return (
    <section>
      <h4 className={styles.sub}>{t('providers')}</h4>
      <div className={styles.providers}>
        {doctor ? (
          doctor.providers.map((one) => [
            <span key={`${one.provider}-name`} className="faint">
              {one.provider.toUpperCase()}
            </span>,
            <span key={one.provider} className={one.usable ? undefined : 'muted'}>
              {sentenceText(one.reason)}
            </span>,
          ])
        ) : (
          <span className={classes('faint', styles.wide)}>{t('asking')}</span>
        )}
      </div>
    </section>
  );
}

function PackFacts({ pack }: Pick<PackDetailProps, 'pack'>) {
  const { t } = useTranslation('models');
  return (
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
  );
}

/** Checks the pack's files against its manifest; `result` is null until a check has ended. */
function useVerification(packId: string) {
  const { t } = useTranslation('models');
  const [result, setResult] = useState<string | null>(null);
  const [checking, setChecking] = useState(false);
  const verify = async () => {
    setChecking(true);
    setResult(null);
    try {
      const { ok, problems } = await engine().call('packs.verify', { packId: packId });
      setResult(ok ? t('verified') : problems.map(sentenceText).join('; '));
    } catch (error) {
      setResult(failureSentence(toFailure(error)));
    } finally {
      setChecking(false);
    }
  };
  return { result, checking, verify };
}

/** Model card, verification and removal. */
function PackActions({ pack }: Pick<PackDetailProps, 'pack'>) {
  const { t, i18n } = useTranslation(['models', 'common']);
  const { result, checking, verify } = useVerification(pack.id);
  const [cardOpen, setCardOpen] = useState(false);
  const [asking, setAsking] = useState(false);
  const name = usePackText()(pack.name);
  return (
    <>
      {result ? (
        <p role="status" className="small">
          {result}
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
        title={`${name} · ${t('card')}`}
        closeLabel={t('common:close')}
        width={720}
        height={640}
      >
        {i18n.language === 'en' ? null : <p className="small muted">{t('cardInEnglish')}</p>}
        <Markdown text={pack.card} />
      </Dialog>
      <RemovePack pack={pack} open={asking} setOpen={setAsking} />
    </>
  );
}

interface RemovePackProps {
  readonly pack: PackInfo;
  readonly open: boolean;
  readonly setOpen: (open: boolean) => void;
}

/** Asks before a pack is removed. */
function RemovePack({ pack, open, setOpen }: RemovePackProps) {
  const { t } = useTranslation(['models', 'common']);
  const name = usePackText()(pack.name);
  const remove = async () => {
    setOpen(false);
    await engine().call('packs.remove', { packId: pack.id });
    useEditor.getState().notify('info', words('models:removed', { name }), { about: 'app' });
    refreshPacks();
  };
  return (
    <AlertDialog.Root open={open} onOpenChange={setOpen}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className={dialog.scrim} />
        <AlertDialog.Popup className={styles.ask}>
          <AlertDialog.Title className={styles.detailTitle}>{t('remove')}</AlertDialog.Title>
          <AlertDialog.Description>{t('removeAsk', { name })}</AlertDialog.Description>
          <div className={styles.askButtons}>
            <Button variant="quiet" onClick={() => setOpen(false)}>
              {t('common:cancel')}
            </Button>
            <Button variant="primary" onClick={() => start(remove())}>
              {t('remove')}
            </Button>
          </div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}

function Points({ points }: { points: readonly string[] }) {
  const text = usePackText();
  return (
    <ul className={styles.points}>
      {points.map((point) => (
        <li key={point}>{text(point)}</li>
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
