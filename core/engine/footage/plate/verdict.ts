/** What a removal is worth, from what was measured frame by frame. Pure. */
import type { FrameSpan, Verdict } from './plateRun.ts';
import type { FrameReport } from './plateMaker.ts';

/** Of the hole's samples over all frames, this many may be invented before the whole is called so. */
const inventedShare = 0.2;
const frameInvented = 0.05;
const frameDisputed = 0.12;
const frameResidual = 9;
/** Doubtful frames that stand closer than this are one span. */
const spanGap = 6;

/**
 * The verdict on all frames. One is doubtful where others disagree, did not show it all, or do not fit around it.
 * `tightPx`: how far the thing reaches out of its mask.
 */
export function verdictOf(reports: readonly FrameReport[], tightPx: number): Verdict {
  const neverSeen = reports.length === 0 ? 0 : reports.reduce((sum, { seen }) => sum + 1 - seen, 0) / reports.length;
  const doubtful = reports.map(
    ({ seen, disputed, residual }) => 1 - seen > frameInvented || disputed > frameDisputed || residual > frameResidual,
  );
  const spans = spansOf(doubtful);
  if (neverSeen > inventedShare)
    return {
      kind: 'invented',
      spans: spansOf(reports.map(({ seen }) => 1 - seen > frameInvented)),
      neverSeen,
      tightPx,
    };
  return { kind: spans.length > 0 ? 'check' : 'clean', spans, neverSeen, tightPx };
}

function spansOf(doubtful: readonly boolean[]): FrameSpan[] {
  const spans: { startFrame: number; endFrame: number }[] = [];
  for (const [index, isDoubtful] of doubtful.entries()) {
    if (!isDoubtful) continue;
    const last = spans.at(-1);
    if (last && index - last.endFrame < spanGap) last.endFrame = index + 1;
    else spans.push({ startFrame: index, endFrame: index + 1 });
  }
  return spans;
}
