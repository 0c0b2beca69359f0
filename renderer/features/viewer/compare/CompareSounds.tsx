import { useEffect, useMemo, useState } from 'react';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { peakPairsPerSecond } from '../../../../core/contract/contract.ts';
import { takesOfClip } from '../../../../core/document/generationState.ts';
import { findClip } from '../../../../core/document/query.ts';
import { fileTicksAt, activeSource } from '../../../../core/document/sources.ts';
import type { Take } from '../../../../core/document/schema.ts';
import type { SoundtrackRequest } from '../../../../core/actions/soundtrack/schema.ts';
import { containsTick, secondsFromTicks } from '../../../../core/time/ticks.ts';
import { engine } from '../../../services/connection.ts';
import { matchingGains } from '../../../services/cleanSpeech.ts';
import { useEditor } from '../../../services/store.ts';
import { waveHeight } from '../../../services/waveHeight.ts';
import { classes } from '../../../ui/classes.ts';
import { withActiveTake } from '../pictures.ts';
import styles from '../Viewer.module.css';

type Side = 'a' | 'b';
type Translate = TFunction<['viewer', 'common']>;

/** Two takes of a sound: their waves with the playhead, and what was different when they were made. */
export function CompareSounds() {
  const { t } = useTranslation(['viewer', 'common']);
  const compare = useEditor((state) => state.compare)!;
  const document = useEditor((state) => state.document)!;
  const heard = compare.heard ?? 'b';
  const clip = findClip(document, compare.clipId)?.clip;
  const recipes = { a: useRecipe(compare.a), b: useRecipe(compare.b) };
  if (!clip) return null;
  const takes = takesOfClip(document, clip);
  const takeOf = (side: Side): Take | undefined => takes.find((take) => take.id === compare[side]);
  const hear = (side: Side) => useEditor.getState().setSession({ compare: { ...compare, heard: side } });
  const facts = differences(t, recipes.a, recipes.b);
  const gains = matchingGains(document.takes, compare);
  const matched = gains.a !== 0 || gains.b !== 0;
  return (
    <div className={styles.sounds} role="group" aria-label={t('comparing.sounds')}>
      {(['a', 'b'] as const).map((side) => (
        <button
          key={side}
          type="button"
          className={classes(styles.sound, heard === side && styles.heard)}
          aria-pressed={heard === side}
          onClick={() => hear(side)}
        >
          <b>{t(side === 'a' ? 'comparing.left' : 'comparing.right')}</b>
          <span className={styles.soundName}>
            {compare[side] === null
              ? t('comparing.sourceNamed', { name: clip.name })
              : t('comparing.takeNamed', {
                  number: takes.findIndex((take) => take.id === compare[side]) + 1,
                  name: takeOf(side)?.prompt || clip.name,
                })}
          </span>
          <Wave clipId={clip.id} take={takeOf(side)} recipe={recipes[side]} />
        </button>
      ))}
      {matched ? <p className={styles.sameLoudness}>{t('comparing.sameLoudness')}</p> : null}
      {facts.length > 0 ? (
        <table className={styles.facts}>
          <tbody>
            {facts.map(({ name, a, b }) => (
              <tr key={name}>
                <th scope="row">{t(`comparing.fact.${name}`)}</th>
                <td>{a}</td>
                <td>{b}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
    </div>
  );
}

/** What of a recipe is shown; it is read as it stands on disk, by whatever version wrote it. */
interface RecipeFacts {
  readonly prompt?: string;
  readonly seed?: number;
  readonly rewrittenPrompt?: string;
  readonly parameters?: Partial<
    Pick<SoundtrackRequest, 'steps' | 'guidance' | 'tempoBpm' | 'hitTicks' | 'loudnessLufs'>
  >;
  readonly part?: { readonly startTicks: number; readonly durationTicks: number };
}

function useRecipe(takeId: string | null): RecipeFacts | null {
  const projectId = useEditor((state) => state.projectId);
  const [found, setFound] = useState<{ takeId: string; recipe: RecipeFacts } | null>(null);
  useEffect(() => {
    if (!projectId || takeId === null) return;
    let current = true;
    engine()
      .call('takes.recipe', { projectId, takeId })
      .then((recipe) => current && setFound({ takeId, recipe: recipe as RecipeFacts }))
      .catch(() => undefined); // a take without its recipe is compared by ear alone
    return () => {
      current = false;
    };
  }, [projectId, takeId]);
  return found && found.takeId === takeId ? found.recipe : null;
}

const factNames = ['prompt', 'read', 'seed', 'part', 'tempo', 'hits', 'steps', 'guidance', 'loudness'] as const;

function differences(
  t: Translate,
  a: RecipeFacts | null,
  b: RecipeFacts | null,
): { name: (typeof factNames)[number]; a: string; b: string }[] {
  if (!a || !b) return [];
  return factNames.flatMap((name) => {
    const [left, right] = [factOf(t, a, name), factOf(t, b, name)];
    return left === right ? [] : [{ name, a: left, b: right }];
  });
}

function factOf(t: Translate, recipe: RecipeFacts, name: (typeof factNames)[number]): string {
  const seconds = (ticks: number) => secondsFromTicks(ticks).toFixed(2);
  const { parameters, part } = recipe;
  const plain = (value: string | number | null | undefined) =>
    value === null || value === undefined || value === '' ? '–' : String(value);
  switch (name) {
    case 'prompt':
      return plain(recipe.prompt);
    case 'read':
      return plain(recipe.rewrittenPrompt);
    case 'seed':
      return plain(recipe.seed);
    case 'part':
      return part
        ? t('common:units.secondRange', {
            from: seconds(part.startTicks),
            to: seconds(part.startTicks + part.durationTicks),
          })
        : '–';
    case 'tempo':
      return plain(parameters?.tempoBpm);
    case 'hits':
      return plain(
        parameters?.hitTicks?.map((ticks) => t('common:units.seconds', { n: seconds(ticks) })).join(t('common:comma')),
      );
    case 'steps':
      return plain(parameters?.steps);
    case 'guidance':
      return plain(parameters?.guidance);
    case 'loudness':
      return plain(parameters?.loudnessLufs);
  }
}

const columns = 240;

/** The part of the take that the clip plays, with the playhead and the regenerated part. */
function Wave({ clipId, take, recipe }: { clipId: string; take: Take | undefined; recipe: RecipeFacts | null }) {
  const document = useEditor((state) => state.document)!;
  const clip = findClip(document, clipId)?.clip;
  const mediaId = clip?.reference.kind === 'media' ? clip.reference.mediaId : null;
  const url = useEditor((state) => {
    const assets = take ? state.takeAssets[take.id] : mediaId === null ? undefined : state.mediaAssets[mediaId];
    return assets?.peaksUrl ?? null;
  });
  const peaks = usePeaks(url);
  const at = useEditor((state) =>
    clip && containsTick(clip, state.playheadTicks)
      ? (state.playheadTicks - clip.startTicks) / clip.durationTicks
      : null,
  );
  const shown = useMemo(() => {
    const place = findClip(withActiveTake(document, clipId, take?.id ?? null), clipId);
    if (!place) return null;
    const source = activeSource(document, place.clip);
    return {
      from: secondsFromTicks(fileTicksAt(source, place.clip, 0)),
      to: secondsFromTicks(fileTicksAt(source, place.clip, place.clip.durationTicks)),
    };
  }, [document, clipId, take?.id]);
  const path = useMemo(() => (peaks && shown ? wavePath(peaks, shown.from, shown.to) : ''), [peaks, shown]);
  if (!shown) return null;
  const place = (ticks: number) => ((secondsFromTicks(ticks) - shown.from) / (shown.to - shown.from)) * columns;
  return (
    <svg className={styles.wave} viewBox={`0 0 ${columns} 40`} preserveAspectRatio="none" aria-hidden="true">
      {recipe?.part ? (
        <rect
          className={styles.anew}
          x={place(recipe.part.startTicks)}
          width={Math.max(1, place(recipe.part.startTicks + recipe.part.durationTicks) - place(recipe.part.startTicks))}
          y={0}
          height={40}
        />
      ) : null}
      <path d={path} />
      {at === null ? null : <line x1={at * columns} x2={at * columns} y1={0} y2={40} />}
    </svg>
  );
}

function usePeaks(url: string | null): Int8Array | null {
  const [peaks, setPeaks] = useState<{ url: string; bytes: Int8Array } | null>(null);
  useEffect(() => {
    if (url === null) return;
    let current = true;
    fetch(engine().url(url))
      .then((answer) => answer.arrayBuffer())
      .then((buffer) => current && setPeaks({ url, bytes: new Int8Array(buffer) }))
      .catch(() => undefined); // no wave is drawn
    return () => {
      current = false;
    };
  }, [url]);
  return peaks?.url === url ? peaks.bytes : null;
}

function wavePath(peaks: Int8Array, from: number, to: number): string {
  const words: string[] = [];
  for (let column = 0; column < columns; column += 1) {
    const first = Math.floor((from + ((to - from) * column) / columns) * peakPairsPerSecond);
    const last = Math.max(first + 1, Math.floor((from + ((to - from) * (column + 1)) / columns) * peakPairsPerSecond));
    let most = 0;
    for (let i = Math.max(0, first); i < Math.min(last, peaks.length >> 1); i += 1)
      most = Math.max(most, Math.abs(peaks[2 * i]!), Math.abs(peaks[2 * i + 1]!));
    const half = Math.max(0.4, 19 * waveHeight(most / 127));
    words.push(`M${column + 0.5} ${(20 - half).toFixed(1)}V${(20 + half).toFixed(1)}`);
  }
  return words.join('');
}
