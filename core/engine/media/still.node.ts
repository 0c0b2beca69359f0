/** Still pictures: size as shown, and whether both backends can take the file as it is. */
import sharp, { type Metadata, type Sharp } from 'sharp';
import { basename } from 'node:path';
import { FailureError } from '../../contract/errors.ts';
import { sentence } from '../../contract/sentence.ts';
import { factsVersion, type MediaFacts } from '../../disk/facts.ts';
import { isAnimatedPng } from './animation.node.ts';
import { isMotionJpeg } from './motionJpeg.node.ts';
import { decodeHdrStill, decodeStill, type DecodedStill } from './ffmpegStill.node.ts';
import { hdrColourOf } from './hdrStill.node.ts';
import { isSvg, sniff } from './sniff.node.ts';
import { findStillDamage } from './stillDamage.node.ts';
import { openDrawing, readDrawing } from './svgDrawing.node.ts';

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
 * Facts of a still that sharp reads, fully decoded once; null for everything else (another still, a video, an
 * animation, sound). Throws FailureError 'damaged' or 'unsupported'.
 */
export async function probeStill(path: string): Promise<MediaFacts | null> {
  const meta = await readableMeta(path);
  if (!meta) return null;
  const name = basename(path);
  if (meta.format === 'jpeg' && (await isMotionJpeg(path))) return null;
  if (meta.format === 'png' && (await isAnimatedPng(path))) return null;
  if ((meta.pages ?? 1) > 1 && meta.format === 'gif') return null;
  if ((meta.pages ?? 1) > 1 && meta.format === 'webp')
    throw new FailureError('unsupported', sentence('media.animatedWebp', { name }), path);
  const picture = await openStill(path).catch((error: Error) => {
    throw damaged(path, error);
  });
  const checked = await checkedFacts(path, picture, meta, meta.format);
  const facts = { ...checked, damage: await findStillDamage(path, meta.format) };
  const hdr = await hdrColourOf(path, meta.format);
  return hdr ? { ...facts, proxyReason: 'its light is brought from HDR to SDR once' } : facts;
}

/** Facts of a still that only ffmpeg reads. Throws FailureError 'damaged' or 'unsupported'. */
export async function probeDecodedStill(path: string): Promise<MediaFacts | null> {
  const decoded = await decodeStill(path);
  if (!decoded) return null;
  const picture = sharp(decoded.png, { limitInputPixels: false });
  const facts = await checkedFacts(path, picture, await picture.metadata(), decoded.formatName);
  return withCodec(facts, decoded);
}

function withCodec(facts: MediaFacts, { formatName, codec }: DecodedStill): MediaFacts {
  return {
    ...facts,
    contentType: 'application/octet-stream',
    video: facts.video && { ...facts.video, codec },
    proxyReason: `${codec} is drawn once as PNG for editing`,
    decodable: false,
    originSeconds: 0,
    formatName,
  };
}

async function checkedFacts(path: string, picture: Sharp, meta: Metadata, formatName: string): Promise<MediaFacts> {
  const name = basename(path);
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
  await picture
    .clone()
    .resize(64, 64, { fit: 'inside' })
    .raw()
    .toBuffer()
    .catch((error: Error) => {
      throw damaged(path, error);
    });
  return stillFacts(meta, formatName, width, height);
}

function damaged(path: string, error: Error): FailureError {
  if (error instanceof FailureError) return error;
  const reason = `${error.message.split('\n')[0]}.`;
  return new FailureError('damaged', sentence('media.damaged', { name: basename(path), reason }), path);
}

/** Of a drawing as it is drawn here. */
async function readableMeta(path: string): Promise<(Metadata & { readonly format: string }) | null> {
  const picture = isSvg((await sniff(path)).head) ? openDrawing(await readDrawing(path)) : sharp(path);
  const meta = await picture.metadata().catch(() => null);
  return meta?.format && meta.format in contentTypes ? { ...meta, format: meta.format } : null;
}

/**
 * Any still as sharp reads it, neither turned nor converted yet. Throws what sharp throws, and FailureError as probing
 * does.
 */
export async function openStill(path: string): Promise<Sharp> {
  const meta = await readableMeta(path);
  if (meta?.format === 'svg') return openDrawing(await readDrawing(path));
  const hdr = meta && (await hdrColourOf(path, meta.format));
  if (hdr) return sharp(await decodeHdrStill(path, hdr), { limitInputPixels: false });
  if (meta) return sharp(path, { failOn: 'truncated' });
  const decoded = await decodeStill(path);
  if (!decoded) throw new FailureError('notMedia', sentence('media.notMedia', { name: basename(path) }), path);
  return sharp(decoded.png, { limitInputPixels: false });
}

/** Facts of a picture that is `width` by `height` px when upright. */
function stillFacts(meta: Metadata, formatName: string, width: number, height: number): MediaFacts {
  return {
    version: factsVersion,
    kind: 'image',
    originSeconds: 0,
    formatName,
    contentType: contentTypes[formatName] ?? 'application/octet-stream',
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
      clockJumps: false,
      untimedFrames: 0,
      peakNits: null,
      gopFrames: 1,
      irregular: false,
      startSeconds: 0,
      endSeconds: 0,
      frameCount: 1,
      fieldOrder: 'progressive',
      fieldsMarked: false,
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

/** Upright, sRGB, as shown; with 16 bits a channel where it has more than 8. */
export async function drawStill(path: string, to: string): Promise<void> {
  const picture = await openStill(path);
  const isDeep = (await picture.metadata()).depth === 'ushort';
  await picture
    .autoOrient()
    .toColourspace(isDeep ? 'rgb16' : 'srgb')
    .png({ compressionLevel: 3 })
    .toFile(to);
}

/** JPEG of at most `side` px; transparent parts on dark grey. */
export async function drawPoster(path: string, to: string, side: number): Promise<void> {
  const picture = await openStill(path);
  await picture
    .autoOrient()
    .resize(side, side, { fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#202024' })
    .toColourspace('srgb')
    .jpeg({ quality: 82 })
    .toFile(to);
}
