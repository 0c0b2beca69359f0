/** Motion JPEG without a container: JPEG pictures of one size, one directly behind the other. */
import { extname } from 'node:path';
import { withFileBytes } from './fileEnd/fileBytes.node.ts';

/** Larger single pictures are stills. */
const mostPictureBytes = 32 * 1024 * 1024;
/** ffmpeg takes files of these names for numbered stills. */
const stillNames = ['.jpg', '.jpeg', '.jpe', '.jfif', '.mpo'];

/**
 * Whether a JPEG file goes on with a second picture of the first one's size. Cameras put previews, gain maps and the
 * other eye's view behind a still: they announce them in the first picture (CIPA DC-007, 'MPF').
 */
export async function isMotionJpeg(path: string): Promise<boolean> {
  if (stillNames.includes(extname(path).toLowerCase())) return false;
  return withFileBytes(path, async (file) => {
    const bytes = await file.read(0, 2 * mostPictureBytes);
    const first = pictureAt(bytes, 0);
    if (!first || first.announcesOthers || first.end > mostPictureBytes) return false;
    const second = pictureAt(bytes, first.end);
    return second !== null && second.size === first.size;
  });
}

interface JpegPicture {
  /** Where the next one may begin. */
  readonly end: number;
  /** Height and width as they stand in the frame header; '' without one. */
  readonly size: string;
  readonly announcesOthers: boolean;
}

const [startOfImage, endOfImage, startOfScan, applicationTwo] = [0xd8, 0xd9, 0xda, 0xe2];

/** One picture (ITU-T T.81); null where none begins or where it is not whole. */
function pictureAt(bytes: Buffer, start: number): JpegPicture | null {
  if (bytes[start] !== 0xff || bytes[start + 1] !== startOfImage) return null;
  let size = '';
  let announcesOthers = false;
  for (let at = start + 2; at + 4 <= bytes.length || bytes[at + 1] === endOfImage;) {
    if (bytes[at] !== 0xff) return null;
    const marker = bytes[at + 1]!;
    if (marker === endOfImage) return { end: at + 2, size, announcesOthers };
    const length = bytes.readUInt16BE(at + 2);
    if (isFrameHeader(marker)) size = bytes.toString('hex', at + 5, at + 9);
    if (marker === applicationTwo) announcesOthers ||= bytes.toString('latin1', at + 4, at + 7) === 'MPF';
    at += 2 + length;
    if (marker === startOfScan) at = endOfScan(bytes, at);
  }
  return null;
}

function isFrameHeader(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
}

/** The next marker that is not part of coded data: neither a stuffed zero nor a restart. */
function endOfScan(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const marker = bytes[at + 1] ?? 0;
    if (marker !== 0 && marker !== 0xff && (marker < 0xd0 || marker > 0xd7)) return at;
  }
  return bytes.length;
}
