/** The facts of a file in words: for bin and inspector. */
import type { TFunction } from 'i18next';
import type { MediaAssets, MediaDetails, SoundAssets } from '../../core/contract/contract.ts';
import { formatRate } from '../../core/time/ticks.ts';
import { sentenceText } from './errors.ts';

/** What the user should know of a file, a line each: damage, whose sentences name its time, then remarks. */
export interface FileNotes {
  readonly damage: readonly string[];
  readonly remarks: readonly string[];
}

/** null where there is nothing to say. */
export function notesOf(assets: Pick<MediaAssets, 'details'> | undefined): FileNotes | null {
  const details = assets?.details;
  if (!details || details.damage.length + details.remarks.length === 0) return null;
  return {
    damage: details.damage.map(({ what }) => sentenceText(what)),
    remarks: details.remarks.map(sentenceText),
  };
}

type Translate = TFunction<'mediaBin'>;

/** A line of the inspector's list of facts. */
export interface Fact {
  readonly name: 'frameRate' | 'scan' | 'range' | 'timecode';
  readonly value: string;
}

/** Only what a picture's size and codec do not tell already: rate, fields, dynamic range and start timecode. */
export function factsOf({ video, timecode }: MediaDetails, t: Translate): Fact[] {
  const facts: Fact[] = [];
  if (video) {
    const fps = formatRate(video.rate);
    facts.push({ name: 'frameRate', value: video.irregular ? t('facts.variable', { fps }) : t('facts.fps', { fps }) });
    if (video.fieldOrder !== 'progressive') facts.push({ name: 'scan', value: t(`facts.${video.fieldOrder}`) });
    if (video.transfer === 'smpte2084') facts.push({ name: 'range', value: t('facts.pq') });
    if (video.transfer === 'arib-std-b67') facts.push({ name: 'range', value: t('facts.hlg') });
  }
  if (timecode !== null) facts.push({ name: 'timecode', value: timecode });
  return facts;
}

/** '2 · English · 5.1 · Commentary': its number in the file, then what is known. */
export function soundName(sound: SoundAssets, index: number, t: Translate, language: string): string {
  const layouts: Readonly<Record<string, string>> = { mono: t('mono'), stereo: t('stereo') };
  const byCount = sound.channels === 1 ? t('mono') : sound.channels === 2 ? t('stereo') : '';
  const channels = layouts[sound.layout] ?? (sound.layout.replace(/\(.*\)/, '') || byCount);
  const parts = [
    String(index + 1),
    languageName(sound.language, language),
    channels || t('channels', { n: sound.channels }),
    sound.title,
  ];
  return parts.filter((part) => part !== '').join(' · ');
}

/** 'eng' -> 'English'; the tag itself where it names no language. */
function languageName(tag: string, language: string): string {
  if (tag === '' || tag === 'und') return '';
  try {
    return new Intl.DisplayNames([language], { type: 'language' }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}
