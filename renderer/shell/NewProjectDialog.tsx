import { FolderOpen } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toFailure } from '../../core/contract/errors.ts';
import { commonRates, formatRate } from '../../core/time/ticks.ts';
import { choosePaths } from '../services/dialogs.ts';
import { failureSentence, start } from '../services/errors.ts';
import { createProject } from '../services/projects.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { FormLine } from '../ui/FormLine.tsx';
import { Select } from '../ui/Select.tsx';
import { TextField } from '../ui/TextField.tsx';
import { closeDialog } from './closeDialog.ts';
import styles from './Dialogs.module.css';

const sizes = ['1920x1080', '1280x720', '3840x2160', '1080x1920', '1080x1080', '1440x1080'] as const;
type Size = (typeof sizes)[number];
const forbidden = /[\\/:*?"<>|]/;

export function NewProjectDialog() {
  const { t } = useTranslation(['shell', 'common']);
  const [name, setName] = useState(() => t('newProject.untitled'));
  const [folder, setFolder] = useState<string | null>(null);
  const [size, setSize] = useState<Size>('1920x1080');
  const [rate, setRate] = useState('30/1');
  const [refusal, setRefusal] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const problem = name.trim() === '' ? t('newProject.nameMissing') : forbidden.test(name) ? t('newProject.badName') : null;

  const create = async () => {
    if (problem || busy) return;
    const [width, height] = size.split('x').map(Number) as [number, number];
    const [num, den] = rate.split('/').map(Number) as [number, number];
    setBusy(true);
    try {
      await createProject({ name: name.trim(), folder, width, height, rate: { num, den } });
      closeDialog();
    } catch (error) {
      setRefusal(failureSentence(toFailure(error)));
      setBusy(false);
    }
  };
  const chooseFolder = async () => {
    const [path] = await choosePaths({ title: t('chooser.folderTitle'), kind: 'folder', multiple: false, filters: [] });
    if (path) setFolder(path);
  };
  return (
    <Dialog
      open onClose={closeDialog} title={t('newProject.title')} closeLabel={t('common:close')} onPrimary={() => void create()}
      foot={<><span className="small faint grow">{t('newProject.later')}</span><Button variant="quiet" onClick={closeDialog}>{t('common:cancel')}</Button><Button variant="primary" disabled={problem !== null || busy} onClick={() => void create()}>{t('newProject.create')}</Button></>}
    >
      <form className={styles.form} onSubmit={(event) => { event.preventDefault(); void create(); }}>
        <FormLine label={t('newProject.name')}>
          <TextField label={t('newProject.name')} value={name} onChange={(value) => { setName(value); setRefusal(null); }} invalid={problem !== null} data-autofocus onFocus={(event) => event.target.select()} maxLength={120} suffix=".fwproj" />
        </FormLine>
        <FormLine label={t('newProject.folder')}>
          <span className="flex gap2">
            <span className="grow cut muted" title={folder ?? undefined}>{folder ?? t('newProject.defaultFolder')}</span>
            <Button icon={FolderOpen} onClick={() => start(chooseFolder())}>{t('newProject.choose')}</Button>
          </span>
        </FormLine>
        <FormLine label={t('newProject.size')}>
          <Select label={t('newProject.size')} value={size} onChange={setSize} options={sizes.map((value) => ({ value, label: value.replace('x', ' × ') }))} />
        </FormLine>
        <FormLine label={t('newProject.rate')}>
          <Select label={t('newProject.rate')} value={rate} onChange={setRate} options={commonRates.map((one) => ({ value: `${one.num}/${one.den}`, label: `${formatRate(one)} fps` }))} />
        </FormLine>
        <p role="alert" className={styles.problem}>{problem ?? refusal}</p>
        <button type="submit" className="hidden" tabIndex={-1} aria-hidden="true" />
      </form>
    </Dialog>
  );
}
