import { useTranslation } from 'react-i18next';
import { Plus, X } from 'lucide-react';
import type { Stem } from '../../../../core/actions/soundtrack/schema.ts';
import { newId } from '../../../../core/document/create.ts';
import { snapToFrame } from '../../../../core/time/ticks.ts';
import { formatTimecode } from '../../../../core/time/timecode.ts';
import { soundtrackRange } from '../../../services/placeGeneration.ts';
import { useEditor } from '../../../services/store.ts';
import { Button } from '../../../ui/Button.tsx';
import { IconButton } from '../../../ui/IconButton.tsx';
import { NumberField } from '../../../ui/NumberField.tsx';
import { Switch } from '../../../ui/Switch.tsx';
import { loudnessOf } from './loudness.ts';
import { Instruments } from './Instruments.tsx';
import { setDraft, stems, useDraft } from '../../../services/aiDraft.ts';
import { LoudnessSelect } from './LoudnessSelect.tsx';
import styles from '../AiPanel.module.css';

/** Which stems, how loud, how fast, and the moments that sound lands on. */
export function NewSoundtrack() {
  const { t } = useTranslation('aiPanel');
  const draft = useDraft();
  const lufs = useEditor((state) => loudnessOf(state, draft));
  return (
    <>
      <div>
        <div className={styles.label}>
          {t('stems')}
          <span className={styles.right}>{t('stemsHint')}</span>
        </div>
        {stems.map((stem) => (
          <StemRow stem={stem} key={stem} />
        ))}
      </div>
      <TempoRow />
      <LoudnessSelect lufs={lufs} onChoose={(loudness) => setDraft({ loudness })} />
      <Hits />
    </>
  );
}

function StemRow({ stem }: { stem: Stem }) {
  const { t } = useTranslation('aiPanel');
  const { stems: chosen, levels } = useDraft();
  const name = t(`stem.${stem}`);
  return (
    <div className={styles.stem}>
      <Switch label={name} checked={chosen[stem]} onChange={(on) => setDraft({ stems: { ...chosen, [stem]: on } })} />
      <span className="flex gap2">
        {name}
        {stem === 'music' && chosen.music ? <Instruments /> : null}
      </span>
      <NumberField
        size="s"
        label={t('level', { stem: name })}
        unit="dB"
        signed
        min={-60}
        max={12}
        value={levels[stem]}
        disabled={!chosen[stem]}
        onCommit={(level) => setDraft({ levels: { ...levels, [stem]: level } })}
      />
    </div>
  );
}

const firstTempoBpm = 104;

function TempoRow() {
  const { t } = useTranslation('aiPanel');
  const tempoBpm = useDraft((draft) => draft.tempoBpm);
  return (
    <div className={styles.kv}>
      <span className={styles.k}>{t('tempo')}</span>
      <span className="flex gap2">
        <Switch
          label={t('tempoAuto')}
          checked={tempoBpm === null}
          onChange={(auto) => setDraft({ tempoBpm: auto ? null : firstTempoBpm })}
        />
        <span className="small muted">{t('tempoAuto')}</span>
      </span>
      <NumberField
        size="s"
        label={t('tempo')}
        unit="bpm"
        min={40}
        max={240}
        disabled={tempoBpm === null}
        value={tempoBpm ?? firstTempoBpm}
        onCommit={(value) => setDraft({ tempoBpm: Math.round(value) })}
      />
    </div>
  );
}

/** Markers of kind 'hit' inside the range: on the timeline's ruler they are yellow. */
function Hits() {
  const { t } = useTranslation('aiPanel');
  const sequence = useEditor((state) => state.document?.sequences[state.document.activeSequenceId]);
  const { run } = useEditor.getState();
  if (!sequence) return null;
  const range = soundtrackRange();
  const hits = sequence.markers.filter(
    (marker) =>
      marker.kind === 'hit' &&
      range &&
      marker.ticks >= range.startTicks &&
      marker.ticks < range.startTicks + range.durationTicks,
  );
  const addAtPlayhead = () => {
    const ticks = snapToFrame(useEditor.getState().playheadTicks, sequence.rate);
    run('addMarker', { sequenceId: sequence.id, marker: { id: newId(), ticks, name: '', kind: 'hit' } });
  };
  return (
    <div>
      <div className={styles.label}>
        {t('hits')}
        <span className={styles.right}>
          <Button size="s" variant="quiet" icon={Plus} onClick={addAtPlayhead}>
            {t('addHit')}
          </Button>
        </span>
      </div>
      {hits.length === 0 ? <p className={styles.note}>{t('hitsNone')}</p> : null}
      {hits.map((marker) => {
        const timecode = formatTimecode(marker.ticks, sequence.rate);
        return (
          <div className={styles.hit} key={marker.id}>
            <i className={styles.diamond} />
            <span>{timecode}</span>
            <span>{marker.name}</span>
            <IconButton
              icon={X}
              size="xs"
              label={t('removeHit', { timecode })}
              onClick={() => run('removeMarker', { sequenceId: sequence.id, markerId: marker.id })}
            />
          </div>
        );
      })}
    </div>
  );
}
