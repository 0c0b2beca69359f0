/** Sizes, pixel aspects, turned pictures, depths, alpha and fields. */
import type { Step, TortureCase } from '../torture.ts';
import type { Turn } from '../signal.ts';
import { odd, oddWith, type BaseName } from './odd.ts';
import { recipe, videoCodecs, type VideoCodecName } from './recipe.ts';

const sizes: readonly TortureCase[] = [
  oddWith('mp4', '65x49 4-4-4', { video: 'h264444' }, { size: '65x49' }),
  oddWith('mkv', '65x49', { video: 'ffv1' }, { size: '65x49' }),
  oddWith('webm', '67x51', { video: 'vp9' }, { size: '67x51' }),
  oddWith('avi', '97x33', { video: 'mpeg4' }, { size: '97x33' }),
  oddWith('avi', '63x47 lossless', { video: 'utvideo', audio: 'pcm16' }, { size: '63x47', format: 'yuv444p' }),
  oddWith('mov', '66x50', { video: 'prores' }, { size: '66x50' }),
  oddWith('mov', '65x47 png', { video: 'png' }, { size: '65x47' }),
  oddWith('mkv', '33x107', { video: 'ffvhuff' }, { size: '33x107', format: 'yuv444p' }),
  oddWith('mp4', '62x46', { video: 'hevc' }, { size: '62x46' }),
  odd('mp4', '48x96', { size: '48x96' }),
  odd('mp4', '32x24', { size: '32x24' }),
  oddWith('mp4', '16x16', { video: 'mjpeg' }, { size: '16x16', format: 'yuvj444p' }),
  odd('ts', '96x54', { size: '96x54' }),
  odd('mpg', '96x72', { size: '96x72' }),
  odd('ogg', '70x50', { size: '70x50' }),
  oddWith('mkv', '2000x40', { video: 'h264' }, { size: '2000x40' }),
];

const aspects: readonly TortureCase[] = (['mp4', 'mkv', 'mov', 'ts', 'mpg', 'fragmented'] as const).flatMap((base) => [
  odd(base, 'SAR 2-1', { filters: 'setsar=2' }),
  odd(base, 'SAR 8-9', { filters: 'setsar=8/9' }),
  ...(base === 'mp4' || base === 'mkv' ? [odd(base, 'SAR 64-45', { filters: 'setsar=64/45' })] : []),
]);

/** ffmpeg writes the turn into the display matrix of a copy. */
function turned(base: BaseName, video: VideoCodecName, degrees: Turn['degrees'], filters = ''): TortureCase {
  const next: Step[] = [
    {
      ffmpeg: [
        '-i',
        '{1}',
        '-map',
        '0',
        '-c',
        'copy',
        '-metadata:s:v:0',
        `rotate=${degrees === 180 ? 180 : 360 - degrees}`,
      ],
    },
  ];
  const name = `turned ${degrees}${filters === '' ? '' : ' oblong'} ${video}`;
  return oddWith(base, name, { video }, { filters, next, first: 'mov', picture: { turn: { degrees } } });
}

const turns: readonly TortureCase[] = [
  ...([90, 180, 270] as const).flatMap((degrees) => [
    turned('mp4', 'h264b', degrees),
    turned('mov', 'hevcopen', degrees),
    turned('mov', 'prores', degrees),
  ]),
  turned('mp4', 'h264b', 90, 'setsar=4/3'),
];

const depths: readonly TortureCase[] = (
  [
    ['mkv', 'ffv1', 'yuv420p10le'],
    ['mkv', 'ffv1', 'yuv422p12le'],
    ['mkv', 'ffv1', 'yuv444p16le'],
    ['mkv', 'ffv1', 'yuv410p'],
    ['mkv', 'ffv1', 'yuv411p'],
    ['mkv', 'ffv1', 'yuv440p'],
    ['mkv', 'ffv1', 'gray'],
    ['mkv', 'ffv1', 'bgr0'],
    ['mkv', 'ffv1', 'gbrp12le'],
    ['mkv', 'ffv1', 'yuva444p'],
    ['mkv', 'ffv1', 'bgra'],
    ['mkv', 'hevc', 'yuv422p10le'],
    ['mp4', 'hevc', 'yuv444p'],
    ['mp4', 'hevc', 'yuv420p12le'],
    ['mp4', 'hevc', 'gray'],
    ['mp4', 'h264', 'yuv422p10le'],
    ['mp4', 'h264', 'yuvj420p'],
    ['mp4', 'h264', 'gray'],
    ['webm', 'vp9', 'yuv444p'],
    ['webm', 'vp9', 'yuv420p10le'],
    ['webm', 'vp9', 'gbrp'],
    ['webm', 'vp9', 'yuva420p'],
    ['mp4', 'av1', 'yuv420p10le'],
    ['mp4', 'av1', 'gray'],
    ['avi', 'huffyuv', 'rgb24'],
    ['avi', 'huffyuv', 'bgra'],
    ['avi', 'utvideo', 'gbrap'],
    ['avi', 'utvideo', 'yuv444p'],
    ['avi', 'magicyuv', 'gbrp'],
    ['avi', 'rawvideo', 'uyvy422'],
    ['avi', 'rawvideo', 'bgr24'],
    ['mov', 'rawvideo', 'yuyv422'],
    ['mov', 'rawvideo', 'argb'],
    ['mov', 'qtrle', 'argb'],
    ['mov', 'qtrle', 'rgb555be'],
    ['mov', 'qtrle', 'gray'],
    ['mov', 'png', 'gray'],
    ['mov', 'mjpeg', 'yuvj444p'],
    ['mov', 'mjpeg', 'yuvj422p'],
    ['mkv', 'theora', 'yuv444p'],
    ['mkv', 'theora', 'yuv422p'],
  ] as const
).map(([base, video, format]) => oddWith(base, `${video} in ${format}`, { video }, { format }));

interface Fields {
  readonly base: BaseName;
  readonly codec: string;
  readonly words: string;
  readonly first: 'top' | 'bottom';
  readonly format?: string;
}

const fieldFilms: readonly Fields[] = [
  { base: 'mpg', codec: 'mpeg2', words: '-c:v mpeg2video -q:v 2 -g 12 -flags +ilme+ildct', first: 'top' },
  { base: 'ts', codec: 'mpeg2', words: '-c:v mpeg2video -q:v 2 -g 12 -bf 2 -flags +ilme+ildct', first: 'bottom' },
  { base: 'mp4', codec: 'h264', words: '-c:v libx264 -preset veryfast -qp 12 -g 25 -x264-params tff=1', first: 'top' },
  {
    base: 'mkv',
    codec: 'h264',
    words: '-c:v libx264 -preset veryfast -qp 12 -g 25 -x264-params bff=1',
    first: 'bottom',
  },
  { base: 'm2ts', codec: 'h264', words: '-c:v libx264 -preset veryfast -qp 12 -g 25 -x264-params tff=1', first: 'top' },
  {
    base: 'mov',
    codec: 'prores',
    words: '-c:v prores_ks -profile:v 0 -flags +ildct',
    first: 'top',
    format: 'yuv422p10le',
  },
  { base: 'mkv', codec: 'ffv1', words: '-c:v ffv1 -level 3 -field_order tt', first: 'top' },
];

/** Motion tells fields from whole frames. The blocks keep their mean level. */
const movingStripes = "geq=lum='lum(X,Y)+20*sin(2*PI*(X+3*N)/8)':cb=128:cr=128";

/** 50 moments a second in 25 frames, or the same moment in both fields. */
const interlaced: readonly TortureCase[] = fieldFilms.map(({ base, codec, words, first, format }) => {
  const [weave, order] = first === 'top' ? ['interleave_top', 'tff'] : ['interleave_bottom', 'bff'];
  return odd(base, `${codec} ${first} field first`, {
    video: `${words} -top ${first === 'top' ? 1 : 0} -field_order ${first === 'top' ? 'tt' : 'bb'}`,
    format,
    rate: '50',
    filters: `${movingStripes},tinterlace=${weave},setfield=${order}`,
    picture: { rate: { num: 25, den: 1 }, frames: 60, fields: true },
  });
});

const others: readonly TortureCase[] = [
  odd('mpg', 'whole frames marked interlaced', {
    video: `${videoCodecs.mpeg2.video} -flags +ilme+ildct -top 1`,
    filters: 'setfield=tff',
  }),
  recipe({
    name: 'lossless RGB.mp4',
    container: 'mp4',
    oddity: 'RGB H.264',
    video: '-c:v libx264rgb -preset ultrafast -qp 0 -g 12',
    format: 'rgb24',
    audio: null,
  }),
  odd('mp4', 'slices and no deblocking', { video: '-c:v libx264 -preset veryfast -qp 14 -bf 2 -g 40 -slices 4' }),
  odd('mp4', 'periodic intra refresh', { video: '-c:v libx264 -preset veryfast -qp 14 -bf 0 -g 24 -intra-refresh 1' }),
  odd('ts', 'periodic intra refresh', { video: '-c:v libx264 -preset veryfast -qp 14 -bf 0 -g 24 -intra-refresh 1' }),
];

/** All shapes. */
export const shapeCases: readonly TortureCase[] = [...sizes, ...aspects, ...turns, ...depths, ...interlaced, ...others];
