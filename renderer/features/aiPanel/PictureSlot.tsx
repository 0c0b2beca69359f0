import { dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { Plus } from 'lucide-react';
import { useEffect, useRef, useState, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { clipsAtTick } from '../../../core/document/query.ts';
import type { PictureRef } from '../../../core/document/schema.ts';
import { engine } from '../../services/connection.ts';
import { readDragData } from '../../services/dragData.ts';
import { start } from '../../services/errors.ts';
import { chooseAndImport } from '../../services/imports.ts';
import { frameOfClip } from '../../services/placeGeneration.ts';
import { useEditor } from '../../services/store.ts';
import { Icon } from '../../ui/Icon.tsx';
import { Menu } from '../../ui/Menu.tsx';
import type { MenuEntry } from '../../ui/menuItems.tsx';
import { classes } from '../../ui/classes.ts';
import styles from './AiPanel.module.css';

/** One picture: shows it, and sets it by menu or drop. `implied` is shown while none is chosen. */
export function PictureSlot({
  label,
  picture: chosen,
  implied,
  onPut,
}: {
  label: string;
  picture: PictureRef | null;
  implied: PictureRef | null;
  onPut: (picture: PictureRef | null) => void;
}) {
  const { t } = useTranslation('aiPanel');
  const element = useRef<HTMLDivElement>(null);
  const over = usePictureDrop(element, onPut);
  const picture = chosen ?? implied;
  const { posterPath, name } = usePictureLook(picture);
  const entries = () => slotEntries(t, chosen !== null, onPut);
  return (
    <div className={styles.slot} ref={element}>
      <Menu
        entries={entries}
        trigger={
          <button
            type="button"
            className={classes(
              styles.slotButton,
              picture && styles.filled,
              !chosen && implied && styles.implied,
              over && styles.over,
            )}
            aria-label={picture ? t('slot.filled', { slot: label, name }) : t('slot.empty', { slot: label })}
            style={posterPath ? { backgroundImage: `url("${engine().url(posterPath)}")` } : undefined}
          >
            {picture ? null : <Icon of={Plus} size={14} />}
          </button>
        }
      />
      <div className={styles.cap}>{label}</div>
    </div>
  );
}

/** Poster and name of a picture; empty strings while they are unknown. */
function usePictureLook(picture: PictureRef | null): { readonly posterPath: string; readonly name: string } {
  // one string, so that the selector returns an equal value while nothing changes
  const look = useEditor((state) => {
    if (!picture) return null;
    const path =
      picture.kind === 'media'
        ? state.mediaAssets[picture.mediaId]?.posterUrl
        : state.takeAssets[picture.takeId]?.posterUrl;
    const name =
      picture.kind === 'media'
        ? state.document?.media[picture.mediaId]?.name
        : state.document?.takes[picture.takeId]?.prompt;
    return `${path ?? ''}\n${name ?? ''}`;
  });
  const [posterPath = '', name = ''] = look?.split('\n') ?? [];
  return { posterPath, name };
}

/** Accepts pictures dragged onto the element; true while one is over it. */
function usePictureDrop(element: RefObject<HTMLElement | null>, onPut: (picture: PictureRef | null) => void): boolean {
  const put = useRef(onPut);
  put.current = onPut;
  const [over, setOver] = useState(false);
  useEffect(
    () =>
      dropTargetForElements({
        element: element.current!,
        canDrop: ({ source }) => pictureOfDrag(source.data) !== null,
        onDragEnter: () => setOver(true),
        onDragLeave: () => setOver(false),
        onDrop: ({ source }) => {
          setOver(false);
          put.current(pictureOfDrag(source.data));
        },
      }),
    [element],
  );
  return over;
}

type Translate = ReturnType<typeof useTranslation<'aiPanel'>>['t'];

/** The frame at the playhead, the media chosen in the bin, import, and clear. */
function slotEntries(t: Translate, isFilled: boolean, onPut: (picture: PictureRef | null) => void): MenuEntry[] {
  const state = useEditor.getState();
  const inBin = state.selection.mediaIds[0];
  const item = inBin ? state.document?.media[inBin] : undefined;
  const atPlayhead = playheadPicture();
  return [
    {
      kind: 'item',
      id: 'playhead',
      label: t('slotMenu.playhead'),
      disabled: atPlayhead === null,
      run: () => onPut(atPlayhead),
    },
    ...(item?.video
      ? [
          {
            kind: 'item',
            id: 'bin',
            label: t('slotMenu.bin', { name: item.name }),
            run: () => onPut({ kind: 'media', mediaId: item.id, sourceTicks: 0 }),
          } as const,
        ]
      : []),
    { kind: 'item', id: 'import', label: t('slotMenu.import'), run: () => start(importPicture(onPut)) },
    ...(isFilled ? [{ kind: 'item', id: 'clear', label: t('slotMenu.clear'), run: () => onPut(null) } as const] : []),
  ];
}

async function importPicture(onPut: (picture: PictureRef | null) => void): Promise<void> {
  const [item] = await chooseAndImport();
  if (item?.video) onPut({ kind: 'media', mediaId: item.id, sourceTicks: 0 });
}

function pictureOfDrag(data: Record<string | symbol, unknown>): PictureRef | null {
  const dragged = readDragData(data);
  const { document } = useEditor.getState();
  if (dragged?.type === 'framewright-media') {
    const id = dragged.mediaIds[0];
    return id && document?.media[id]?.video ? { kind: 'media', mediaId: id, sourceTicks: 0 } : null;
  }
  if (dragged?.type === 'framewright-take')
    return document?.takes[dragged.takeId]?.kind === 'audio'
      ? null
      : { kind: 'take', takeId: dragged.takeId, sourceTicks: 0 };
  return null;
}

/** The frontmost picture at the playhead, as the frame of its own file. */
function playheadPicture(): PictureRef | null {
  const { document, playheadTicks } = useEditor.getState();
  const sequence = document?.sequences[document.activeSequenceId];
  if (!document || !sequence) return null;
  const places = clipsAtTick(sequence, playheadTicks).filter(
    (place) => place.track.kind === 'video' && !place.track.hidden,
  );
  for (const { clip } of places.reverse()) {
    const picture = frameOfClip(document, clip, playheadTicks - clip.startTicks);
    if (picture) return picture;
  }
  return null;
}
