import { useEffect, useRef, useState, type ReactNode } from 'react';
import { draggable } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { dragData, type DragData } from '../../services/dragData.ts';
import { engine } from '../../services/connection.ts';
import { waveHeight } from '../../services/waveHeight.ts';
import { ContextMenu } from '../../ui/ContextMenu.tsx';
import type { MenuEntry } from '../../ui/menuItems.tsx';
import { PeakLine } from '../../ui/PeakLine.tsx';
import { Spinner } from '../../ui/Spinner.tsx';
import { classes } from '../../ui/classes.ts';
import styles from './MediaBin.module.css';

export interface TileProps {
  readonly label: string;
  readonly name: string;
  readonly meta: string;
  readonly list: boolean;
  readonly chosen: boolean;
  readonly made?: boolean;
  readonly posterUrl: string | null;
  readonly peaksUrl?: string | null;
  /** Poster and peaks are still to come. */
  readonly waiting?: boolean;
  readonly over?: ReactNode;
  /** Over the picture in tiles and in the list. */
  readonly mark?: ReactNode;
  readonly sample?: ReactNode;
  /** Below name and facts. */
  readonly below?: ReactNode;
  readonly menu: readonly MenuEntry[];
  drag(): DragData;
  onChoose(add: boolean): void;
  onOpen(): void;
}

/**
 * One thing of the bin: it can be chosen, opened, dragged, and has a menu. The same for files, takes, titles,
 * transitions.
 */
export function Tile(props: TileProps) {
  const { label, name, meta, list, chosen, menu, below, onChoose, onOpen } = props;
  const element = useRef<HTMLDivElement>(null);
  const drag = useRef(props.drag);
  drag.current = props.drag;
  useEffect(() => draggable({ element: element.current!, getInitialData: () => dragData(drag.current()) }), []);

  return (
    <ContextMenu
      entries={menu}
      render={
        <div
          ref={element}
          className={classes(list ? styles.row : styles.tile, chosen && styles.chosen)}
          role="option"
          aria-selected={chosen}
          aria-label={label}
          tabIndex={0}
          onClick={(event) => onChoose(event.ctrlKey || event.metaKey || event.shiftKey)}
          onDoubleClick={onOpen}
          onKeyDown={(event) => {
            if (event.key === 'Enter') onOpen();
            else if (event.key === ' ' && event.ctrlKey) onChoose(true);
            else if (!moveFocus(event.key, event.currentTarget)) return;
            event.preventDefault();
            event.stopPropagation();
          }}
        />
      }
    >
      <Thumb {...props} />
      <div>
        <div className={styles.name}>{name}</div>
        {list ? null : (
          <div className={styles.meta} title={meta}>
            {meta}
          </div>
        )}
        {below}
      </div>
      {list ? (
        <div className={styles.meta} title={meta}>
          {meta}
        </div>
      ) : null}
    </ContextMenu>
  );
}

/** Poster or wave, a sign of work until one is there, and what lies over it. */
function Thumb({ list, made, posterUrl, peaksUrl, waiting, sample, over, mark }: TileProps) {
  const isLoaded = useIsLoaded(posterUrl);
  return (
    <div
      className={classes(styles.thumb, made && styles.made, !posterUrl && peaksUrl && styles.sound)}
      style={posterUrl ? { backgroundImage: `url("${engine().url(posterUrl)}")` } : undefined}
    >
      {sample}
      {waiting || (posterUrl && !isLoaded) ? (
        <span className={styles.waits} data-testid="waits">
          <Spinner size={list ? 12 : 20} />
        </span>
      ) : null}
      {!posterUrl && peaksUrl ? (
        <PeakLine url={engine().url(peaksUrl)} heightOf={waveHeight} className={styles.wave} />
      ) : null}
      {list ? null : over}
      {mark}
    </div>
  );
}

/** Whether the picture at a path is there, or cannot be had. */
function useIsLoaded(path: string | null): boolean {
  const [loaded, setLoaded] = useState<string | null>(null);
  useEffect(() => {
    if (path === null) return;
    const image = new Image();
    image.onload = image.onerror = () => setLoaded(path);
    image.src = engine().url(path);
    return () => {
      image.onload = image.onerror = null;
    };
  }, [path]);
  return loaded === path;
}

/** Arrows go through the tiles as they stand: by one, or by a row. */
function moveFocus(key: string, from: HTMLElement): boolean {
  const tiles = [...(from.parentElement?.querySelectorAll<HTMLElement>('[role=option]') ?? [])];
  const at = tiles.indexOf(from);
  const columns = Math.max(1, tiles.filter((tile) => tile.offsetTop === tiles[0]?.offsetTop).length);
  const by =
    key === 'ArrowRight'
      ? 1
      : key === 'ArrowLeft'
        ? -1
        : key === 'ArrowDown'
          ? columns
          : key === 'ArrowUp'
            ? -columns
            : 0;
  if (by === 0) return false;
  // the choice follows the focus: the space bar is left to play
  tiles[at + by]?.focus();
  tiles[at + by]?.click();
  return true;
}
