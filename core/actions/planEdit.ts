/** Edits of a source in its place, shared by inpaint and restyle: every frame is known, some of it is generated. */
import type { VideoFamily } from '../../models/families/pack.ts';
import { secondsFromTicks, type Rate } from '../time/ticks.ts';
import {
  evenSize,
  framesFor,
  notPlanned,
  packRate,
  planned,
  type PlanFile,
  type Planned,
  type SourceRange,
  type VideoPlan,
} from './videoPlan.ts';

/** What of the frames an edit generates, and how strongly shapes are kept (0..1; null = the family’s own). */
export interface Edit {
  readonly anew: VideoPlan['anew'];
  readonly controlScale: number | null;
}

/** Under a mask the take has the source's own frames and is laid over them; else the pack's, brought to its size. */
export function planEdit<F extends PlanFile>(
  source: SourceRange<F> | null,
  family: VideoFamily,
  { anew, controlScale }: Edit,
): Planned<F> {
  const facts = source?.file.facts;
  if (!source || !facts?.video) return notPlanned('noPicture', { name: source?.file.name ?? '' });
  // a still stays one picture, however long its clip
  const framesAt = (fps: number): number => (facts.kind === 'image' ? 1 : framesFor(source.durationTicks, fps));
  const frameCount = framesAt(family.fps);
  const sourceRate = facts.kind === 'video' ? facts.video.rate : packRate(family);
  return planned({
    frameCount,
    known: [{ atFrame: 0, count: frameCount, file: source.file, startTicks: source.startTicks, fit: 'stretch' }],
    anew,
    kept: { from: 0, count: frameCount },
    controlScale,
    upscale: false,
    output:
      anew === 'structure'
        ? { ...evenSize(facts.video), rate: packRate(family), frameCount, over: null }
        : {
            width: facts.video.width,
            height: facts.video.height,
            rate: sourceRate,
            frameCount: Math.min(framesAt(sourceRate.num / sourceRate.den), framesLeft(source, sourceRate)),
            over: source,
          },
  });
}

/** Frames of the source from where it begins: a container's length may be its sound's, half a frame more or less. */
function framesLeft({ file, startTicks }: SourceRange<PlanFile>, rate: Rate): number {
  if (file.facts.kind === 'image') return 1;
  return Math.max(1, Math.round((secondsFromTicks(file.facts.durationTicks - startTicks) * rate.num) / rate.den));
}
