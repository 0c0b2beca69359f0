/** Short ways to write down how a file is made. */
import type { Rate } from '../../../time/ticks.ts';
import type { MadePicture, MadeSound, Step, TortureCase } from '../torture.ts';

/** Words of a command line. */
export function words(text: string): string[] {
  return text.split(' ').filter((word) => word !== '');
}

/** '30000/1001' or '25'. */
export function rateOf(text: string): Rate {
  const [num, den] = text.split('/').map(Number);
  return { num: num!, den: den ?? 1 };
}

/** Usual length of a film, s. */
export const usualSeconds = 2.4;

/** A film or a sound file in ffmpeg's words. */
export interface Recipe {
  /** The file's name. */
  readonly name: string;
  readonly container: string;
  readonly oddity?: string;
  /** Encoder and its options; null = no picture. */
  readonly video: string | null;
  /** Encoder and its options; null = no sound. */
  readonly audio: string | null;
  /** Options of the container. */
  readonly mux?: string;
  readonly size?: string;
  readonly format?: string;
  readonly rate?: string;
  readonly seconds?: number;
  readonly soundHz?: number;
  /** Filters after the picture has its size. */
  readonly filters?: string;
  /** Options before the picture's or the sound's input. */
  readonly pictureInput?: string;
  readonly soundInput?: string;
  readonly soundSeconds?: number;
  readonly picture?: Partial<MadePicture>;
  readonly sound?: Partial<MadeSound>;
  readonly more?: Partial<TortureCase>;
  /** Steps after the first; they may use `{1}`. */
  readonly next?: readonly Step[];
  /** Extension of the first step, where others follow. */
  readonly first?: string;
}

/** The case of a recipe. */
export function recipe(made: Recipe): TortureCase {
  const { rate = '25', seconds = usualSeconds, soundHz = 48000 } = made;
  const frames = Math.round(seconds * (rateOf(rate).num / rateOf(rate).den));
  const soundSeconds = made.soundSeconds ?? seconds;
  const step: Step = {
    ffmpeg: [
      ...(made.video === null ? [] : pictureInput(rate, made.pictureInput)),
      ...(made.audio === null ? [] : toneInput(soundHz, soundSeconds, made.soundInput)),
      ...(made.video === null ? [] : ['-vf', pictureFilters(made, frames), ...words(made.video), '-threads', '1']),
      ...(made.audio === null ? [] : words(made.audio)),
      ...words(made.mux ?? ''),
    ],
    extension: made.first,
  };
  return {
    name: made.name,
    container: made.container,
    oddity: made.oddity ?? '',
    steps: [step, ...(made.next ?? [])],
    picture: made.video === null ? null : { rate: rateOf(rate), frames, ...made.picture },
    sound: made.audio === null ? null : { fromSeconds: 0, toSeconds: soundSeconds, ...made.sound },
    soundStreams: made.audio === null ? 0 : 1,
    ...made.more,
  };
}

/** Opens the numbered picture. */
export function pictureInput(rate: string, more = ''): string[] {
  return [...words(more), ...words(`-f rawvideo -pixel_format gray -video_size 4x3 -framerate ${rate} -i {picture}`)];
}

/** Opens the tone, from its beginning. */
export function toneInput(hz: number, seconds: number, more = ''): string[] {
  return [...words(more), ...words(`-f f32le -ar ${hz} -ac 1 -t ${seconds} -i {tone${hz}}`)];
}

function pictureFilters({ size = '64x48', format = 'yuv420p', filters = '' }: Recipe, frames: number): string {
  const [width, height] = size.split('x');
  return [`trim=end_frame=${frames}`, `scale=${width}:${height}:flags=neighbor`, `format=${format}`, filters]
    .filter((filter) => filter !== '')
    .join(',');
}

/** Encoders by a short name: options, and what they need. */
export interface VideoCodec {
  readonly video: string;
  readonly size?: string;
  readonly format?: string;
  readonly rate?: string;
}

const x264 = '-c:v libx264 -preset ultrafast -qp 14';
const x265 = '-c:v libx265 -preset ultrafast';
const x265Words = 'log-level=error:pools=1:frame-threads=1:qp=16';

/** Encoders of pictures. */
export const videoCodecs = {
  h264: { video: `${x264} -g 12 -bf 0` },
  h264b: { video: '-c:v libx264 -preset veryfast -qp 14 -g 50 -bf 3' },
  h264open: {
    video:
      '-c:v libx264 -preset veryfast -qp 14 -g 20 -bf 5 -x264-params open-gop=1:b-pyramid=normal:scenecut=0:b-adapt=0',
  },
  h264long: { video: '-c:v libx264 -preset veryfast -qp 14 -g 600 -bf 2 -sc_threshold 0' },
  h26410: { video: `${x264} -g 12`, format: 'yuv420p10le' },
  h264444: { video: `${x264} -g 12`, format: 'yuv444p' },
  h264422: { video: `${x264} -g 12`, format: 'yuv422p' },
  hevc: { video: `${x265} -x265-params ${x265Words}:keyint=12:open-gop=0` },
  hevcopen: { video: `${x265} -x265-params ${x265Words}:keyint=20:min-keyint=20:bframes=4:open-gop=1:scenecut=0` },
  hevc10: { video: `${x265} -x265-params ${x265Words}:keyint=12`, format: 'yuv420p10le' },
  mpeg1: { video: '-c:v mpeg1video -q:v 2 -g 12 -bf 2' },
  mpeg2: { video: '-c:v mpeg2video -q:v 2 -g 12 -bf 2' },
  mpeg2i: { video: '-c:v mpeg2video -q:v 2 -g 1' },
  mpeg2422: { video: '-c:v mpeg2video -q:v 2 -g 12 -bf 2', format: 'yuv422p' },
  mpeg4: { video: '-c:v mpeg4 -q:v 2 -g 12' },
  mpeg4b: { video: '-c:v mpeg4 -q:v 2 -g 40 -bf 2' },
  xvid: { video: '-c:v libxvid -q:v 2 -g 30' },
  msmpeg4: { video: '-c:v msmpeg4 -q:v 2 -g 12' },
  msmpeg4v2: { video: '-c:v msmpeg4v2 -q:v 2 -g 12' },
  h263: { video: '-c:v h263 -q:v 2 -g 12', size: '128x96' },
  h263p: { video: '-c:v h263p -q:v 2 -g 12' },
  h261: { video: '-c:v h261 -q:v 2 -g 12', size: '176x144' },
  flv1: { video: '-c:v flv -q:v 2 -g 12' },
  flashsv: { video: '-c:v flashsv -g 12', format: 'bgr24' },
  flashsv2: { video: '-c:v flashsv2 -g 12', format: 'bgr24' },
  vp8: { video: '-c:v libvpx -b:v 1M -deadline realtime -cpu-used 8 -g 30' },
  vp9: { video: '-c:v libvpx-vp9 -b:v 1M -deadline realtime -cpu-used 8 -g 30' },
  vp9alt: { video: '-c:v libvpx-vp9 -b:v 500k -deadline good -cpu-used 5 -g 60 -auto-alt-ref 1 -lag-in-frames 16' },
  vp8alt: { video: '-c:v libvpx -b:v 500k -deadline good -cpu-used 5 -g 60 -auto-alt-ref 1 -lag-in-frames 16' },
  av1: { video: '-c:v libaom-av1 -b:v 500k -usage realtime -cpu-used 8 -g 30' },
  av1alt: { video: '-c:v libaom-av1 -crf 20 -b:v 0 -cpu-used 8 -g 40 -lag-in-frames 19' },
  prores: { video: '-c:v prores_ks -profile:v 0', format: 'yuv422p10le' },
  prores444: { video: '-c:v prores_ks -profile:v 4', format: 'yuva444p10le' },
  dnxhr: { video: '-c:v dnxhd -profile:v dnxhr_lb', size: '256x144', format: 'yuv422p' },
  ffv1: { video: '-c:v ffv1 -level 3 -g 1' },
  ffv1gop: { video: '-c:v ffv1 -level 1 -g 12' },
  ffv116: { video: '-c:v ffv1 -level 3', format: 'gray16le' },
  ffv1alpha: { video: '-c:v ffv1 -level 3', format: 'yuva420p' },
  huffyuv: { video: '-c:v huffyuv', format: 'yuv422p' },
  ffvhuff: { video: '-c:v ffvhuff' },
  utvideo: { video: '-c:v utvideo' },
  magicyuv: { video: '-c:v magicyuv' },
  mjpeg: { video: '-c:v mjpeg -q:v 2', format: 'yuvj420p' },
  ljpeg: { video: '-c:v ljpeg', format: 'yuvj420p' },
  jpegls: { video: '-c:v jpegls', format: 'gray' },
  jpeg2000: { video: '-c:v jpeg2000', format: 'yuv420p' },
  rawvideo: { video: '-c:v rawvideo' },
  rawrgb: { video: '-c:v rawvideo', format: 'rgb24' },
  v210: { video: '-c:v v210', format: 'yuv422p10le' },
  v408: { video: '-c:v v408', format: 'yuva444p' },
  v410: { video: '-c:v v410', format: 'yuv444p10le' },
  yuv4: { video: '-c:v yuv4', format: 'yuv420p' },
  y41p: { video: '-c:v y41p', format: 'yuv411p' },
  r210: { video: '-c:v r210', format: 'gbrp10le' },
  ayuv: { video: '-c:v ayuv', format: 'yuva444p' },
  theora: { video: '-c:v libtheora -q:v 8 -g 24' },
  wmv1: { video: '-c:v wmv1 -q:v 2 -g 12' },
  wmv2: { video: '-c:v wmv2 -q:v 2 -g 12' },
  cinepak: { video: '-c:v cinepak', format: 'rgb24' },
  msvideo1: { video: '-c:v msvideo1', format: 'rgb555le' },
  svq1: { video: '-c:v svq1 -q:v 2 -g 12', format: 'yuv410p' },
  qtrle: { video: '-c:v qtrle -g 12', format: 'rgb24' },
  rpza: { video: '-c:v rpza', format: 'rgb555be' },
  smc: { video: '-c:v smc -g 12', format: 'pal8' },
  png: { video: '-c:v png', format: 'rgb24' },
  pngalpha: { video: '-c:v png', format: 'rgba' },
  zmbv: { video: '-c:v zmbv -g 12', format: 'bgr0' },
  zlib: { video: '-c:v zlib', format: 'bgr24' },
  cfhd: { video: '-c:v cfhd', size: '128x96', format: 'yuv422p10le' },
  hap: { video: '-c:v hap', format: 'rgba' },
  snow: { video: '-c:v snow -q:v 2 -g 12' },
  dirac: { video: '-c:v vc2', size: '128x96' },
  speedhq: { video: '-c:v speedhq -q:v 2' },
  asv1: { video: '-c:v asv1 -q:v 2' },
  asv2: { video: '-c:v asv2 -q:v 2' },
  rv10: { video: '-c:v rv10 -q:v 2 -g 12', size: '128x96' },
  rv20: { video: '-c:v rv20 -q:v 2 -g 12', size: '128x96' },
  dv: { video: '-c:v dvvideo', size: '720x576', format: 'yuv420p' },
  mpeg2pal: { video: '-c:v mpeg2video -q:v 2 -g 12', size: '720x576' },
  y4m: { video: '-c:v wrapped_avframe' },
  gif: { video: '-c:v gif', format: 'gray' },
  apng: { video: '-c:v apng', format: 'rgb24' },
  roq: { video: '-c:v roqvideo', size: '64x64', format: 'yuvj444p', rate: '30' },
  amv: { video: '-c:v amv -q:v 2', size: '160x112', format: 'yuvj420p' },
} as const satisfies Record<string, VideoCodec>;

/** Name of an encoder of pictures. */
export type VideoCodecName = keyof typeof videoCodecs;

/** Encoders of sound and the rate they are given. */
export const audioCodecs = {
  aac: { audio: '-c:a aac -b:a 128k -ac 2' },
  aac44: { audio: '-c:a aac -b:a 128k -ac 2', soundHz: 44100 },
  aacmono: { audio: '-c:a aac -b:a 96k -ac 1', soundHz: 32000 },
  aac51: { audio: '-c:a aac -b:a 320k -ac 6' },
  mp3: { audio: '-c:a libmp3lame -b:a 160k -ac 2' },
  mp344: { audio: '-c:a libmp3lame -b:a 160k -ac 2', soundHz: 44100 },
  mp3low: { audio: '-c:a libmp3lame -b:a 64k -ac 1', soundHz: 22050 },
  mp2: { audio: '-c:a mp2 -b:a 256k -ac 2' },
  mp244: { audio: '-c:a mp2 -b:a 256k -ac 2', soundHz: 44100 },
  opus: { audio: '-c:a libopus -b:a 128k -ac 2' },
  vorbis: { audio: '-c:a libvorbis -q:a 6 -ac 2' },
  vorbis44: { audio: '-c:a libvorbis -q:a 6 -ac 2', soundHz: 44100 },
  flac: { audio: '-c:a flac -ac 2' },
  flac44: { audio: '-c:a flac -ac 1', soundHz: 44100 },
  flac96: { audio: '-c:a flac -sample_fmt s32 -ac 2', soundHz: 96000 },
  alac: { audio: '-c:a alac -ac 2' },
  ac3: { audio: '-c:a ac3 -b:a 256k -ac 2' },
  ac351: { audio: '-c:a ac3 -b:a 448k -ac 6' },
  eac3: { audio: '-c:a eac3 -b:a 256k -ac 2' },
  dts: { audio: '-c:a dca -strict -2 -b:a 768k -ac 2' },
  truehd: { audio: '-c:a truehd -strict -2 -ac 2' },
  pcm16: { audio: '-c:a pcm_s16le -ac 2' },
  pcmmono: { audio: '-c:a pcm_s16le -ac 1' },
  pcm1644: { audio: '-c:a pcm_s16le -ac 2', soundHz: 44100 },
  pcm16be: { audio: '-c:a pcm_s16be -ac 2' },
  pcm24: { audio: '-c:a pcm_s24le -ac 2' },
  pcm24be: { audio: '-c:a pcm_s24be -ac 2' },
  pcm32: { audio: '-c:a pcm_s32le -ac 2' },
  pcmfloat: { audio: '-c:a pcm_f32le -ac 2' },
  pcmdouble: { audio: '-c:a pcm_f64le -ac 2' },
  pcm8: { audio: '-c:a pcm_u8 -ac 1' },
  /** VOC says how many microseconds a sample takes, in whole ones. */
  pcm8voc: { audio: '-c:a pcm_u8 -ac 1', soundHz: 25000 },
  pcm96: { audio: '-c:a pcm_s24le -ac 2', soundHz: 96000 },
  pcm8k: { audio: '-c:a pcm_s16le -ac 1', soundHz: 8000 },
  pcm8ch: { audio: '-c:a pcm_s16le -ac 8' },
  pcmbluray: { audio: '-c:a pcm_bluray -ac 2' },
  pcmdvd: { audio: '-c:a pcm_dvd -ac 2' },
  s302m: { audio: '-c:a s302m -strict -2 -ac 2' },
  alaw: { audio: '-c:a pcm_alaw -ac 1', soundHz: 8000 },
  mulaw: { audio: '-c:a pcm_mulaw -ac 1', soundHz: 8000 },
  adpcmima: { audio: '-c:a adpcm_ima_wav -ac 2', soundHz: 44100 },
  adpcmms: { audio: '-c:a adpcm_ms -ac 2', soundHz: 44100 },
  adpcmqt: { audio: '-c:a adpcm_ima_qt -ac 1', soundHz: 44100 },
  adpcmswf: { audio: '-c:a adpcm_swf -ac 1', soundHz: 44100 },
  adpcmyamaha: { audio: '-c:a adpcm_yamaha -ac 2' },
  g722: { audio: '-c:a g722 -ac 1', soundHz: 16000 },
  g726: { audio: '-c:a g726 -b:a 32k -ac 1', soundHz: 8000 },
  gsmms: { audio: '-c:a libgsm_ms -ac 1 -b:a 13000', soundHz: 8000 },
  gsm: { audio: '-c:a libgsm -ac 1 -b:a 13000', soundHz: 8000 },
  speex: { audio: '-c:a libspeex -ac 1', soundHz: 16000 },
  nellymoser: { audio: '-c:a nellymoser -ac 1', soundHz: 44100 },
  wma1: { audio: '-c:a wmav1 -b:a 160k -ac 2', soundHz: 44100 },
  wma2: { audio: '-c:a wmav2 -b:a 160k -ac 2', soundHz: 44100 },
  wma248: { audio: '-c:a wmav2 -b:a 160k -ac 2' },
  tta: { audio: '-c:a tta -ac 2' },
  wavpack: { audio: '-c:a wavpack -ac 2' },
  roqdpcm: { audio: '-c:a roq_dpcm -ac 1', soundHz: 22050 },
  adpcmamv: { audio: '-c:a adpcm_ima_amv -ac 1', soundHz: 22050 },
  ra144: { audio: '-c:a real_144 -ac 1', soundHz: 8000 },
} as const satisfies Record<string, { audio: string; soundHz?: number }>;

/** Name of an encoder of sound. */
export type AudioCodecName = keyof typeof audioCodecs;

/** Codecs that keep a tone's position but not its samples. */
const roughCodecs: readonly string[] = ['gsm', 'gsmms', 'speex', 'g726', 'nellymoser', 'ra144', 'adpcmamv', 'roqdpcm'];

/** A recipe's parts that an encoder of sound brings. */
export function soundOf(name: AudioCodecName | null): Pick<Recipe, 'audio' | 'soundHz' | 'sound'> {
  if (name === null) return { audio: null };
  return { ...audioCodecs[name], ...(roughCodecs.includes(name) ? { sound: { rough: true } } : {}) };
}
