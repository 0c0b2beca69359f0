import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Captions, Scissors, Sparkles } from 'lucide-react';
import type { HeardWord, Transcript } from '../../../core/contract/transcript.ts';
import type { Clip } from '../../../core/document/schema.ts';
import { secondsFromTicks, snapToFrame, type Rate } from '../../../core/time/ticks.ts';
import { isFiller, silencesBetween } from '../../../core/transcript/fillers.ts';
import { canEdit, sequenceOf } from '../../services/selectors.ts';
import { useEditor } from '../../services/store.ts';
import {
  addCaptions,
  cutOut,
  rangesOfWords,
  wordsOnTrack,
  type CutRange,
  type PlacedWord,
} from '../../services/transcriptEdits.ts';
import { Button } from '../../ui/Button.tsx';
import { classes } from '../../ui/classes.ts';
import { SearchField } from '../../ui/SearchField.tsx';
import styles from './Transcript.module.css';

interface Props {
  readonly clip: Clip;
  readonly transcript: Transcript;
  readonly isEmpty: boolean;
  readonly onAgain: () => void;
}

const nothing: ReadonlySet<number> = new Set();

/** Words to read, to search, to go to and to cut by. */
export function TranscriptWords({ clip, transcript, isEmpty, onAgain }: Props) {
  const { t } = useTranslation(['transcript', 'common']);
  const sequence = useEditor(sequenceOf);
  const mayEdit = useEditor(canEdit);
  const [query, setQuery] = useState('');
  const [chosen, setChosen] = useState<ReadonlySet<number>>(nothing);
  const [anchor, setAnchor] = useState<number | null>(null);
  if (!sequence) return null;
  const { rate } = sequence;
  const words = wordsOnTrack(clip, transcript.words, sequence);
  const pick = (index: number, extend: boolean) => {
    const from = extend && anchor !== null ? anchor : index;
    const [low, high] = [Math.min(from, index), Math.max(from, index)];
    setChosen(new Set(Array.from({ length: high - low + 1 }, (_, i) => low + i)));
    setAnchor(from);
    if (!extend) useEditor.setState({ playheadTicks: words[index]!.fromTicks });
  };
  const cut = (ranges: readonly CutRange[]) => {
    if (cutOut(ranges)) setChosen(nothing);
  };
  return (
    <>
      <SearchField label={t('search')} clearLabel={t('common:clearSearch')} value={query} onChange={setQuery} />
      {isEmpty || words.length === 0 ? <p className={styles.faint}>{t(isEmpty ? 'nobody' : 'nobodyHere')}</p> : null}
      <Text words={words} query={query} chosen={chosen} onPick={pick} />
      <div className={styles.foot}>
        <Button
          icon={Scissors}
          disabled={!mayEdit || chosen.size === 0}
          onClick={() => cut(rangesOfWords(words, chosen, rate))}
        >
          {t('cut', { count: chosen.size })}
        </Button>
        <TidyButton words={words} rate={rate} disabled={!mayEdit} onCut={cut} />
        <Button icon={Captions} disabled={!mayEdit || words.length === 0} onClick={() => addCaptions(words)}>
          {t('captions')}
        </Button>
        <Button variant="quiet" onClick={onAgain}>
          {t('again')}
        </Button>
      </div>
    </>
  );
}

interface TextProps {
  readonly words: readonly HeardWord[];
  readonly query: string;
  readonly chosen: ReadonlySet<number>;
  readonly onPick: (index: number, extend: boolean) => void;
}

/** Below it the model is not sure of a word. */
const unsureBelow = 0.5;

function Text({ words, query, chosen, onPick }: TextProps) {
  const { t } = useTranslation('transcript');
  const wanted = query.trim().toLowerCase();
  return (
    <div className={styles.text} role="group" aria-label={t('words')}>
      {words.map(({ text, spaced, fromTicks, probability }, i) => (
        <span key={`${i} ${fromTicks}`}>
          {spaced && i > 0 ? ' ' : null}
          <button
            type="button"
            aria-pressed={chosen.has(i)}
            className={classes(
              styles.word,
              chosen.has(i) && styles.chosen,
              isFiller(text) && styles.filler,
              probability < unsureBelow && styles.unsure,
              wanted !== '' && text.toLowerCase().includes(wanted) && styles.found,
            )}
            onClick={(event) => onPick(i, event.shiftKey)}
          >
            {text}
          </button>
        </span>
      ))}
    </div>
  );
}

interface TidyProps {
  readonly words: readonly PlacedWord[];
  readonly rate: Rate;
  readonly disabled: boolean;
  readonly onCut: (ranges: readonly CutRange[]) => void;
}

/** Says what would go, and takes it out in one step. */
function TidyButton({ words, rate, disabled, onCut }: TidyProps) {
  const { t } = useTranslation('transcript');
  const fillers = new Set(words.flatMap(({ text }, i) => (isFiller(text) ? [i] : [])));
  const silences = silencesOf(words);
  const ranges = [...rangesOfWords(words, fillers, rate), ...onFrames(silences, rate)];
  const ticks = ranges.reduce((sum, { fromTicks, toTicks }) => sum + toTicks - fromTicks, 0);
  if (ranges.length === 0) return null;
  const seconds = secondsFromTicks(ticks).toFixed(1);
  return (
    <>
      <p className={styles.faint}>{t('tidyPreview', { fillers: fillers.size, silences: silences.length, seconds })}</p>
      <Button icon={Sparkles} disabled={disabled} onClick={() => onCut(ranges)}>
        {t('tidy')}
      </Button>
    </>
  );
}

/** Within each clip: what lies between two of them is no silence. */
function silencesOf(words: readonly PlacedWord[]): CutRange[] {
  return [...new Set(words.map(({ clipId }) => clipId))].flatMap((clipId) =>
    silencesBetween(words.filter((word) => word.clipId === clipId)).map((range) => ({ clipId, ...range })),
  );
}

function onFrames(ranges: readonly CutRange[], rate: Rate): CutRange[] {
  return ranges
    .map(({ clipId, fromTicks, toTicks }) => ({
      clipId,
      fromTicks: snapToFrame(fromTicks, rate),
      toTicks: snapToFrame(toTicks, rate),
    }))
    .filter(({ fromTicks, toTicks }) => toTicks > fromTicks);
}
