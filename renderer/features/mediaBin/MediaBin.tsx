import { useState, type CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import { LayoutGrid, List, Plus } from 'lucide-react';
import { useEditor } from '../../services/store.ts';
import { start } from '../../services/errors.ts';
import { chooseAndImport } from '../../services/imports.ts';
import type { BinTab } from '../../services/editor.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { PanelHead } from '../../ui/PanelHead.tsx';
import { SearchField } from '../../ui/SearchField.tsx';
import { Select } from '../../ui/Select.tsx';
import { Slider } from '../../ui/Slider.tsx';
import { Tabs } from '../../ui/Tabs.tsx';
import { classes } from '../../ui/classes.ts';
import type { BinOrder } from './binItems.ts';
import { IndexProgress } from './IndexProgress.tsx';
import { MediaTiles } from './MediaTiles.tsx';
import { TakeTiles } from './TakeTiles.tsx';
import { TitleTiles, TransitionTiles } from './PartTiles.tsx';
import { useBinCount } from './useBinCount.ts';
import { useFileDrop } from './useFileDrop.ts';
import styles from './MediaBin.module.css';

interface BinView {
  readonly list: boolean;
  readonly order: BinOrder;
}

/** The media bin: files, takes, titles and transitions. Files dropped anywhere on it are imported. */
export function MediaBin() {
  const { t } = useTranslation('mediaBin');
  const tab = useEditor((state) => state.binTab);
  const [query, setQuery] = useState('');
  const [view, setView] = useState<BinView>({ list: false, order: 'name' });
  const [tile, setTile] = useState(148);
  const { dropping, dropProps } = useFileDrop();
  const foot = useBinCount(tab, query);
  const searched = tab === 'media' || tab === 'takes';

  return (
    <div className={classes(styles.bin, dropping && styles.dropping)} data-drop={t('drop')} {...dropProps}>
      <BinHead tab={tab} />
      {searched ? <SearchBar tab={tab} query={query} setQuery={setQuery} view={view} setView={setView} /> : null}
      <div
        className={view.list && searched ? styles.list : styles.grid}
        role="listbox"
        data-shares-keys
        aria-label={t(`tabs.${tab}`)}
        aria-multiselectable={tab === 'media'}
        style={{ '--tile': `${tile}px` } as CSSProperties}
      >
        {tab === 'media' ? <MediaTiles query={query} {...view} /> : null}
        {tab === 'takes' ? <TakeTiles query={query} list={view.list} /> : null}
        {tab === 'titles' ? <TitleTiles /> : null}
        {tab === 'transitions' ? <TransitionTiles /> : null}
      </div>
      {tab === 'titles' ? <p className={styles.hint}>{t('titles.hint')}</p> : null}
      {tab === 'transitions' ? <p className={styles.hint}>{t('transitions.hint')}</p> : null}
      {tab === 'media' ? <IndexProgress /> : null}
      {searched ? (
        <div className={styles.foot}>
          <span>{foot}</span>
          <span className="grow" />
          <Slider className={styles.size} label={t('tileSize')} min={96} max={300} value={tile} onChange={setTile} />
        </div>
      ) : null}
    </div>
  );
}

function BinHead({ tab }: { readonly tab: BinTab }) {
  const { t } = useTranslation('mediaBin');
  const mediaCount = useEditor((state) => Object.keys(state.document?.media ?? {}).length);
  const takeCount = useEditor((state) => Object.keys(state.document?.takes ?? {}).length);
  const { setSession } = useEditor.getState();
  return (
    <PanelHead>
      <Tabs<BinTab>
        label={t('tabs.label')}
        value={tab}
        options={[
          { value: 'media', label: t('tabs.media'), count: mediaCount },
          { value: 'takes', label: t('tabs.takes'), count: takeCount },
          { value: 'titles', label: t('tabs.titles') },
          { value: 'transitions', label: t('tabs.transitions') },
        ]}
        onChange={(binTab) => setSession({ binTab })}
      />
      <span className="grow" />
      <IconButton icon={Plus} size="s" label={t('import')} shortcut="Ctrl I" onClick={() => start(chooseAndImport())} />
    </PanelHead>
  );
}

interface SearchBarProps {
  readonly tab: BinTab;
  readonly query: string;
  readonly setQuery: (query: string) => void;
  readonly view: BinView;
  readonly setView: (view: BinView) => void;
}

/** Search, tiles or list, and the order. Takes are always newest first. */
function SearchBar({ tab, query, setQuery, view, setView }: SearchBarProps) {
  const { t } = useTranslation(['mediaBin', 'common']);
  return (
    <>
      <div className={styles.bar}>
        <SearchField
          className="grow"
          label={tab === 'media' ? t('search') : t('searchTakes')}
          clearLabel={t('common:clearSearch')}
          value={query}
          onChange={setQuery}
        />
        <IconButton
          icon={LayoutGrid}
          size="s"
          label={t('layout.grid')}
          on={!view.list}
          onClick={() => setView({ ...view, list: false })}
        />
        <IconButton
          icon={List}
          size="s"
          label={t('layout.list')}
          on={view.list}
          onClick={() => setView({ ...view, list: true })}
        />
      </div>
      <div className={styles.path}>
        <span className="grow" />
        {tab === 'media' ? (
          <Select<BinOrder>
            size="s"
            quiet
            label={t('sort.label')}
            value={view.order}
            options={[
              { value: 'name', label: t('sort.name') },
              { value: 'newest', label: t('sort.newest') },
              { value: 'length', label: t('sort.length') },
            ]}
            onChange={(order) => setView({ ...view, order })}
          />
        ) : (
          t('sort.newest')
        )}
      </div>
    </>
  );
}
