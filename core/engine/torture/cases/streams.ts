/** Joined streams, several sounds, cover art, subtitles, damage, wrong endings and odd names. */
import type { ByteEdit, Step, TortureCase } from '../torture.ts';
import { audioWords, bases, odd, oddWith, type BaseName } from './odd.ts';
import { pictureInput, recipe, soundOf, toneInput, videoCodecs, words, type AudioCodecName } from './recipe.ts';

interface Half {
  readonly size: string;
  readonly audio: AudioCodecName;
  readonly hz: number;
  readonly mux?: string;
}

const videoWords = { ts: videoCodecs.h264.video, mpg: videoCodecs.mpeg2.video, flv: videoCodecs.h264.video } as const;

/** 1.2 s of a film from a moment of the signals on. */
function halfStep(extension: keyof typeof videoWords, fromSeconds: number, half: Half): Step {
  const [width, height] = half.size.split('x');
  const at = `-ss ${fromSeconds}`;
  const cut = `trim=end_frame=30,scale=${width}:${height}:flags=neighbor,format=yuv420p`;
  return {
    ffmpeg: [
      ...pictureInput('25', at),
      ...toneInput(half.hz, 1.2, at),
      ...['-vf', cut, ...words(videoWords[extension]), '-threads', '1'],
      ...words(`${audioWords(half.audio)} ${half.mux ?? ''}`),
    ],
    extension,
  };
}

function joined(extension: keyof typeof videoWords, oddity: string, first: Half, second: Half): TortureCase {
  return {
    name: `joined ${oddity}.${extension}`,
    container: extension,
    oddity: `joined: ${oddity}`,
    steps: [halfStep(extension, 0, first), halfStep(extension, 1.2, second), { join: ['{1}', '{2}'] }],
    picture: { rate: { num: 25, den: 1 }, frames: 60, unchecked: true, jumps: /again|jumps/.test(oddity) },
    sound: { fromSeconds: 0, toSeconds: 2.4, changes: first.hz !== second.hz },
    soundStreams: 1,
  };
}

const usual: Half = { size: '64x48', audio: 'aac', hz: 48000 };
const later = (half: Half): Half => ({ ...half, mux: '-output_ts_offset 1.2' });

const joins: readonly TortureCase[] = [
  joined('ts', 'clock that goes on', usual, later(usual)),
  joined('ts', 'clock that begins again', usual, usual),
  joined('ts', 'clock that jumps an hour', usual, { ...usual, mux: '-output_ts_offset 3600' }),
  joined('ts', 'size that changes', usual, later({ ...usual, size: '96x72' })),
  joined('ts', 'sound from stereo to 5.1', { ...usual, audio: 'ac3' }, later({ ...usual, audio: 'ac351' })),
  joined('ts', 'sound from mono to stereo', { ...usual, audio: 'aacmono', hz: 32000 }, later(usual)),
  joined('ts', 'sound from 44.1 to 48 kHz', { ...usual, audio: 'aac44', hz: 44100 }, later(usual)),
  joined('mpg', 'clock that begins again', { ...usual, audio: 'mp2' }, { ...usual, audio: 'mp2' }),
];

function joinedSound(
  extension: string,
  oddity: string,
  parts: readonly { audio: AudioCodecName; hz: number }[],
): TortureCase {
  return {
    name: `joined ${oddity}.${extension}`,
    container: extension,
    oddity: `joined: ${oddity}`,
    steps: [
      ...parts.map(({ audio, hz }, index): Step => ({
        ffmpeg: [...toneInput(hz, 1.2, `-ss ${index * 1.2}`), ...words(audioWords(audio))],
        extension,
      })),
      { join: parts.map((_, index) => `{${index + 1}}`) },
    ],
    picture: null,
    sound: { fromSeconds: 0, toSeconds: 1.1, partly: true },
    soundStreams: 1,
  };
}

const soundJoins: readonly TortureCase[] = [
  joinedSound('aac', 'the same sound', [
    { audio: 'aac', hz: 48000 },
    { audio: 'aac', hz: 48000 },
  ]),
  joinedSound('aac', 'two rates', [
    { audio: 'aac44', hz: 44100 },
    { audio: 'aac', hz: 48000 },
  ]),
  joinedSound('mp3', 'the same sound', [
    { audio: 'mp344', hz: 44100 },
    { audio: 'mp344', hz: 44100 },
  ]),
  joinedSound('ac3', 'stereo and 5.1', [
    { audio: 'ac3', hz: 48000 },
    { audio: 'ac351', hz: 48000 },
  ]),
  joinedSound('ogg', 'chained', [
    { audio: 'vorbis', hz: 48000 },
    { audio: 'vorbis', hz: 48000 },
  ]),
];

/** The tone twice: the second stream an octave of gain lower, in a codec of its own. */
function twoSounds(base: BaseName, second: AudioCodecName, more = ''): TortureCase {
  const { video, audio, extension } = bases[base];
  const cut = 'trim=end_frame=60,scale=64:48:flags=neighbor,format=yuv420p';
  return {
    name: `two sounds.${extension}`,
    container: base,
    oddity: 'two sounds',
    steps: [
      {
        ffmpeg: [
          ...pictureInput('25'),
          ...toneInput(48000, 2.4),
          ...words(`-map 0:v -map 1:a -map 1:a -vf ${cut} ${videoCodecs[video].video} -threads 1`),
          ...words(
            audioWords(audio).replaceAll('-c:a', '-c:a:0').replaceAll('-b:a', '-b:a:0').replaceAll('-ac', '-ac:a:0'),
          ),
          ...words(
            audioWords(second).replaceAll('-c:a', '-c:a:1').replaceAll('-b:a', '-b:a:1').replaceAll('-ac', '-ac:a:1'),
          ),
          ...words(`-metadata:s:a:1 language=fra ${more}`),
        ],
      },
    ],
    picture: { rate: { num: 25, den: 1 }, frames: 60 },
    sound: { fromSeconds: 0, toSeconds: 2.4 },
    soundStreams: 2,
  };
}

const several: readonly TortureCase[] = [
  twoSounds('mp4', 'aac'),
  twoSounds('mov', 'pcm16'),
  twoSounds('mkv', 'ac3'),
  twoSounds('ts', 'ac3'),
  twoSounds('avi', 'mp3'),
  twoSounds('mxf', 'pcm16'),
  twoSounds('nut', 'pcm16'),
  twoSounds('mpg', 'mp2'),
];

const red = words('-f lavfi -i color=red:s=64x64:d=0.04,format=yuvj420p');

function covered(extension: string, audio: AudioCodecName, more = ''): TortureCase {
  const { soundHz = 48000 } = soundOf(audio);
  return {
    name: `cover art.${extension}`,
    container: extension,
    oddity: 'cover art',
    steps: [
      {
        ffmpeg: [
          ...toneInput(soundHz, 2.4),
          ...red,
          ...words(`-map 0:a -map 1:v -c:v mjpeg -disposition:v attached_pic ${audioWords(audio)} ${more}`),
        ],
      },
    ],
    picture: null,
    sound: { fromSeconds: 0, toSeconds: 2.4 },
    soundStreams: 1,
  };
}

const covers: readonly TortureCase[] = [
  covered('mp3', 'mp344', '-id3v2_version 3'),
  covered('m4a', 'aac', '-f ipod'),
  covered('flac', 'flac'),
  {
    name: 'cover art first.mp4',
    container: 'mp4',
    oddity: 'cover art',
    steps: [
      {
        ffmpeg: [
          ...red,
          ...pictureInput('25'),
          ...toneInput(48000, 2.4),
          ...words('-map 0:v -map 1:v -map 2:a -c:v:0 mjpeg -disposition:v:0 attached_pic'),
          ...words('-filter:v:1 trim=end_frame=60,scale=64:48:flags=neighbor,format=yuv420p'),
          ...words(`${videoCodecs.h264.video.replaceAll('-c:v', '-c:v:1')} -c:a aac -b:a 128k -ac 2`),
        ],
      },
    ],
    picture: { rate: { num: 25, den: 1 }, frames: 60 },
    sound: { fromSeconds: 0, toSeconds: 2.4 },
    soundStreams: 1,
  },
];

const subtitles = '1\n00:00:00,500 --> 00:00:01,500\nSpoken words\n';
const captioned = (base: 'mkv' | 'mp4' | 'mov', codec: string): TortureCase => ({
  ...odd(base, 'subtitles', {
    next: [
      { text: subtitles, extension: 'srt' },
      { ffmpeg: words(`-i {1} -i {2} -map 0 -map 1 -c copy -c:s ${codec}`) },
    ],
    first: base,
  }),
  leavesOut: true,
});

const extras: readonly TortureCase[] = [
  captioned('mkv', 'srt'),
  captioned('mp4', 'mov_text'),
  captioned('mov', 'mov_text'),
];

const spoilt = (base: BaseName, name: string, edit: ByteEdit): TortureCase => {
  const { extension } = bases[base];
  return odd(base, name, {
    mux: base === 'mp4' ? '-movflags +faststart' : '',
    next: [{ edit }],
    first: extension,
    picture: { unchecked: true },
    more: { damaged: true },
  });
};
const films = ['mp4', 'mov', 'mkv', 'webm', 'avi', 'flv', 'ts', 'mpg', 'ogg', 'wmv', 'fragmented'] as const;
const damage: readonly TortureCase[] = films.flatMap((base) => [
  spoilt(base, 'zeros in the middle', { kind: 'zero', share: 0.5, bytes: 3000 }),
  spoilt(base, 'ends at 60 percent', { kind: 'truncate', share: 0.6 }),
  spoilt(base, 'ends at 96 percent', { kind: 'truncate', share: 0.96 }),
]);

const spoiltSound = (audio: AudioCodecName, extension: string, name: string, edit: ByteEdit): TortureCase =>
  recipe({
    name: `${name}.${extension}`,
    container: extension,
    oddity: name,
    video: null,
    ...soundOf(audio),
    next: [{ edit }],
    first: extension,
    more: { damaged: true },
  });
const soundDamage: readonly TortureCase[] = (
  [
    ['pcm16', 'wav'],
    ['flac', 'flac'],
    ['mp344', 'mp3'],
    ['aac', 'm4a'],
    ['vorbis', 'ogg'],
    ['opus', 'opus'],
    ['aac', 'aac'],
    ['alac', 'caf'],
  ] as const
).flatMap(([audio, extension]) => [
  spoiltSound(audio, extension, 'sound ends at 60 percent', { kind: 'truncate', share: 0.6 }),
  ...(extension === 'wav'
    ? []
    : [spoiltSound(audio, extension, 'sound with zeros', { kind: 'zero', share: 0.5, bytes: 3000 })]),
]);

const copied: Step[] = [{ join: ['{1}'] }];
const misnamed = (base: BaseName, name: string): TortureCase => ({
  ...odd(base, `really ${base}`, { next: copied, first: bases[base].extension }),
  name,
});
const misnamedSound = (audio: AudioCodecName, extension: string, name: string): TortureCase =>
  recipe({
    name,
    container: extension,
    oddity: `really ${extension}`,
    video: null,
    ...soundOf(audio),
    next: copied,
    first: extension,
  });
const endings: readonly TortureCase[] = [
  misnamed('mp4', 'really mp4.mkv'),
  misnamed('mp4', 'really mp4.avi'),
  misnamed('mp4', 'really mp4.mp3'),
  misnamed('mp4', 'really mp4.jpg'),
  misnamed('mp4', 'really mp4'),
  misnamed('mkv', 'really mkv.mp4'),
  misnamed('avi', 'really avi.mov'),
  misnamed('ts', 'really ts.mpg'),
  misnamed('flv', 'really flv.mp4'),
  misnamed('mpg', 'really mpg.dat'),
  misnamedSound('pcm16', 'wav', 'really wav.mp3'),
  misnamedSound('mp344', 'mp3', 'really mp3.wav'),
  misnamedSound('flac', 'flac', 'really flac.txt'),
  misnamedSound('aac', 'aac', 'really adts.m4a'),
];

const named = (name: string, base: BaseName = 'mp4'): TortureCase => ({
  ...odd(base, 'odd name', { next: copied, first: bases[base].extension }),
  name,
});
const names: readonly TortureCase[] = [
  named(`${'长'.repeat(83)}.mp4`),
  named(`${'x'.repeat(251)}.mp4`),
  named('emoji 🎬🎞️.mp4'),
  named('percent %03d 100%.mp4'),
  named('-leading dash.mp4'),
  named('quotes \' " `.mp4'),
  named('line\nbreak.mp4'),
  named('semicolon; $(echo) [brackets], = #.mkv', 'mkv'),
  named('café (decomposed).mp4'),
  named(' space before and after .mp4'),
  named('colon: 12:30.ts', 'ts'),
  named('back\\slash.mp4'),
  named('two..dots...mp4'),
  named('UPPER.MP4'),
];

/** Everything about streams, bytes and names. */
export const streamCases: readonly TortureCase[] = [
  ...joins,
  ...soundJoins,
  ...several,
  ...covers,
  ...extras,
  ...damage,
  ...soundDamage,
  ...endings,
  ...names,
  oddWith('mkv', 'no sound at all', { audio: null }),
];
