/** Where a picture is put into a file, from what the command line says of it. */
import { usualPlacement, type Placement } from '../../actions/inpaint/placement.ts';
import { FailureError } from '../../contract/errors.ts';
import { sentence } from '../../contract/sentence.ts';
import { ticksFromSeconds } from '../../time/ticks.ts';
import { prepareMasks } from '../footage/plate/prepareMasks.node.ts';
import { sampleFormatOf } from '../../ffmpeg/sampleFormat.ts';
import { pictureSize } from './pictureSize.ts';
import type { FilePlacement } from './fileGeneration.ts';
import type { ResolvedMask, SourceFile } from './resolved.ts';

/**
 * In fractions of the frame. What replaces something stands where its mask is on the frame, unless a place is named.
 * Throws FailureError 'badRequest'.
 */
export async function placementOf(
  { atSeconds, middle, width, corners, settings }: FilePlacement,
  source: SourceFile,
  replaced: ResolvedMask | null,
  folder: string,
): Promise<Placement> {
  const { video, durationTicks, kind } = source.facts;
  const shown = video ?? { width: 1, height: 1 };
  const atTicks = kind === 'image' ? 0 : ticksFromSeconds(atSeconds);
  if (atTicks > 0 && atTicks >= durationTicks)
    throw new FailureError(
      'badRequest',
      sentence('cli.rangeAfterEnd', { name: source.name, seconds: (durationTicks / ticksFromSeconds(1)).toFixed(1) }),
      source.path,
    );
  const inFrame = ({ x, y }: { x: number; y: number }) => ({ x: x / shown.width, y: y / shown.height });
  const [a, b, c, d] = corners ?? [];
  const taken = replaced && !middle ? await boxOf(replaced, source, folder) : null;
  const centre = middle ? inFrame(middle) : (taken ?? usualPlacement);
  return {
    ...usualPlacement,
    ...settings,
    ...{ atTicks, x: centre.x, y: centre.y },
    width: width === null ? (taken?.width ?? usualPlacement.width) : width / shown.width,
    corners: a && b && c && d ? [inFrame(a), inFrame(b), inFrame(c), inFrame(d)] : null,
  };
}

/** Middle and width of what a mask covers on its first frame, in fractions of the frame. */
async function boxOf(mask: ResolvedMask, source: SourceFile, folder: string) {
  const picture = pictureSize(source.facts.video!);
  const { box } = await prepareMasks(mask, {
    ...{
      picture,
      samples: sampleFormatOf('yuv444p'),
      rate: source.facts.video!.rate,
      frameCount: 1,
      folder,
      growPx: 0,
    },
    ...{ signal: new AbortController().signal, onNotice: () => undefined },
  });
  return {
    x: (box.x + box.width / 2) / picture.width,
    y: (box.y + box.height / 2) / picture.height,
    width: box.width / picture.width,
  };
}
