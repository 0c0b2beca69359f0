import { useTranslation } from 'react-i18next';
import type { ClipPlace } from '../../../core/document/query.ts';
import type { Clip } from '../../../core/document/schema.ts';
import { secondsFromTicks, snapToFrame, ticksFromSeconds } from '../../../core/time/ticks.ts';
import { useEditor } from '../../services/store.ts';
import { CleanSpeechRows } from './CleanSpeechRows.tsx';
import { SoundStreamRow } from './SoundStreamRow.tsx';
import { FigureRow, Section } from './Section.tsx';

/** Volume for sound, and fades: of sound and of picture, whichever the clips are. */
export function AudioSection({ places, hasSound }: { places: readonly ClipPlace[]; hasSound: boolean }) {
  const { t } = useTranslation(['inspector', 'common']);
  const { clip, sequence } = places[0]!;
  const clipIds = places.map((place) => place.clip.id);
  const soundIds = places.filter((place) => place.track.kind === 'audio').map((place) => place.clip.id);
  const run = useEditor.getState().run;
  const set = (properties: Partial<Pick<Clip, 'fadeInTicks' | 'fadeOutTicks'>>) =>
    run('setClipProperties', { sequenceId: sequence.id, clipIds, properties });
  const volume = places.find((place) => place.track.kind === 'audio')?.clip.volumeDb ?? 0;
  const seconds = secondsFromTicks(clip.durationTicks);
  const fade = (value: number) => snapToFrame(ticksFromSeconds(value), sequence.rate);
  return (
    <Section
      title={hasSound ? t('audio') : t('fades')}
      summary={hasSound ? `${volume.toFixed(1).replace('-', '−')} dB` : ''}
    >
      {hasSound ? (
        <FigureRow
          label={t('volume')}
          value={volume}
          min={-60}
          max={12}
          step={0.5}
          decimals={1}
          unit="dB"
          origin={0}
          signed
          onCommit={(volumeDb) =>
            run('setClipProperties', { sequenceId: sequence.id, clipIds: soundIds, properties: { volumeDb } })
          }
        />
      ) : null}
      <SoundStreamRow places={places.filter((place) => place.track.kind === 'audio')} />
      <FigureRow
        label={t('fadeIn')}
        value={secondsFromTicks(clip.fadeInTicks)}
        min={0}
        max={Math.min(10, seconds)}
        step={0.1}
        decimals={2}
        unit={t('common:units.second')}
        origin={0}
        onCommit={(value) => set({ fadeInTicks: fade(value) })}
      />
      <FigureRow
        label={t('fadeOut')}
        value={secondsFromTicks(clip.fadeOutTicks)}
        min={0}
        max={Math.min(10, seconds)}
        step={0.1}
        decimals={2}
        unit={t('common:units.second')}
        origin={0}
        onCommit={(value) => set({ fadeOutTicks: fade(value) })}
      />
      <CleanSpeechRows key={soundIds.join()} places={places} />
    </Section>
  );
}
