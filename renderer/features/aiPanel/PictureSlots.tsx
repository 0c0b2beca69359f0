import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { Plus } from 'lucide-react';
import { clipsAtTick } from '../../../core/document/query.ts';
import { materialsOf } from '../../../core/actions/materials.ts';
import type { GenerationRequest, PictureRef } from '../../../core/document/schema.ts';
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
import { setDraft, useDraft } from '../../services/aiDraft.ts';
import styles from './AiPanel.module.css';

type SlotId = 'first' | 'last' | 'who' | 'looksLike' | 'add';
const maxReferences = 8;

/**
 * Pictures beside the words: the first and last frame, and who or what is to be seen. Where nothing was chosen, the
 * frames
 * that the request takes by itself (a gap's neighbours) are shown.
 */
export function PictureSlots({ slots, asked = null }: { slots: readonly SlotId[]; asked?: GenerationRequest | null }) {
  const { t } = useTranslation('aiPanel');
  const draft = useDraft();
  const put = (slot: SlotId, index: number, picture: PictureRef | null) => {
    if (slot === 'first') setDraft({ firstFrame: picture });
    else if (slot === 'last') setDraft({ lastFrame: picture });
    else
      setDraft({
        references: picture
          ? [...draft.references.slice(0, index), picture, ...draft.references.slice(index + 1)].slice(0, maxReferences)
          : draft.references.filter((_, at) => at !== index),
      });
  };
  const shown: { slot: SlotId; index: number; picture: PictureRef | null }[] = [];
  for (const slot of slots) {
    if (slot === 'first') shown.push({ slot, index: 0, picture: draft.firstFrame });
    else if (slot === 'last') shown.push({ slot, index: 0, picture: draft.lastFrame });
    else if (slot === 'add') {
      // further references, then an empty one for the next
      draft.references.slice(1).forEach((picture, at) => shown.push({ slot: 'add', index: at + 1, picture }));
      if (draft.references.length > 0 && draft.references.length < maxReferences)
        shown.push({ slot: 'add', index: draft.references.length, picture: null });
    } else shown.push({ slot, index: 0, picture: draft.references[0] ?? null });
  }
  const implied = asked ? materialsOf(asked) : { firstFrame: null, lastFrame: null };
  return (
    <div>
      <div className={styles.label}>
        {t('pictures')}
        <span className={styles.right}>{t('optional')}</span>
      </div>
      <div className={styles.slots}>
        {shown.map(({ slot, index, picture }) => (
          <Slot
            key={`${slot}${index}`}
            label={t(`slot.${slot}`)}
            picture={picture}
            implied={slot === 'first' ? implied.firstFrame : slot === 'last' ? implied.lastFrame : null}
            onPut={(next) => put(slot, index, next)}
          />
        ))}
      </div>
    </div>
  );
}

function Slot({
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
  const put = useRef(onPut);
  put.current = onPut;
  const [over, setOver] = useState(false);
  const picture = chosen ?? implied;
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
  const [posterPath, name] = look?.split('\n') ?? ['', ''];

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
    [],
  );

  const entries = (): MenuEntry[] => {
    const state = useEditor.getState();
    const chosen = state.selection.mediaIds[0];
    const item = chosen ? state.document?.media[chosen] : undefined;
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
      { kind: 'item', id: 'import', label: t('slotMenu.import'), run: () => start(importPicture()) },
      ...(chosen ? [{ kind: 'item', id: 'clear', label: t('slotMenu.clear'), run: () => onPut(null) } as const] : []),
    ];
  };

  const importPicture = async () => {
    const [item] = await chooseAndImport();
    if (item?.video) onPut({ kind: 'media', mediaId: item.id, sourceTicks: 0 });
  };

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
