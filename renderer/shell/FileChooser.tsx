import { ArrowUp, Clapperboard, File, Folder } from 'lucide-react';
import { useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react';
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

/** The listing of a folder, null until the first arrives, and why a folder cannot be read. */
function useFolder(onOpened: (listing: FolderListing, asked: string | null) => void) {
  const { t } = useTranslation('shell');
  const [folder, setFolder] = useState<string | null>(() => useChooser.getState().lastFolder);
  const [listing, setListing] = useState<FolderListing | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const opened = useRef(onOpened);
  opened.current = onOpened;
  useEffect(() => {
    let wanted = true;
    engine()
      .call('files.list', { folder })
      .then(
        (answer) => {
          if (!wanted) return;
          setListing(answer);
          setRefusal(null);
          opened.current(answer, folder);
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
  return { listing, refusal, setFolder };
}

function finish(request: ChooserRequest, paths: readonly string[]): void {
  useChooser.setState({ request: null });
  if (request.mode === 'open') request.answer(paths);
  else request.answer(paths[0] ?? null);
}

/** The paths that the Choose button would answer; null while there are none. */
function answerOf(
  request: ChooserRequest,
  listing: FolderListing | null,
  name: string,
  chosen: readonly string[],
): readonly string[] | null {
  if (request.mode === 'save') return listing && name.trim() ? [joinPath(listing.folder, name.trim())] : null;
  if (request.kind === 'folder') return listing ? [listing.folder] : null;
  return chosen.length > 0 ? chosen : null;
}

function isChoosable(entry: Entry, request: ChooserRequest): boolean {
  if (request.mode !== 'open') return false;
  return request.kind === 'project' ? entry.isProject : request.kind === 'files' && !entry.isFolder;
}

/** Lists folders of this machine through the engine, since a browser's own chooser does not tell paths. */
export function FileChooser({ request }: { request: ChooserRequest }) {
  const { t } = useTranslation(['shell', 'common']);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  /** What the person has typed over the folder's path and not yet gone to; null while nothing is. */
  const [typed, setTyped] = useState<string | null>(null);
  const [name, setName] = useState(request.mode === 'save' ? request.suggestedName : '');
  const { listing, refusal, setFolder } = useFolder((_, asked) => {
    // a folder that arrives late takes nothing away from what is being typed
    setTyped((now) => (now === asked ? null : now));
    setChosen([]);
  });
  const goTo = (folder: string | null) => {
    setTyped(null);
    setFolder(folder);
  };
  const answer = answerOf(request, listing, name, chosen);
  const submit = () => {
    if (answer) finish(request, answer);
  };
  const press = (entry: Entry, add: boolean) => {
    if (request.mode === 'save' && !entry.isFolder) return setName(entry.name);
    if (!isChoosable(entry, request)) return setChosen([]);
    if (request.mode !== 'open' || !request.multiple || !add) return setChosen([entry.path]);
    setChosen(chosen.includes(entry.path) ? chosen.filter((one) => one !== entry.path) : [...chosen, entry.path]);
  };
  const enter = (entry: Entry) => {
    if (isChoosable(entry, request)) finish(request, chosen.length > 1 ? chosen : [entry.path]);
    else if (entry.isFolder) goTo(entry.path);
  };
  return (
    <Dialog
      open
      onClose={() => finish(request, [])}
      title={request.title}
      closeLabel={t('common:close')}
      width={680}
      height={520}
      className={styles.chooser}
      onPrimary={submit}
      foot={<Foot request={request} chosenCount={chosen.length} submit={answer ? submit : null} />}
    >
      <PathBar
        path={typed ?? listing?.folder ?? ''}
        opened={typed === null ? (listing?.folder ?? null) : null}
        setPath={setTyped}
        parent={listing?.parent ?? null}
        submit={setFolder}
        goUp={goTo}
      />
      {refusal ? <Refusal words={refusal} /> : null}
      <EntryList request={request} listing={listing} chosen={chosen} press={press} enter={enter} />
      {request.mode === 'save' ? (
        <div className={styles.name}>
          <span className="muted">{t('chooser.name')}</span>
          <TextField className="grow" label={t('chooser.name')} value={name} onChange={setName} data-autofocus />
        </div>
      ) : null}
    </Dialog>
  );
}

/** Why a folder cannot be listed. */
function Refusal({ words }: { words: string }) {
  return (
    <p role="alert" className={styles.refusal}>
      {words}
    </p>
  );
}

function Foot({
  request,
  chosenCount,
  submit,
}: {
  request: ChooserRequest;
  chosenCount: number;
  submit: (() => void) | null;
}) {
  const { t } = useTranslation(['shell', 'common']);
  return (
    <>
      <span className="small faint grow">{chosenCount > 0 ? t('chooser.selected', { count: chosenCount }) : ''}</span>
      <Button variant="quiet" onClick={() => finish(request, [])}>
        {t('common:cancel')}
      </Button>
      <Button variant="primary" disabled={!submit} onClick={submit ?? undefined}>
        {request.mode === 'save'
          ? t('common:save')
          : request.kind === 'folder'
            ? t('chooser.chooseThis')
            : t('chooser.choose')}
      </Button>
    </>
  );
}

interface PathBarProps {
  readonly path: string;
  /** The folder that is shown; null while another path is typed. */
  readonly opened: string | null;
  readonly setPath: (path: string) => void;
  /** Null at the root and until the first listing. */
  readonly parent: string | null;
  readonly submit: (folder: string) => void;
  readonly goUp: (parent: string | null) => void;
}

function PathBar({ path, opened, setPath, parent, submit, goUp }: PathBarProps) {
  const { t } = useTranslation('shell');
  const field = useRef<HTMLInputElement>(null);
  // a path that arrives in a field with the focus is selected, so that what is typed next takes its place
  useLayoutEffect(() => {
    if (opened !== null && field.current === document.activeElement) field.current?.select();
  }, [opened]);
  return (
    <form
      className={styles.bar}
      onSubmit={(event) => {
        event.preventDefault();
        submit(path);
      }}
    >
      <IconButton icon={ArrowUp} label={t('chooser.up')} disabled={parent === null} onClick={() => goUp(parent)} />
      <TextField ref={field} className="grow" label={t('chooser.path')} value={path} onChange={setPath} />
    </form>
  );
}

interface EntryActions {
  readonly press: (entry: Entry, add: boolean) => void;
  readonly enter: (entry: Entry) => void;
}

interface EntryListProps extends EntryActions {
  readonly request: ChooserRequest;
  readonly listing: FolderListing | null;
  readonly chosen: readonly string[];
}

function EntryList({ request, listing, chosen, press, enter }: EntryListProps) {
  const { t } = useTranslation('shell');
  const entries = (listing?.entries ?? []).filter((entry) => isOffered(entry, request));
  return (
    <div
      className={styles.list}
      role="listbox"
      aria-label={t('chooser.path')}
      aria-multiselectable={request.mode === 'open' && request.multiple}
    >
      {entries.map((entry) => (
        <EntryRow key={entry.path} entry={entry} chosen={chosen.includes(entry.path)} press={press} enter={enter} />
      ))}
      {listing && entries.length === 0 ? <p className={styles.empty}>{t('chooser.empty')}</p> : null}
    </div>
  );
}

function EntryRow({ entry, chosen, press, enter }: EntryActions & { readonly entry: Entry; readonly chosen: boolean }) {
  return (
    <button
      type="button"
      role="option"
      aria-selected={chosen}
      className={classes(styles.entry, chosen && styles.chosen)}
      onClick={(event) => press(entry, event.ctrlKey || event.metaKey || event.shiftKey)}
      onDoubleClick={() => enter(entry)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') {
          event.preventDefault();
          enter(entry);
        } else focusNeighbour(event);
      }}
    >
      <Icon of={entry.isProject ? Clapperboard : entry.isFolder ? Folder : File} />
      <span className="cut">{entry.name}</span>
      <span className="small faint n">{entry.isFolder ? '' : formatBytes(entry.sizeBytes)}</span>
    </button>
  );
}

/** The arrow keys move the focus along the list. */
function focusNeighbour(event: KeyboardEvent<HTMLElement>): void {
  const { currentTarget, key } = event;
  const next =
    key === 'ArrowDown'
      ? currentTarget.nextElementSibling
      : key === 'ArrowUp'
        ? currentTarget.previousElementSibling
        : null;
  if (!next) return;
  event.preventDefault();
  (next as HTMLElement).focus();
}

/** Folders are always offered, for navigation; files by their extension; hidden files never. */
function isOffered(entry: Entry, request: ChooserRequest): boolean {
  if (entry.name.startsWith('.')) return false;
  if (entry.isFolder) return request.mode === 'open' && request.kind === 'project' ? true : !entry.isProject;
  if (request.mode === 'open' && request.kind !== 'files') return false;
  const endings = request.filters.flatMap((filter) => filter.extensions);
  const ending = entry.name.slice(entry.name.lastIndexOf('.') + 1).toLowerCase();
  return endings.length === 0 || endings.includes('*') || endings.includes(ending);
}
