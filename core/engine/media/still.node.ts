/** Still pictures, read by sharp: size as shown, and whether both backends can take the file as it is. */
import sharp, { type Metadata } from 'sharp';
import { basename } from 'node:path';
import { FailureError } from '../../contract/errors.ts';
import { sentence } from '../../contract/sentence.ts';
import { factsVersion, type MediaFacts } from '../../disk/facts.ts';

const largestSide = 16384;
const contentTypes: Readonly<Record<string, string>> = {
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  gif: 'image/gif',
  tiff: 'image/tiff',
  svg: 'image/svg+xml',
  heif: 'image/avif',
};

/**
 * Facts of a still, fully decoded once. null: not a still that sharp reads (a video, an animation, sound). Throws
 * FailureError 'damaged' or 'unsupported'.
 */
export async function probeStill(path: string): Promise<MediaFacts | null> {
  const meta = await sharp(path)
    .metadata()
    .catch(() => null);
  if (!meta?.format || !(meta.format in contentTypes)) return null;
  const name = basename(path);
  if ((meta.pages ?? 1) > 1 && meta.format === 'gif') return null;
  if ((meta.pages ?? 1) > 1 && meta.format === 'webp')
    throw new FailureError('unsupported', sentence('media.animatedWebp', { name }), path);
  const turned = (meta.orientation ?? 1) >= 5;
  const width = (turned ? meta.height : meta.width) ?? 0;
  const height = (turned ? meta.width : meta.height) ?? 0;
  if (width > largestSide || height > largestSide)
    throw new FailureError(
      'unsupported',
      sentence('media.pictureTooLarge', { name, width, height, most: largestSide }),
      path,
    );
  // shrinking reads every row: a cut-off file fails here, at import, rather than in an export
  await sharp(path, { failOn: 'truncated' })
    .resize(64, 64, { fit: 'inside' })
    .raw()
    .toBuffer()
    .catch((error: Error) => {
      const reason = `${error.message.split('\n')[0]}.`;
      throw new FailureError('damaged', sentence('media.damaged', { name, reason }), path);
    });
  return stillFacts(meta, width, height);
}

/** Facts of a picture that is `width` by `height` px when upright. */
function stillFacts(meta: Metadata, width: number, height: number): MediaFacts {
  return {
    version: factsVersion,
    kind: 'image',
    formatName: meta.format,
    contentType: contentTypes[meta.format] ?? 'application/octet-stream',
    durationTicks: 0,
    video: {
      streamIndex: 0,
      width,
      height,
      codedWidth: meta.width ?? width,
      codedHeight: meta.height ?? height,
      rate: { num: 1, den: 1 },
      codec: meta.format,
      pixelFormat: meta.hasAlpha ? 'rgba' : 'rgb24',
      rotationDegrees: 0,
      mirrored: false,
      sampleAspect: { num: 1, den: 1 },
      hasAlpha: meta.hasAlpha ?? false,
      matrix: 'gbr',
      transfer: 'iec61966-2-1',
      primaries: 'bt709',
      range: 'pc',
      peakNits: null,
      gopFrames: 1,
      irregular: false,
      startSeconds: 0,
      endSeconds: 0,
      frameCount: 1,
      fieldOrder: 'progressive',
      changes: false,
    },
    audio: null,
    sounds: [],
    timecode: null,
    damage: [],
    proxyReason: whyRedrawn(meta),
    decodable: ['jpeg', 'png', 'webp', 'gif', 'svg', 'heif'].includes(meta.format),
    remarks: [],
  };
}

/** One upright sRGB PNG, where window and exporter would otherwise read the file differently. */
function whyRedrawn(meta: Metadata): string | null {
  if (!['jpeg', 'png', 'webp'].includes(meta.format ?? '')) return `${meta.format} is drawn once as PNG for editing`;
  if ((meta.orientation ?? 1) !== 1) return 'its orientation is written beside the pixels';
  if (meta.space !== 'srgb' && meta.space !== 'b-w') return `its colours are ${meta.space}`;
  if (meta.icc !== undefined) return 'it has a colour profile';
  return null;
}

/** Upright, sRGB, as shown. */
export async function drawStill(path: string, to: string): Promise<void> {
  await sharp(path, { failOn: 'truncated' }).autoOrient().toColourspace('srgb').png({ compressionLevel: 3 }).toFile(to);
}

/** JPEG of at most `side` px; transparent parts on dark grey. */
export async function drawPoster(path: string, to: string, side: number): Promise<void> {
  await sharp(path)
    .autoOrient()
    .resize(side, side, { fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#202024' })
    .toColourspace('srgb')
    .jpeg({ quality: 82 })
    .toFile(to);
}
