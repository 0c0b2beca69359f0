/** Transcripts as files of other programs: SubRip, WebVTT, plain text. */
import type { HeardWord } from '../contract/transcript.ts';
import { secondsFromTicks, type Ticks } from '../time/ticks.ts';
import { captionsOf, textOfWords } from './captions.ts';

/** What a transcript can be written as, by a file's ending. */
export const transcriptEndings = ['srt', 'vtt', 'txt', 'json'] as const;

/** SubRip (.srt). */
export function toSubRip(words: readonly HeardWord[]): string {
  return captionsOf(words)
    .map(
      ({ text, fromTicks, toTicks }, i) => `${i + 1}\n${clock(fromTicks, ',')} --> ${clock(toTicks, ',')}\n${text}\n`,
    )
    .join('\n');
}

/** WebVTT (.vtt); '&' and '<' would begin its own marks. */
export function toWebVtt(words: readonly HeardWord[]): string {
  const cues = captionsOf(words).map(
    ({ text, fromTicks, toTicks }) =>
      `${clock(fromTicks, '.')} --> ${clock(toTicks, '.')}\n${text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}\n`,
  );
  return ['WEBVTT\n', ...cues].join('\n');
}

/** A paragraph for each pause of two seconds. */
export function toPlainText(words: readonly HeardWord[]): string {
  const paragraphs: HeardWord[][] = [];
  for (const word of words) {
    const last = paragraphs.at(-1)?.at(-1);
    if (last && secondsFromTicks(word.fromTicks - last.toTicks) < 2) paragraphs.at(-1)!.push(word);
    else paragraphs.push([word]);
  }
  return paragraphs.map((each) => `${textOfWords(each)}\n`).join('\n');
}

function clock(ticks: Ticks, point: ',' | '.'): string {
  const ms = Math.round(secondsFromTicks(ticks) * 1000);
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  const fraction = String(ms % 1000).padStart(3, '0');
  return `${two(ms / 3_600_000)}:${two((ms / 60_000) % 60)}:${two((ms / 1000) % 60)}${point}${fraction}`;
}
