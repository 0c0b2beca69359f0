/**
 * Whether a file ends where it was meant to. ffmpeg plays a file that was cut off to the end of what is there and may
 * say nothing: lengths that its chunks, packets, pages and frames announce tell.
 */
import { isOneOf } from '../soundClock.ts';
import { aiffIsCut, asfIsCut, auIsCut, flvIsCut, riffIsCut, wave64IsCut } from './chunkEnds.ts';
import { withFileBytes, type FileBytes } from './fileBytes.node.ts';
import { ac3IsCut, adtsIsCut, mp3IsCut } from './frameEnds.ts';
import { oggIsCut, programIsCut, transportIsCut } from './packetEnds.ts';

type Check = (file: FileBytes) => Promise<boolean>;

/** By ffmpeg's names of formats. */
const checks: readonly (readonly [readonly string[], Check])[] = [
  [['avi', 'wav'], riffIsCut],
  [['aiff'], aiffIsCut],
  [['au'], auIsCut],
  [['w64'], wave64IsCut],
  [['asf'], asfIsCut],
  [['flv'], flvIsCut],
  [['mpegts'], transportIsCut],
  [['mpeg'], programIsCut],
  [['ogg'], oggIsCut],
  [['mp3'], mp3IsCut],
  [['aac'], adtsIsCut],
  [['ac3', 'eac3'], ac3IsCut],
];

/**
 * True where something that the file announces is not in it. False for formats without such a thing, and for a file
 * that was cut exactly between two packets of a format that has no other mark: nothing in it tells.
 */
export async function isCutOff(path: string, formatName: string): Promise<boolean> {
  const check = checks.find(([formats]) => isOneOf(formatName, formats))?.[1];
  return check ? withFileBytes(path, check) : false;
}
