/** Base films that the oddities are done to. */
import {
  audioCodecs,
  recipe,
  soundOf,
  videoCodecs,
  type AudioCodecName,
  type Recipe,
  type VideoCodecName,
} from './recipe.ts';
import type { TortureCase } from '../torture.ts';

interface Base {
  readonly video: VideoCodecName;
  readonly audio: AudioCodecName;
  readonly extension: string;
  readonly mux?: string;
}

/** One film of each container that oddities are tried in. */
export const bases = {
  mp4: { video: 'h264b', audio: 'aac', extension: 'mp4' },
  mov: { video: 'h264b', audio: 'pcm16', extension: 'mov' },
  mkv: { video: 'h264b', audio: 'aac', extension: 'mkv' },
  webm: { video: 'vp8', audio: 'opus', extension: 'webm' },
  avi: { video: 'mpeg4', audio: 'mp3', extension: 'avi' },
  flv: { video: 'h264b', audio: 'aac', extension: 'flv' },
  ts: { video: 'h264b', audio: 'aac', extension: 'ts' },
  m2ts: { video: 'h264b', audio: 'ac3', extension: 'm2ts' },
  mpg: { video: 'mpeg2', audio: 'mp2', extension: 'mpg' },
  vob: { video: 'mpeg2', audio: 'ac3', extension: 'vob', mux: '-f vob' },
  ogg: { video: 'theora', audio: 'vorbis', extension: 'ogv' },
  wmv: { video: 'wmv2', audio: 'wma2', extension: 'wmv' },
  nut: { video: 'ffv1', audio: 'pcm16', extension: 'nut' },
  mxf: { video: 'mpeg2', audio: 'pcm16', extension: 'mxf' },
  fragmented: {
    video: 'h264b',
    audio: 'aac',
    extension: 'fragmented.mp4',
    mux: '-movflags +frag_keyframe+empty_moov+default_base_moof',
  },
} as const satisfies Record<string, Base>;

/** Name of a base film. */
export type BaseName = keyof typeof bases;

/** A base film with something odd about it: the file is called after the oddity. */
export function odd(base: BaseName, oddity: string, changes: Partial<Recipe> = {}): TortureCase {
  const { video, audio, extension, mux = '' }: Base = bases[base];
  return recipe({
    name: `${oddity}.${extension}`,
    container: base,
    oddity,
    ...videoCodecs[video],
    ...soundOf(audio),
    ...changes,
    mux: `${mux} ${changes.mux ?? ''}`,
  });
}

/** The same for an encoder other than the base's. */
export function oddWith(
  base: BaseName,
  oddity: string,
  codecs: { readonly video?: VideoCodecName; readonly audio?: AudioCodecName | null },
  changes: Partial<Recipe> = {},
): TortureCase {
  return odd(base, oddity, {
    ...(codecs.video === undefined ? {} : videoCodecs[codecs.video]),
    ...(codecs.audio === undefined ? {} : soundOf(codecs.audio)),
    ...changes,
  });
}

/** Words of an encoder of sound. */
export function audioWords(name: AudioCodecName): string {
  return audioCodecs[name].audio;
}
