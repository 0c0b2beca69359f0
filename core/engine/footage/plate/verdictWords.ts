/** The verdict on a removal as takes and recipes keep it: a sentence, and the times it is about. Pure. */
import { sentence, type Sentence } from '../../../contract/sentence.ts';
import type { TakeVerdict } from '../../../document/schema.ts';
import { secondsFromTicks, ticksAtFrame, type Rate } from '../../../time/ticks.ts';
import type { FrameSpan, Verdict } from './plateRun.ts';

/** Spans are counted from the take's first frame. `rate` null: a photograph. */
export function takeVerdict({ kind, spans, neverSeen, tightPx }: Verdict, rate: Rate | null): TakeVerdict {
  const tight = tightPx > 0 ? { tightPx } : {};
  if (!rate) return { kind: 'invented', sentence: sentence('removal.still'), spans: [], ...tight };
  const places = spans.slice(0, mostSpans).map((span) => placeOf(span, rate));
  return { kind, sentence: wordsFor(kind, spans, neverSeen, rate), spans: places, ...tight };
}

/** All that is said of a result. */
export function noticesOf({ sentence: said, tightPx }: TakeVerdict): Sentence[] {
  return tightPx === undefined ? [said] : [said, sentence('removal.tight', { px: tightPx })];
}

/** More would not be looked at one by one. */
const mostSpans = 100;
const namedSpans = 3;

function placeOf({ startFrame, endFrame }: FrameSpan, rate: Rate): TakeVerdict['spans'][number] {
  const startTicks = ticksAtFrame(startFrame, rate);
  return { startTicks, durationTicks: ticksAtFrame(endFrame, rate) - startTicks };
}

function wordsFor(kind: Verdict['kind'], spans: readonly FrameSpan[], neverSeen: number, rate: Rate): Sentence {
  if (kind === 'clean') return sentence('removal.clean');
  if (kind === 'invented') return sentence('removal.invented', { percent: Math.round(100 * neverSeen) });
  const named = spans.slice(0, namedSpans).map(({ startFrame, endFrame }) => {
    const [from, to] = [startFrame, endFrame].map((frame) => secondsFromTicks(ticksAtFrame(frame, rate)).toFixed(1));
    return `${from}–${to} s`;
  });
  const more = spans.length - named.length;
  return more > 0
    ? sentence('removal.checkMore', { places: named.join(', '), more })
    : sentence('removal.check', { places: named.join(', ') });
}
