import { useEffect, useRef, useState, type CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import { LayoutGrid, List, Plus } from 'lucide-react';
import { useEditor } from '../../services/store.ts';
import { start } from '../../services/errors.ts';
import { chooseAndImport, importFiles } from '../../services/imports.ts';
import type { BinTab } from '../../services/editor.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { PanelHead } from '../../ui/PanelHead.tsx';
import { SearchField } from '../../ui/SearchField.tsx';
import { Select } from '../../ui/Select.tsx';
import { Slider } from '../../ui/Slider.tsx';
import { Tabs } from '../../ui/Tabs.tsx';
import { classes } from '../../ui/classes.ts';
import type { BinOrder } from './binItems.ts';
import { MediaTiles, useBinCount } from './MediaTiles.tsx';
import { TakeTiles } from './TakeTiles.tsx';
import { TitleTiles, TransitionTiles } from './PartTiles.tsx';
import styles from './MediaBin.module.css';

/** Files, takes, titles and transitions: what a cut is made of. Files dropped anywhere on it are imported. */
export function MediaBin() {
  const { t } = useTranslation(['mediaBin', 'common']);
  const tab = useEditor((state) => state.binTab);
  const mediaCount = useEditor((state) => Object.keys(state.document?.media ?? {}).length);
  const takeCount = useEditor((state) => Object.keys(state.document?.takes ?? {}).length);
  const { setSession } = useEditor.getState();
  const [query, setQuery] = useState('');
  const [list, setList] = useState(false);
  const [order, setOrder] = useState<BinOrder>('name');
  const [tile, setTile] = useState(148);
  const { dropping, dropProps } = useFileDrop();
  const foot = useBinCount(tab, query);
  const searched = tab === 'media' || tab === 'takes';

  return (
    <div className={classes(styles.bin, dropping && styles.dropping)} data-drop={t('drop')} {...dropProps}>
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
        <IconButton
          icon={Plus}
          size="s"
          label={t('import')}
          shortcut="Ctrl I"
          onClick={() => start(chooseAndImport())}
        />
      </PanelHead>
      {searched ? (
        <>
          <div className={styles.bar}>
            <SearchField
              className="grow"
              label={tab === 'media' ? t('search') : t('searchTakes')}
              clearLabel={t('common:clearSearch')}
              value={query}
              onChange={setQuery}
            />
            <IconButton icon={LayoutGrid} size="s" label={t('layout.grid')} on={!list} onClick={() => setList(false)} />
            <IconButton icon={List} size="s" label={t('layout.list')} on={list} onClick={() => setList(true)} />
          </div>
          <div className={styles.path}>
            <span className="grow" />
            {tab === 'media' ? (
              <Select<BinOrder>
                size="s"
                quiet
                label={t('sort.label')}
                value={order}
                options={[
                  { value: 'name', label: t('sort.name') },
                  { value: 'newest', label: t('sort.newest') },
                  { value: 'length', label: t('sort.length') },
                ]}
                onChange={setOrder}
              />
            ) : (
              t('sort.newest')
            )}
          </div>
        </>
      ) : null}
      <div
        className={list && searched ? styles.list : styles.grid}
        role="listbox"
        data-shares-keys
        aria-label={t(`tabs.${tab}`)}
        aria-multiselectable={tab === 'media'}
        style={{ '--tile': `${tile}px` } as CSSProperties}
      >
        {tab === 'media' ? <MediaTiles query={query} order={order} list={list} /> : null}
        {tab === 'takes' ? <TakeTiles query={query} list={list} /> : null}
        {tab === 'titles' ? <TitleTiles /> : null}
        {tab === 'transitions' ? <TransitionTiles /> : null}
      </div>
      {tab === 'titles' ? <p className={styles.hint}>{t('titles.hint')}</p> : null}
      {tab === 'transitions' ? <p className={styles.hint}>{t('transitions.hint')}</p> : null}
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

/** Files from the desktop. Counts enters and leaves, since children fire their own. */
function useFileDrop() {
  const [dropping, setDropping] = useState(false);
  const depth = useRef(0);
  const hasFiles = (event: { dataTransfer: DataTransfer }) => event.dataTransfer.types.includes('Files');
  useEffect(() => {
    const end = () => {
      depth.current = 0;
      setDropping(false);
    };
    window.addEventListener('drop', end);
    return () => window.removeEventListener('drop', end);
  }, []);
  return {
    dropping,
    dropProps: {
      onDragEnter: (event: React.DragEvent) => {
        if (!hasFiles(event)) return;
        depth.current += 1;
        setDropping(true);
      },
      onDragLeave: (event: React.DragEvent) => {
        if (!hasFiles(event)) return;
        depth.current -= 1;
        if (depth.current <= 0) setDropping(false);
      },
      onDragOver: (event: React.DragEvent) => {
        if (hasFiles(event)) event.preventDefault();
      },
      onDrop: (event: React.DragEvent) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        event.stopPropagation();
        depth.current = 0;
        setDropping(false);
        start(importFiles([...event.dataTransfer.files]));
      },
    },
  };
}
