import { useTranslation } from 'react-i18next';
import type { ClipPlace } from '../../../core/document/query.ts';
import type { Clip } from '../../../core/document/schema.ts';
import type { Position } from '../../../core/render/positionPath.ts';
import { ticksPerFrame } from '../../../core/time/ticks.ts';
import { setLivePreview } from '../../services/livePreview.ts';
import { keyTicksAt, positionOf, withKey } from '../../services/positionKeys.ts';
import { useEditor } from '../../services/store.ts';
import { NumberField } from '../../ui/NumberField.tsx';
import { PositionKeysRow } from './PositionKeysRow.tsx';
import { FigureRow, Section } from './Section.tsx';
import styles from './Inspector.module.css';

type PictureProperties = Partial<Pick<Clip, 'transform' | 'positionKeys' | 'crop' | 'opacity'>>;

/** Previews a change while a control is held and makes it on release. All clips get the first one's values. */
function usePictureChange(places: readonly ClipPlace[]) {
  const clipIds = places.map((place) => place.clip.id);
  const sequenceId = places[0]!.sequence.id;
  return {
    live: (properties: PictureProperties) => setLivePreview({ clipIds, properties }),
    commit: (properties: PictureProperties) => {
      setLivePreview(null);
      useEditor.getState().run('setClipProperties', { sequenceId, clipIds, properties });
    },
  };
}

/** Position, scale, rotation and opacity of the selected clips. */
export function TransformSection({ places }: { places: readonly ClipPlace[] }) {
  const { t } = useTranslation('inspector');
  const { live, commit } = usePictureChange(places);
  const { transform, opacity } = places[0]!.clip;
  const moved = (part: Partial<Clip['transform']>) => ({ transform: { ...transform, ...part } });
  const position = usePosition(places);
  const takesKeys = places.length === 1 && places[0]!.clip.reference.kind !== 'title';
  return (
    <Section
      title={t('transform')}
      onReset={() => commit({ transform: { x: 0, y: 0, scale: 1, rotationDegrees: 0 }, positionKeys: [], opacity: 1 })}
    >
      <PositionRow
        position={position.now}
        live={(part) => live(position.movedTo(part))}
        commit={(part) => commit(position.movedTo(part))}
      />
      {takesKeys ? (
        <PositionKeysRow place={places[0]!} commit={(positionKeys) => commit({ ...position.kept, positionKeys })} />
      ) : null}
      <FigureRow
        label={t('scale')}
        value={transform.scale * 100}
        min={1}
        max={400}
        decimals={1}
        unit="%"
        origin={100}
        onLive={(value) => live(moved({ scale: value / 100 }))}
        onCommit={(value) => commit(moved({ scale: value / 100 }))}
      />
      <FigureRow
        label={t('rotation')}
        value={transform.rotationDegrees}
        min={-180}
        max={180}
        decimals={1}
        unit="°"
        origin={0}
        onLive={(value) => live(moved({ rotationDegrees: value }))}
        onCommit={(value) => commit(moved({ rotationDegrees: value }))}
      />
      <FigureRow
        label={t('opacity')}
        value={opacity * 100}
        min={0}
        max={100}
        unit="%"
        origin={0}
        onLive={(value) => live({ opacity: value / 100 })}
        onCommit={(value) => commit({ opacity: value / 100 })}
      />
    </Section>
  );
}

/** Where the first clip's picture is at the playhead, and what moves it: its key there, or all clips without keys. */
function usePosition(places: readonly ClipPlace[]) {
  const playheadTicks = useEditor((state) => state.playheadTicks);
  const place = places[0]!;
  const { transform, positionKeys = [] } = place.clip;
  const at = keyTicksAt(place, playheadTicks);
  const { x, y } = positionOf(place.clip, at);
  const now = { x: Math.round(x * 10) / 10, y: Math.round(y * 10) / 10 };
  return {
    now,
    /** For when keys go: the picture stays where it is seen. */
    kept: { transform: { ...transform, ...now } },
    movedTo(part: Partial<Position>): PictureProperties {
      const next = { ...now, ...part };
      if (places.length > 1 || positionKeys.length === 0)
        return { transform: { ...transform, ...next }, positionKeys: [] };
      return { positionKeys: withKey(positionKeys, at, next, ticksPerFrame(place.sequence.rate)) };
    },
  };
}

interface PositionRowProps {
  readonly position: Position;
  readonly live: (part: Partial<Position>) => void;
  readonly commit: (part: Partial<Position>) => void;
}

function PositionRow({ position, live, commit }: PositionRowProps) {
  const { t } = useTranslation('inspector');
  return (
    <div className={styles.row}>
      <span className={styles.label}>{t('position')}</span>
      <div className={styles.pair}>
        <NumberField
          size="s"
          label={t('positionX')}
          prefix="X"
          value={position.x}
          decimals={1}
          onChange={(x) => live({ x })}
          onCommit={(x) => commit({ x })}
        />
        <NumberField
          size="s"
          label={t('positionY')}
          prefix="Y"
          value={position.y}
          decimals={1}
          onChange={(y) => live({ y })}
          onCommit={(y) => commit({ y })}
        />
      </div>
    </div>
  );
}

/** Crop of the selected clips on all four sides. */
export function CropSection({ places }: { places: readonly ClipPlace[] }) {
  const { t } = useTranslation('inspector');
  const { live, commit } = usePictureChange(places);
  const { crop } = places[0]!.clip;
  const opposite = { left: 'right', right: 'left', top: 'bottom', bottom: 'top' } as const;
  return (
    <Section title={t('crop')} onReset={() => commit({ crop: { left: 0, top: 0, right: 0, bottom: 0 } })}>
      {(['left', 'right', 'top', 'bottom'] as const).map((side) => {
        // two opposite sides must leave some picture between them
        const limit = Math.max(0, 99 - crop[opposite[side]] * 100);
        const cropped = (value: number) => ({ crop: { ...crop, [side]: Math.min(limit, value) / 100 } });
        return (
          <FigureRow
            key={side}
            label={t(side)}
            value={crop[side] * 100}
            min={0}
            max={99}
            decimals={1}
            unit="%"
            origin={0}
            onLive={(value) => live(cropped(value))}
            onCommit={(value) => commit(cropped(value))}
          />
        );
      })}
    </Section>
  );
}
