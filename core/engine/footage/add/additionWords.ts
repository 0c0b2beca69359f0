/** What is said of an addition: where its anchor was not found. Pure. */
import { sentence, type Sentence } from '../../../contract/sentence.ts';
import type { TakeVerdict } from '../../../document/schema.ts';
import { secondsFromTicks, ticksAtFrame, type Rate } from '../../../time/ticks.ts';
import type { FrameSpan } from '../plate/plateRun.ts';
import type { AddResult, AddRun } from './addRun.ts';

const namedSpans = 3;

/** What a take keeps, what else is to be said, and whether there was nothing to follow from the first frame on. */
export function trackVerdict(
  { gaps, bridged, outside }: Pick<AddResult, 'gaps' | 'bridged' | 'outside'>,
  { frameCount }: Pick<AddRun, 'frameCount'>,
  rate: Rate | null,
): { readonly verdict: TakeVerdict; readonly notices: readonly Sentence[]; readonly isLostAtOnce: boolean } {
  const missing = gaps.reduce((sum, { startFrame, endFrame }) => sum + endFrame - startFrame, 0);
  const isLostAtOnce = frameCount > 1 && missing >= frameCount - 1;
  const notices: Sentence[] = [];
  if (outside > 0) notices.push(sentence('add.outside', { frames: outside }));
  if (!rate || (gaps.length === 0 && bridged.length === 0))
    return { verdict: { kind: 'clean', sentence: sentence('add.followed'), spans: [] }, notices, isLostAtOnce };
  const spans = [...gaps, ...bridged].toSorted((a, b) => a.startFrame - b.startFrame);
  if (gaps.length > 0 && bridged.length > 0) notices.push(sentence('add.bridged', { places: named(bridged, rate) }));
  const said =
    gaps.length === 0
      ? sentence('add.bridged', { places: named(bridged, rate) })
      : sentence(`add.${gapKeys[gaps[0]!.why]}`, { places: named(gaps, rate) });
  return {
    verdict: { kind: 'check', sentence: said, spans: spans.slice(0, 100).map((span) => ticksOf(span, rate)) },
    notices,
    isLostAtOnce,
  };
}

const gapKeys = { lost: 'lost', cut: 'atCut', noThing: 'noThing' } as const;

function ticksOf({ startFrame, endFrame }: FrameSpan, rate: Rate): TakeVerdict['spans'][number] {
  const startTicks = ticksAtFrame(startFrame, rate);
  return { startTicks, durationTicks: ticksAtFrame(endFrame, rate) - startTicks };
}

/** "1.2–3.0 s (frames 30–74)". */
function named(spans: readonly FrameSpan[], rate: Rate): string {
  const seconds = (frame: number): string => secondsFromTicks(ticksAtFrame(frame, rate)).toFixed(1);
  const first = spans
    .slice(0, namedSpans)
    .map(({ startFrame, endFrame }) => `${seconds(startFrame)}–${seconds(endFrame)} s (${startFrame}–${endFrame - 1})`);
  return first.join(', ') + (spans.length > namedSpans ? ' …' : '');
}
