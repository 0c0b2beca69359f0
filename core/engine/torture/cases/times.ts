/** Streams that begin late or end early, clocks that do not begin at zero, frames at uneven distances, edit lists. */
import type { Step, TortureCase } from '../torture.ts';
import { odd, oddWith, type BaseName } from './odd.ts';
import { usualSeconds, words, type Recipe } from './recipe.ts';

const streams: readonly BaseName[] = [
  'mp4',
  'mov',
  'mkv',
  'webm',
  'avi',
  'flv',
  'ts',
  'mpg',
  'wmv',
  'nut',
  'fragmented',
];

const lateSound: Partial<Recipe> = {
  soundInput: '-itsoffset 0.5 -ss 0.5',
  soundSeconds: 1.9,
  sound: { fromSeconds: 0.5, toSeconds: usualSeconds },
};

/** Containers for which ffmpeg makes the distances of frames even by itself. */
const keepsOneRate: readonly BaseName[] = ['mp4', 'mov', 'mpg', 'wmv', 'fragmented'];

const extents: readonly TortureCase[] = streams.flatMap((base) => [
  odd(base, 'sound ends early', { soundSeconds: 1.3 }),
  odd(base, 'picture ends early', { seconds: 1.6, soundSeconds: 2.8 }),
  odd(base, 'sound begins late', lateSound),
  odd(base, 'picture begins late', {
    pictureInput: '-itsoffset 0.72',
    soundSeconds: 3.12,
    // else ffmpeg fills the time before with copies of the first frame
    mux: keepsOneRate.includes(base) ? '-fps_mode passthrough' : '',
  }),
]);

const single = { seconds: 0.04, soundSeconds: usualSeconds } as const;
const singles: readonly TortureCase[] = [
  odd('mp4', 'one frame under a song', single),
  odd('mkv', 'one frame under a song', single),
  odd('avi', 'one frame under a song', single),
  oddWith('mp4', 'one JPEG under a song', { video: 'mjpeg' }, single),
  odd('mov', 'one frame under a song', single),
  odd('mp4', 'two frames under a song', { seconds: 0.08, soundSeconds: usualSeconds }),
  odd('ts', 'three frames under a song', { seconds: 0.12, soundSeconds: usualSeconds }),
  odd('mp4', 'one frame', { seconds: 0.04, audio: null }),
  odd('mp4', 'two frames', { seconds: 0.08, audio: null }),
  odd('mkv', 'three frames', { seconds: 0.12, audio: null }),
];

const uneven = (filters: string): Partial<Recipe> => ({
  filters,
  mux: '-fps_mode passthrough',
  picture: { variable: true, unchecked: true },
});

const variable: readonly TortureCase[] = (
  ['mp4', 'mov', 'mkv', 'webm', 'flv', 'ts', 'fragmented', 'nut'] as const
).flatMap((base) => [
  odd(base, 'dropped frames', uneven('select=not(eq(mod(n\\,13)\\,7))')),
  odd(base, 'hole of 0.8 s', uneven('select=not(between(n\\,20\\,39))')),
  odd(base, 'uneven distances', uneven('settb=1/90000,setpts=round((N+0.3*sin(N*1.7))*3600)')),
]);

const mixedRates: readonly TortureCase[] = [
  odd('mp4', '30 then 15 fps', {
    ...uneven('select=lt(n\\,36)+eq(mod(n\\,2)\\,0)'),
    rate: '30',
  }),
  odd('mkv', '60 fps with gaps', { ...uneven('select=not(eq(mod(n\\,7)\\,3)+eq(mod(n\\,11)\\,5))'), rate: '60' }),
  odd('mp4', 'screen recording', { ...uneven('select=lt(mod(n\\,25)\\,4)+between(n\\,50\\,70)'), rate: '60' }),
];

const clock = (base: BaseName, name: string, seconds: string): TortureCase =>
  odd(base, name, { mux: `-output_ts_offset ${seconds}` });
const clocks: readonly TortureCase[] = [
  clock('ts', 'clock at one hour', '3600'),
  clock('ts', 'clock before the wrap at 26.5 h', '95430'),
  clock('ts', 'clock that wraps', '95441.2'),
  clock('m2ts', 'clock at one hour', '3600'),
  clock('mpg', 'clock at one hour', '3600'),
  clock('mkv', 'clock at ten seconds', '10'),
  clock('webm', 'clock at ten seconds', '10'),
  clock('mp4', 'clock at ten seconds', '10'),
  clock('fragmented', 'clock at ten seconds', '10'),
  clock('mov', 'clock at ten seconds', '10'),
  clock('flv', 'clock at ten seconds', '10'),
  clock('nut', 'clock at ten seconds', '10'),
  odd('mkv', 'clock below zero', {
    mux: '-output_ts_offset -0.3 -avoid_negative_ts disabled',
    picture: { untimed: 'start' },
  }),
  // an edit list cuts away what lies before zero
  odd('mp4', 'clock below zero', {
    mux: '-output_ts_offset -0.3 -avoid_negative_ts disabled',
    picture: { unchecked: true },
  }),
  odd('nut', 'clock below zero', { mux: '-output_ts_offset -0.3 -avoid_negative_ts disabled' }),
];

const copy = (...more: string[]): Step[] => [{ ffmpeg: [...more, '-i', '{1}', '-map', '0', '-c', 'copy'] }];
const cutFile = (base: BaseName, from: string, changes: Partial<Recipe> = {}): TortureCase =>
  odd(base, `cut at ${from} s without encoding`, {
    next: copy('-ss', from),
    first: base === 'fragmented' ? 'mp4' : base,
    picture: { unchecked: true },
    sound: { fromSeconds: Number(from), toSeconds: usualSeconds, cut: true },
    ...changes,
  });

const edits: readonly TortureCase[] = [
  cutFile('mp4', '0.9'),
  cutFile('mov', '0.9'),
  cutFile('mkv', '0.9'),
  cutFile('ts', '0.9'),
  cutFile('avi', '0.9'),
  cutFile('flv', '0.9'),
  cutFile('mp4', '1.32'),
  odd('mp4', 'no edit list', { mux: '-use_editlist 0' }),
  odd('mov', 'no edit list', { mux: '-use_editlist 0' }),
  oddWith('mp4', 'no edit list and open GOP', { video: 'h264open' }, { mux: '-use_editlist 0' }),
  odd('mp4', 'negative composition offsets', { mux: '-movflags +negative_cts_offsets' }),
  odd('mp4', 'remuxed from Matroska', { next: copy(), first: 'mkv' }),
  odd('mkv', 'remuxed from MP4', { next: copy(), first: 'mp4' }),
  odd('ts', 'remuxed from MP4', { next: copy(), first: 'mp4' }),
  odd('mp4', 'remuxed from FLV', { next: copy(), first: 'flv' }),
  odd('mp4', 'remuxed from TS', { next: [{ ffmpeg: words('-i {1} -c copy -bsf:a aac_adtstoasc') }], first: 'ts' }),
  oddWith(
    'mp4',
    'remuxed from TS at 44.1 kHz',
    { audio: 'aac44' },
    {
      next: [{ ffmpeg: words('-i {1} -c copy -bsf:a aac_adtstoasc') }],
      first: 'ts',
    },
  ),
  odd('mkv', 'no cues and no length', { mux: '-live 1' }),
  odd('webm', 'no cues and no length', { mux: '-live 1' }),
  odd('flv', 'no length', { mux: '-flvflags no_duration_filesize+no_metadata' }),
  odd('mkv', 'cues in front', { mux: '-cues_to_front 1' }),
  odd('mkv', 'clusters of 200 ms', { mux: '-cluster_time_limit 200' }),
  odd('avi', 'small chunks', { mux: '-flush_packets 1 -max_interleave_delta 0' }),
  odd('fragmented', 'fragments of a frame', { mux: '-movflags +frag_every_frame+empty_moov+default_base_moof' }),
  odd('fragmented', 'fragments with an index', { mux: '-movflags +frag_keyframe+empty_moov+global_sidx' }),
  odd('mp4', 'hybrid fragments', { mux: '-movflags +frag_keyframe -frag_duration 700000' }),
  odd('mov', 'time code track', { mux: '-timecode 01:00:00:00' }),
  odd('mp4', 'time code track', { mux: '-timecode 10:59:59:20' }),
  odd('mxf', 'time code track', { mux: '-timecode 01:00:00:00' }),
];

/** All oddities of time. */
export const timeCases: readonly TortureCase[] = [
  ...extents,
  ...singles,
  ...variable,
  ...mixedRates,
  ...clocks,
  ...edits,
];
