/** Searches both sides of a cut for the frames that are most alike, and asks whether a morph between them would do. */
import { FailureError } from '../../../contract/errors.ts';
import type { CutMatch } from '../../../contract/joins.ts';
import { sentence } from '../../../contract/sentence.ts';
import type { Picture, ResolvedRequest } from '../../generation/resolved.ts';
import type { RequestOf } from '../../../actions/schema.ts';
import { readFrames } from '../../media/readFrames.node.ts';
import { ticksFromSeconds, type Rate } from '../../../time/ticks.ts';
import { bestPair } from './bestPair.ts';
import { drawPreviews, type PreviewRooms } from './joinPreviews.node.ts';

/** Longer side of the pictures that are compared, px. */
const comparedPx = 64;
const previewPx = 320;

/** What is asked: the frames at the cut, and how far on each side may be searched. */
export interface CutAsked {
  readonly resolved: ResolvedRequest<RequestOf<'fillGap'>>;
  /** Of the sequence. */
  readonly rate: Rate;
  readonly mostBefore: number;
  readonly mostAfter: number;
  /** Frames that both together come to, at least and at most. */
  readonly least: number;
  readonly most: number;
}

/** Throws FailureError 'badRequest' where a side is missing. */
export async function matchCut(
  { resolved, rate, mostBefore, mostAfter, least, most }: CutAsked,
  rooms: PreviewRooms,
): Promise<CutMatch> {
  const { firstFrame, lastFrame, request } = resolved;
  if (!firstFrame || !lastFrame) throw new FailureError('badRequest', sentence('join.needsBoth'));
  const none = { framesBefore: 0, framesAfter: 0 };
  if (mostBefore + mostAfter < least) return { ...none, refusal: sentence('join.cutTooShort') };
  // before the cut: from it backwards
  const before = (await smallFrames(firstFrame, rate, -mostBefore, mostBefore + 1)).toReversed();
  const after = await smallFrames(lastFrame, rate, 0, mostAfter + 1);
  const { before: framesBefore, after: framesAfter } = bestPair(before, after, least, most);
  const moved: ResolvedRequest<RequestOf<'fillGap'>> = {
    ...resolved,
    request: { ...request, durationTicks: ticksOf(framesBefore + framesAfter, rate) },
    firstFrame: shifted(firstFrame, -framesBefore, rate),
    lastFrame: shifted(lastFrame, framesAfter, rate),
  };
  const previews = await drawPreviews(moved, previewPx, rooms, new AbortController().signal, ['morph']);
  const refusal = previews.find(({ way }) => way === 'morph')?.refusal ?? null;
  return { framesBefore, framesAfter, refusal };
}

function ticksOf(frames: number, { num, den }: Rate): number {
  return ticksFromSeconds((frames * den) / num);
}

function shifted(picture: Picture, frames: number, rate: Rate): Picture {
  return { ...picture, ticks: Math.max(0, picture.ticks + ticksOf(Math.abs(frames), rate) * Math.sign(frames)) };
}

/** Grey pictures, `from` frames of the sequence after the picture. */
async function smallFrames(picture: Picture, rate: Rate, from: number, count: number): Promise<Uint8Array[]> {
  const { file } = picture;
  const video = file.facts.video;
  if (!video) throw new FailureError('badRequest', sentence('request.noPicture', { name: file.name }), file.path);
  const scale = comparedPx / Math.max(video.width, video.height);
  const [width, height] = [video.width, video.height].map((side) => Math.max(2, Math.round(side * scale))) as [
    number,
    number,
  ];
  const startTicks = Math.max(0, shifted(picture, from, rate).ticks);
  const { data } = await readFrames({ startTicks, frameCount: count, fps: rate.num / rate.den, width, height }, file);
  const pixels = width * height;
  return Array.from({ length: count }, (_, frame) =>
    Uint8Array.from({ length: pixels }, (_unused, i) => data[(frame * pixels + i) * 3 + 1]!),
  );
}
