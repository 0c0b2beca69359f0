import { FolderOpen } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toFailure } from '../../core/contract/errors.ts';
import { choosePaths } from '../services/dialogs.ts';
import { failureSentence, start } from '../services/errors.ts';
import { createProject } from '../services/projects.ts';
import { rateChoices, rateOf, sizeChoices, sizeOf } from '../services/sequenceFormats.ts';
import { useEditor } from '../services/store.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { FormLine } from '../ui/FormLine.tsx';
import { Select } from '../ui/Select.tsx';
import { TextField } from '../ui/TextField.tsx';
import { closeDialog } from './closeDialog.ts';
import { DialogFoot } from './DialogFoot.tsx';
import styles from './Dialogs.module.css';

const forbidden = /[\\/:*?"<>|]/;

/** State of the form. `problem` is why the name cannot be used, else null; `refusal` why creating failed, else null. */
function useNewProject() {
  const { t } = useTranslation('shell');
  const [name, setName] = useState(() => t('newProject.untitled'));
  const [folder, setFolder] = useState<string | null>(null);
  const [size, setSize] = useState('1920x1080');
  const [rate, setRate] = useState('30/1');
  const [refusal, setRefusal] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const place = useEditor((state) => folder ?? state.machine?.projectsFolder ?? '');
  const problem =
    name.trim() === '' ? t('newProject.nameMissing') : forbidden.test(name) ? t('newProject.badName') : null;

  const create = async () => {
    if (problem || busy) return;
    setBusy(true);
    try {
      await createProject({ name: name.trim(), folder, ...sizeOf(size), rate: rateOf(rate) });
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
  const rename = (value: string) => {
    setName(value);
    setRefusal(null);
  };
  return { name, rename, place, chooseFolder, size, setSize, rate, setRate, problem, refusal, busy, create };
}

/** Asks for name, folder, picture size and frame rate, and creates the project. */
export function NewProjectDialog() {
  const { t } = useTranslation(['shell', 'common']);
  const project = useNewProject();
  const { problem, busy, create } = project;
  return (
    <Dialog
      open
      onClose={closeDialog}
      title={t('newProject.title')}
      closeLabel={t('common:close')}
      onPrimary={() => void create()}
      foot={
        <DialogFoot
          note={t('newProject.later')}
          action={t('newProject.create')}
          disabled={problem !== null || busy}
          onAction={() => void create()}
          onCancel={closeDialog}
        />
      }
    >
      <NewProjectForm project={project} />
    </Dialog>
  );
}

function NewProjectForm({ project }: { project: ReturnType<typeof useNewProject> }) {
  const { t } = useTranslation('shell');
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        void project.create();
      }}
    >
      <FormLine label={t('newProject.name')}>
        <TextField
          label={t('newProject.name')}
          value={project.name}
          onChange={project.rename}
          invalid={project.problem !== null}
          data-autofocus
          onFocus={(event) => event.target.select()}
          maxLength={120}
          suffix=".fwproj"
        />
      </FormLine>
      <FormLine label={t('newProject.folder')}>
        <span className="flex gap2">
          <span className="grow cut muted" title={project.place}>
            {project.place}
          </span>
          <Button icon={FolderOpen} onClick={() => start(project.chooseFolder())}>
            {t('newProject.choose')}
          </Button>
        </span>
      </FormLine>
      <FormLine label={t('newProject.size')}>
        <Select label={t('newProject.size')} value={project.size} onChange={project.setSize} options={sizeChoices()} />
      </FormLine>
      <FormLine label={t('newProject.rate')}>
        <Select label={t('newProject.rate')} value={project.rate} onChange={project.setRate} options={rateChoices()} />
      </FormLine>
      <p role="alert" className={styles.problem}>
        {project.problem ?? project.refusal}
      </p>
      <button type="submit" className="hidden" tabIndex={-1} aria-hidden="true" />
    </form>
  );
}
