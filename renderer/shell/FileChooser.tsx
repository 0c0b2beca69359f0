import { ArrowUp, Clapperboard, File, Folder } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FolderListing } from '../../core/contract/contract.ts';
import { toFailure } from '../../core/contract/errors.ts';
import { engine } from '../services/connection.ts';
import { useChooser, type ChooserRequest } from '../services/dialogs.ts';
import { failureSentence } from '../services/errors.ts';
import { formatBytes, joinPath } from '../services/format.ts';
import { Button } from '../ui/Button.tsx';
import { classes } from '../ui/classes.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { Icon } from '../ui/Icon.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { TextField } from '../ui/TextField.tsx';
import styles from './FileChooser.module.css';

type Entry = FolderListing['entries'][number];

/** Folders of this machine, listed by the engine: a browser's own chooser never tells where a file lies. */
export function FileChooser({ request }: { request: ChooserRequest }) {
  const { t } = useTranslation(['shell', 'common']);
  const [folder, setFolder] = useState<string | null>(() => useChooser.getState().lastFolder);
  const [listing, setListing] = useState<FolderListing | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [path, setPath] = useState('');
  const [name, setName] = useState(request.mode === 'save' ? request.suggestedName : '');

  useEffect(() => {
    let wanted = true;
    engine()
      .call('files.list', { folder })
      .then(
        (answer) => {
          if (!wanted) return;
          setListing(answer);
          setPath(answer.folder);
          setRefusal(null);
          setChosen([]);
          useChooser.setState({ lastFolder: answer.folder });
        },
        (error: unknown) => {
          if (wanted) setRefusal(t('chooser.unreadable', { reason: failureSentence(toFailure(error)) }));
        },
      );
    return () => {
      wanted = false;
    };
  }, [folder, t]);

  const finish = (paths: readonly string[]) => {
    useChooser.setState({ request: null });
    if (request.mode === 'open') request.answer(paths);
    else request.answer(paths[0] ?? null);
  };
  const entries = (listing?.entries ?? []).filter((entry) => isOffered(entry, request));
  const choosable = (entry: Entry) =>
    request.mode === 'open' &&
    (request.kind === 'project' ? entry.isProject : request.kind === 'files' && !entry.isFolder);
  const press = (entry: Entry, add: boolean) => {
    if (request.mode === 'save' && !entry.isFolder) return setName(entry.name);
    if (!choosable(entry)) return setChosen([]);
    const many = request.mode === 'open' && request.multiple && add;
    setChosen(
      many
        ? chosen.includes(entry.path)
          ? chosen.filter((one) => one !== entry.path)
          : [...chosen, entry.path]
        : [entry.path],
    );
  };
  const enter = (entry: Entry) => {
    if (choosable(entry)) finish(chosen.length > 1 ? chosen : [entry.path]);
    else if (entry.isFolder) setFolder(entry.path);
  };
  const answer =
    request.mode === 'save'
      ? listing && name.trim()
        ? [joinPath(listing.folder, name.trim())]
        : null
      : request.kind === 'folder'
        ? listing
          ? [listing.folder]
          : null
        : chosen.length > 0
          ? chosen
          : null;

  return (
    <Dialog
      open
      onClose={() => finish([])}
      title={request.title}
      closeLabel={t('common:close')}
      width={680}
      height={520}
      className={styles.chooser}
      onPrimary={() => {
        if (answer) finish(answer);
      }}
      foot={
        <>
          <span className="small faint grow">
            {chosen.length > 0 ? t('chooser.selected', { count: chosen.length }) : ''}
          </span>
          <Button variant="quiet" onClick={() => finish([])}>
            {t('common:cancel')}
          </Button>
          <Button
            variant="primary"
            disabled={!answer}
            onClick={() => {
              if (answer) finish(answer);
            }}
          >
            {request.mode === 'save'
              ? t('common:save')
              : request.kind === 'folder'
                ? t('chooser.chooseThis')
                : t('chooser.choose')}
          </Button>
        </>
      }
    >
      <form
        className={styles.bar}
        onSubmit={(event) => {
          event.preventDefault();
          setFolder(path);
        }}
      >
        <IconButton
          icon={ArrowUp}
          label={t('chooser.up')}
          disabled={!listing?.parent}
          onClick={() => {
            if (listing?.parent) setFolder(listing.parent);
          }}
        />
        <TextField className="grow" label={t('chooser.path')} value={path} onChange={setPath} />
      </form>
      {refusal ? (
        <p role="alert" className={styles.refusal}>
          {refusal}
        </p>
      ) : null}
      <div
        className={styles.list}
        role="listbox"
        aria-label={t('chooser.path')}
        aria-multiselectable={request.mode === 'open' && request.multiple}
      >
        {entries.map((entry) => (
          <button
            key={entry.path}
            type="button"
            role="option"
            aria-selected={chosen.includes(entry.path)}
            className={classes(styles.entry, chosen.includes(entry.path) && styles.chosen)}
            onClick={(event) => press(entry, event.ctrlKey || event.metaKey || event.shiftKey)}
            onDoubleClick={() => enter(entry)}
            onKeyDown={(event) => {
              if (event.key === 'Enter') {
                event.preventDefault();
                enter(entry);
              }
              const next =
                event.key === 'ArrowDown'
                  ? event.currentTarget.nextElementSibling
                  : event.key === 'ArrowUp'
                    ? event.currentTarget.previousElementSibling
                    : null;
              if (next) {
                event.preventDefault();
                (next as HTMLElement).focus();
              }
            }}
          >
            <Icon of={entry.isProject ? Clapperboard : entry.isFolder ? Folder : File} />
            <span className="cut">{entry.name}</span>
            <span className="small faint n">{entry.isFolder ? '' : formatBytes(entry.sizeBytes)}</span>
          </button>
        ))}
        {listing && entries.length === 0 ? <p className={styles.empty}>{t('chooser.empty')}</p> : null}
      </div>
      {request.mode === 'save' ? (
        <div className={styles.name}>
          <span className="muted">{t('chooser.name')}</span>
          <TextField className="grow" label={t('chooser.name')} value={name} onChange={setName} data-autofocus />
        </div>
      ) : null}
    </Dialog>
  );
}

/** Folders always, so that one can go into them; files by their ending. Hidden files stay hidden. */
function isOffered(entry: Entry, request: ChooserRequest): boolean {
  if (entry.name.startsWith('.')) return false;
  if (entry.isFolder) return request.mode === 'open' && request.kind === 'project' ? true : !entry.isProject;
  if (request.mode === 'open' && request.kind !== 'files') return false;
  const endings = request.filters.flatMap((filter) => filter.extensions);
  const ending = entry.name.slice(entry.name.lastIndexOf('.') + 1).toLowerCase();
  return endings.length === 0 || endings.includes('*') || endings.includes(ending);
}
