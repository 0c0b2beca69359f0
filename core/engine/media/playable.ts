/** Whether Chromium can show a file as it is, and fast enough to scrub. Decided by what was measured (FIELD-NOTES). */
import type { AudioFacts, VideoFacts } from '../../disk/facts.ts';
import { isHdr, isStandardDefinition } from '../../ffmpeg/sourceColour.ts';

const containers = ['mp4', 'mov', 'matroska', 'webm', 'mp3', 'wav', 'flac', 'ogg'];
const audioCodecs = [
  'aac',
  'mp3',
  'opus',
  'vorbis',
  'flac',
  'pcm_s16le',
  'pcm_s24le',
  'pcm_f32le',
  'pcm_u8',
  'pcm_s16be',
];
/** Frames from a key frame times pixels that decode within about 80 ms on two cores: 18 frames of 720p, 8 of 1080p. */
const seekBudgetPixels = 18 * 1280 * 720;
/** Frames are sampled at their middle: a start within a third of a frame changes nothing. */
const startSlackFrames = 1 / 3;
/** Encoder delay of MP3 and its kin, which players leave out. */
const startSlackSeconds = 0.06;

/** Whether Chromium plays a file as it is. */
export interface Playable {
  readonly decodable: boolean;
  /** null = play the original. */
  readonly proxyReason: string | null;
}

/** Judges by format and streams alone, without decoding. */
export function judgePlayable(
  formatName: string,
  video: VideoFacts | null,
  audio: AudioFacts | null,
  zeroSeconds: number,
): Playable {
  const undecodable = whyNotDecodable(formatName, video, audio, zeroSeconds);
  if (undecodable !== null) return { decodable: false, proxyReason: undecodable };
  return { decodable: true, proxyReason: video ? whyProxied(video) : null };
}

function whyNotDecodable(
  formatName: string,
  video: VideoFacts | null,
  audio: AudioFacts | null,
  zeroSeconds: number,
): string | null {
  if (!formatName.split(',').some((name) => containers.includes(name)))
    return `the browser does not read ${formatName.split(',')[0]} files`;
  if (video) {
    const picture = whyNotPicture(video);
    if (picture !== null) return picture;
    const slackSeconds = (startSlackFrames * video.rate.den) / video.rate.num;
    if (video.startSeconds > slackSeconds) return 'its picture begins after its sound';
  }
  if (audio && !audioCodecs.includes(audio.codec)) return `the browser does not decode ${audio.codec} sound`;
  const slackSeconds = video ? (startSlackFrames * video.rate.den) / video.rate.num : startSlackSeconds;
  if (Math.abs(zeroSeconds) > slackSeconds) return 'its time does not begin at zero';
  return null;
}

function whyNotPicture(video: VideoFacts): string | null {
  if (!['h264', 'vp8', 'vp9', 'av1'].includes(video.codec)) return `the browser does not decode ${video.codec}`;
  if (video.codec === 'h264' && !['yuv420p', 'yuvj420p'].includes(video.pixelFormat))
    return `the browser does not decode ${video.pixelFormat} H.264`;
  if (video.hasAlpha) return 'the browser decodes no transparency';
  if (isHdr(video)) return 'it is HDR, which is brought to SDR for editing';
  if (video.untimedFrames > 0) return 'its frames have no times, and are counted for editing';
  if (video.mirrored) return 'its display matrix mirrors the picture';
  if (video.rotationDegrees % 90 !== 0) return 'its display matrix turns the picture by an odd angle';
  if (video.width % 2 !== 0 || video.height % 2 !== 0) return 'its size is odd';
  return null;
}

/** What the window could play, but would not show or scrub as it should. */
function whyProxied(video: VideoFacts): string | null {
  if (video.fieldOrder !== 'progressive') return 'it is interlaced, and is deinterlaced for editing';
  if (isReadAsBt709(video)) return 'its colours are those of standard definition, which the file does not say';
  return whySlow(video);
}

/** The window's decoder reads everything without a matrix as bt709, but full range as bt601 (measured). */
function isReadAsBt709({ matrix, range, codedWidth: width, codedHeight: height }: VideoFacts): boolean {
  return matrix === '' && range !== 'pc' && isStandardDefinition({ width, height });
}

function whySlow(video: VideoFacts): string | null {
  if (video.gopFrames === null) return 'its key frames could not be measured';
  const cost = video.gopFrames * video.codedWidth * video.codedHeight;
  return cost > seekBudgetPixels
    ? `its key frames are ${video.gopFrames} frames apart at ` +
        `${video.codedWidth}x${video.codedHeight}: too slow to scrub`
    : null;
}
