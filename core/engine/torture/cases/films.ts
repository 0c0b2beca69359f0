/** Plain films: every container with each encoder of pictures and of sound that it takes. */
import type { TortureCase } from '../torture.ts';
import {
  recipe,
  soundOf,
  videoCodecs,
  words,
  type AudioCodecName,
  type VideoCodec,
  type VideoCodecName,
} from './recipe.ts';

interface Container {
  readonly name: string;
  readonly extension: string;
  readonly mux?: string;
  /** 'picture+sound' pairs; '-' = none. */
  readonly films: string;
  readonly rate?: string;
}

const containers: readonly Container[] = [
  {
    name: 'mp4',
    extension: 'mp4',
    mux: '-strict -2',
    films:
      'h264+aac h264b+aac44 h264open+aac h264long+mp3 h26410+ac3 h264444+opus h264422+flac hevc+aac hevcopen+eac3 ' +
      'hevc10+alac mpeg1+mp2 mpeg2+mp3 mpeg4+aacmono mpeg4b+aac xvid+mp344 vp9+opus vp9alt+vorbis av1+opus ' +
      'av1alt+aac51 mjpeg+aac png+aac jpeg2000+aac dirac+ac351 h264+- h264b+dts h264+truehd',
  },
  {
    name: 'faststart mp4',
    extension: 'faststart.mp4',
    mux: '-movflags +faststart -strict -2',
    films: 'h264b+aac hevcopen+aac44 av1+aac vp9+flac',
  },
  {
    name: 'fragmented mp4',
    extension: 'fragmented.mp4',
    mux: '-movflags +frag_keyframe+empty_moov+default_base_moof',
    films: 'h264+aac h264b+aac44 h264open+aac hevc+aac hevcopen+aac44 av1+opus vp9+opus h264b+- mpeg4b+mp3',
  },
  {
    name: 'cmaf-like mp4',
    extension: 'dash.mp4',
    mux: '-movflags +dash+negative_cts_offsets+delay_moov -frag_duration 500000',
    films: 'h264b+aac hevcopen+aac av1+opus',
  },
  {
    name: 'mov',
    extension: 'mov',
    films:
      'h264+aac h264b+pcm16 h264open+pcm24 hevc+aac44 prores+pcm24 prores444+pcm16be ' +
      'dnxhr+pcm16 mjpeg+pcm8 qtrle+pcm16 ' +
      'rpza+adpcmqt svq1+alaw smc+mulaw png+pcmfloat pngalpha+pcm32 v210+pcm24be ' +
      'v408+pcmdouble v410+pcm96 yuv4+pcm8k ' +
      'r210+alac rawrgb+pcm1644 hap+pcm16 cfhd+pcm8ch jpeg2000+ac3 mpeg4b+mp3 mpeg2+pcm16 ffv1+pcm16 ' +
      'huffyuv+pcm16 utvideo+pcm16 magicyuv+pcm16 cinepak+pcm16 h263+aac dv+pcm16 h264b+gsm h264+aac51',
  },
  {
    name: 'mkv',
    extension: 'mkv',
    films:
      'h264+aac h264b+aac44 h264open+flac hevc+opus hevcopen+ac3 mpeg1+mp2 mpeg2+mp3 mpeg4b+vorbis xvid+mp344 ' +
      'msmpeg4+mp3 vp8+vorbis vp9+opus av1+flac44 prores+pcm24 ffv1+pcm16 ffv1gop+flac96 ffv116+pcmfloat ' +
      'ffv1alpha+pcm32 huffyuv+pcm1644 ffvhuff+tta utvideo+wavpack magicyuv+alac mjpeg+pcm8 rawvideo+pcm16 ' +
      'theora+vorbis44 wmv2+wma2 wmv1+wma1 snow+eac3 dirac+dts png+truehd h264b+aac51 v210+pcm96 ' +
      'cinepak+adpcmms msvideo1+adpcmima zmbv+pcm16 h264long+opus h26410+pcm8ch h264+-',
  },
  {
    name: 'webm',
    extension: 'webm',
    films: 'vp8+vorbis vp8alt+opus vp9+opus vp9alt+vorbis44 av1+opus av1alt+vorbis vp9+-',
  },
  {
    name: 'avi',
    extension: 'avi',
    films:
      'h264+mp3 h264b+pcm16 mpeg4+mp344 mpeg4b+ac3 xvid+mp3 msmpeg4+mp2 msmpeg4v2+adpcmms mjpeg+pcm8 huffyuv+pcm1644 ' +
      'ffvhuff+pcm24 utvideo+pcm32 magicyuv+pcmfloat ffv1+pcm16 ffv1gop+aac ' +
      'rawvideo+pcm16 rawrgb+adpcmima cinepak+pcm16 ' +
      'msvideo1+alaw zmbv+mulaw zlib+pcm16 wmv2+wma2 wmv1+wma1 v210+pcm16 y41p+pcm16 ' +
      'ayuv+pcm16 asv1+pcm16 asv2+gsmms ' +
      'ljpeg+pcm16 jpegls+pcm16 png+pcm16 h263p+g722 dv+pcm16 mpeg1+mp3low mpeg2+ac351 vp8+mp3 vp9+pcm16 ' +
      'h264+- snow+dts speedhq+pcm16',
  },
  {
    name: 'flv',
    extension: 'flv',
    films:
      'h264+aac h264b+aac44 flv1+mp344 flv1+mp3low flashsv+adpcmswf flashsv2+nellymoser h264+speex flv1+- h264b+mp344',
  },
  {
    name: 'ts',
    extension: 'ts',
    films:
      'h264+aac h264b+aac44 h264open+ac3 hevc+aac hevcopen+eac3 mpeg1+mp2 mpeg2+mp2 mpeg2+ac351 mpeg4b+aac ' +
      'h264long+mp3 dirac+aac h264+opus mpeg2422+s302m h264b+dts h264+-',
  },
  {
    name: 'm2ts',
    extension: 'm2ts',
    mux: '-f mpegts -mpegts_m2ts_mode 1',
    films: 'h264b+ac3 h264+pcmbluray hevc+ac351 mpeg2+eac3 h264b+dts h264+truehd',
  },
  {
    name: 'mpg',
    extension: 'mpg',
    films: 'mpeg1+mp2 mpeg2+mp2 mpeg2+mp3 mpeg1+mp244 mpeg2+- h264b+mp2',
  },
  { name: 'vob', extension: 'vob', mux: '-f vob', films: 'mpeg2+ac3 mpeg2+mp2 mpeg2+pcmdvd mpeg1+dts mpeg2+ac351' },
  { name: 'svcd', extension: 'svcd.mpg', mux: '-f svcd', films: 'mpeg2+mp244' },
  { name: 'vcd', extension: 'vcd.mpg', mux: '-f vcd', films: 'mpeg1+mp244' },
  {
    name: 'mxf',
    extension: 'mxf',
    films: 'mpeg2+pcm16 mpeg2i+pcm24 mpeg2422+pcm16 dnxhr+pcm24 h264+pcm16 h264b+pcm24 jpeg2000+pcm16 dv+pcm16 mpeg2+-',
  },
  { name: 'mxf opatom', extension: 'opatom.mxf', mux: '-f mxf_opatom', films: 'dnxhr+-' },
  { name: 'gxf', extension: 'gxf', films: 'mpeg2pal+pcmmono dv+pcmmono' },
  {
    name: 'ogg',
    extension: 'ogv',
    films: 'theora+vorbis theora+vorbis44 theora+flac theora+opus theora+speex vp8+vorbis theora+-',
  },
  { name: 'wmv', extension: 'wmv', films: 'wmv1+wma1 wmv2+wma2 wmv2+wma248 msmpeg4+mp3 wmv2+-' },
  { name: 'asf', extension: 'asf', films: 'h264+aac mpeg4b+mp344 mjpeg+pcm16 wmv2+ac3 h264b+flac' },
  { name: 'gif', extension: 'gif', films: 'gif+-' },
  { name: 'apng', extension: 'apng', mux: '-f apng -plays 0', films: 'apng+-' },
  { name: 'apng', extension: 'animated.png', mux: '-f apng -plays 1', films: 'apng+-' },
  {
    name: 'nut',
    extension: 'nut',
    films: 'h264b+aac mpeg4b+mp344 ffv1+flac rawvideo+pcm16 vp9+opus hevcopen+vorbis mpeg2+mp2 theora+pcmfloat',
  },
  { name: '3gp', extension: '3gp', films: 'h263+aacmono h264+aac mpeg4+aac44 h264b+-' },
  { name: '3g2', extension: '3g2', films: 'h264b+aac mpeg4+aac' },
  { name: 'm4v', extension: 'm4v', mux: '-f ipod', films: 'h264b+aac mpeg4+alac' },
  { name: 'f4v', extension: 'f4v', films: 'h264b+aac h264+mp3' },
  { name: 'ismv', extension: 'ismv', films: 'h264b+aac h264+aac44' },
  { name: 'dv', extension: 'dv', films: 'dv+pcm16' },
  { name: 'rm', extension: 'rm', films: 'rv10+ac3 rv20+ac3 rv10+ra144 rv20+-' },
  { name: 'wtv', extension: 'wtv', films: 'mpeg2+mp2 h264b+ac3' },
  { name: 'roq', extension: 'roq', films: 'roq+roqdpcm' },
  { name: 'amv', extension: 'amv', mux: '-block_size 882', films: 'amv+adpcmamv' },
  { name: 'swf', extension: 'swf', films: 'flv1+mp344' },
  { name: 'ivf', extension: 'ivf', films: 'vp8+- vp9+- av1+-' },
  { name: 'raw h264', extension: 'h264', films: 'h264+- h264b+- h264open+-' },
  { name: 'raw hevc', extension: 'hevc', films: 'hevc+- hevcopen+-' },
  { name: 'raw mpeg1', extension: 'm1v', films: 'mpeg1+-' },
  { name: 'raw mpeg2', extension: 'm2v', films: 'mpeg2+- mpeg2i+-' },
  { name: 'raw mpeg4', extension: 'mpeg4.m4v', mux: '-f m4v', films: 'mpeg4+- mpeg4b+-' },
  { name: 'raw mjpeg', extension: 'mjpeg', films: 'mjpeg+-' },
  { name: 'raw av1', extension: 'obu', films: 'av1+-' },
  { name: 'raw h261', extension: 'h261', films: 'h261+-' },
  { name: 'raw h263', extension: 'h263', films: 'h263+-' },
  { name: 'raw dirac', extension: 'drc', films: 'dirac+-' },
  { name: 'y4m', extension: 'y4m', mux: '-strict -1', films: 'y4m+-' },
];

/** Every container with its encoders. */
export const films: readonly TortureCase[] = containers.flatMap((container) =>
  words(container.films).map((pair) => {
    const [picture, sound] = pair.split('+') as [VideoCodecName, AudioCodecName | '-'];
    const codec: VideoCodec = videoCodecs[picture];
    return recipe({
      name: `${picture}${sound === '-' ? '' : `-${sound}`}.${container.extension}`,
      container: container.name,
      ...codec,
      ...soundOf(sound === '-' ? null : sound),
      // ffmpeg has no time stamps for FLAC in ASF: its parser takes those of later packets
      ...(container.name === 'asf' && sound === 'flac' ? { sound: { unstamped: true } } : {}),
      // ffmpeg writes B-frames of H.264 into MXF with the times at which they are decoded
      ...(container.name === 'mxf' && picture === 'h264b' ? { picture: { untimed: 'all' } } : {}),
      mux: container.mux,
    });
  }),
);
