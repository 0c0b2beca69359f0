/** The files of the set that `npm test` takes through Framewright: each container, each kind of oddity. */
import { allCases } from './cases/all.ts';
import type { TortureCase } from './torture.ts';

const names: readonly string[] = [
  // MP4 and its kin
  'hevcopen-aac44.faststart.mp4',
  '30000 per 1001 fps.mp4',
  'h264b-aac.dash.mp4',
  'clock at ten seconds.fragmented.mp4',
  'turned 90 h264b.mp4',
  'one frame under a song.mp4',
  'hole of 0.8 s.mp4',
  'remuxed from Matroska.mp4',
  'two sounds.mp4',
  'cover art first.mp4',
  'percent %03d 100%.mp4',
  'really mp4.jpg',
  'prores-pcm24.mov',
  'SAR 2-1.mov',
  'time code track.mov',
  'h263-aacmono.3gp',
  'alac.m4a',
  // Matroska and WebM
  '240 fps.mkv',
  'h264open-flac.mkv',
  'ffv1 in yuv444p16le.mkv',
  'subtitles.mkv',
  'zeros in the middle.mkv',
  'vp9alt-vorbis44.webm',
  'no cues and no length.webm',
  // AVI, FLV, ASF, NUT, RealMedia
  'picture ends early.avi',
  'huffyuv-pcm1644.avi',
  'sound begins late.flv',
  'wmv2-wma2.wmv',
  'h264-aac.asf',
  'uneven distances.nut',
  'rv10-ac3.rm',
  // transport and program streams
  'h264b-aac44.ts',
  'picture begins late.ts',
  'clock before the wrap at 26.5 h.ts',
  'joined sound from stereo to 5.1.ts',
  'h264-pcmbluray.m2ts',
  '60000 per 1001 fps.mpg',
  'mpeg2 top field first.mpg',
  'mpeg2-pcmdvd.vob',
  // broadcast, Ogg, animations
  'time code track.mxf',
  'theora-vorbis.ogv',
  'gif.gif',
  'apng.animated.png',
  // bare streams
  'h264open.h264',
  'hevcopen.hevc',
  'mpeg2.m2v',
  'y4m.y4m',
  // sound alone
  'pcm24.wav',
  'pcm16.rf64.wav',
  'pcm16.w64',
  'pcm24be.aiff',
  'alac.caf',
  'mulaw.au',
  'flac96.flac',
  'vbr with Xing.mp3',
  'vbr without Xing.mp3',
  'aac44.aac',
  'ac351.ac3',
  'opus.opus',
  'vorbis44.ogg',
];

/** The sixty cases of the sample. Throws when one of them is not in the set. */
export const sample: readonly TortureCase[] = names.map((name) => {
  const found = allCases.find((each) => each.name === name);
  if (!found) throw new Error(`the torture set has no file called ${name}`);
  return found;
});
