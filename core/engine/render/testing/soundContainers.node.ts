/** A tone and a clapper in every container whose sound somebody cuts. */
import { join } from 'node:path';
import { ffmpeg } from '../../../ffmpeg/testing/ffmpegWords.node.ts';

/** A container and what its sound is encoded with. */
export interface SoundContainer {
  readonly name: string;
  readonly rateHz: number;
  /** Words for ffmpeg between the input and the output. */
  readonly words: readonly string[];
  /** First written as this, then copied into `name` without encoding. */
  readonly by?: string;
  /** With a picture, as such files have it. */
  readonly picture?: readonly string[];
  /** Begins with the first sample that its decoder gives, wherever that is by its time stamp. */
  readonly isUnplaced?: boolean;
}

const aac = ['-c:a', 'aac', '-b:a', '192k'];
const mp3 = ['-c:a', 'libmp3lame', '-b:a', '192k'];
const h264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p'];

/** The few that differ in kind: for every run of the tests. */
export const chosenContainers: readonly SoundContainer[] = [
  { name: 'pcm-44.wav', rateHz: 44100, words: ['-c:a', 'pcm_s16le'] },
  { name: 'aac.mkv', rateHz: 48000, words: aac },
  { name: 'aac-44.ts', rateHz: 44100, words: aac, picture: h264 },
];

/** All others. */
export const moreContainers: readonly SoundContainer[] = [
  { name: 'pcm.wav', rateHz: 48000, words: ['-c:a', 'pcm_s24le'] },
  { name: 'flac-44.flac', rateHz: 44100, words: ['-c:a', 'flac'] },
  { name: 'aac-44.mkv', rateHz: 44100, words: aac },
  { name: 'flac.mkv', rateHz: 48000, words: ['-c:a', 'flac'] },
  { name: 'pcm.mkv', rateHz: 48000, words: ['-c:a', 'pcm_s16le'] },
  { name: 'mp3.mkv', rateHz: 48000, words: mp3 },
  { name: 'opus.webm', rateHz: 48000, words: ['-c:a', 'libopus', '-b:a', '160k'] },
  { name: 'vorbis.webm', rateHz: 48000, words: ['-c:a', 'libvorbis', '-q:a', '8'] },
  { name: 'aac.flv', rateHz: 48000, words: aac, picture: ['-c:v', 'flv1'] },
  { name: 'mp3-44.flv', rateHz: 44100, words: mp3 },
  { name: 'mp3.avi', rateHz: 48000, words: mp3, picture: ['-c:v', 'mpeg4'] },
  { name: 'pcm.avi', rateHz: 48000, words: ['-c:a', 'pcm_s16le'], picture: ['-c:v', 'mpeg4'] },
  { name: 'wma.wma', rateHz: 48000, words: ['-c:a', 'wmav2', '-b:a', '192k'], isUnplaced: true },
  { name: 'aac.ts', rateHz: 48000, words: aac, picture: h264 },
  { name: 'mp2.mpg', rateHz: 48000, words: ['-c:a', 'mp2', '-b:a', '256k'], picture: ['-c:v', 'mpeg2video'] },
  { name: 'ac3.ts', rateHz: 48000, words: ['-c:a', 'ac3', '-b:a', '256k'] },
  { name: 'remuxed.mp4', rateHz: 48000, words: aac, by: 'mkv' },
  { name: 'remuxed-44.mp4', rateHz: 44100, words: aac, by: 'flv' },
  { name: 'aac-44.mp4', rateHz: 44100, words: aac, picture: h264 },
  { name: 'aac.mov', rateHz: 48000, words: aac },
  { name: 'aac-44.m4a', rateHz: 44100, words: aac },
  { name: 'aac-44.aac', rateHz: 44100, words: [...aac, '-f', 'adts'] },
  { name: 'mp3-44.mp3', rateHz: 44100, words: mp3 },
  { name: 'vbr.mp3', rateHz: 48000, words: ['-c:a', 'libmp3lame', '-q:a', '2'] },
  { name: 'vorbis-44.ogg', rateHz: 44100, words: ['-c:a', 'libvorbis', '-q:a', '8'] },
  { name: 'opus.ogg', rateHz: 48000, words: ['-c:a', 'libopus', '-b:a', '160k'] },
  { name: 'flac.ogg', rateHz: 48000, words: ['-c:a', 'flac'] },
  { name: 'pcm-22.mov', rateHz: 22050, words: ['-c:a', 'pcm_s16le'] },
  { name: 'ac3.ac3', rateHz: 48000, words: ['-c:a', 'ac3', '-b:a', '256k'] },
  { name: 'pcm.mxf', rateHz: 48000, words: ['-c:a', 'pcm_s16le'], picture: ['-c:v', 'mpeg2video'] },
];

/** `lavfi`: a source of sound. Answers the file's path. */
export function writeContainer(folder: string, lavfi: string, seconds: number, container: SoundContainer): string {
  const { name, rateHz, words, by, picture } = container;
  const path = join(folder, name);
  const first = by === undefined ? path : `${path}.${by}`;
  const film = picture ? ['-f', 'lavfi', '-i', `testsrc=s=64x64:r=25:d=${seconds}`] : [];
  const sound = ['-f', 'lavfi', '-i', `${lavfi},aformat=sample_rates=${rateHz}:channel_layouts=stereo`];
  ffmpeg(...film, ...sound, '-t', String(seconds), ...(picture ?? []), ...words, first);
  if (by !== undefined) ffmpeg('-i', first, '-c', 'copy', path);
  return path;
}
