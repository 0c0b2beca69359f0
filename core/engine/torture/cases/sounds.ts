/** Files of sound alone: every container with each encoder that it takes. */
import type { TortureCase } from '../torture.ts';
import { recipe, soundOf, words, type AudioCodecName } from './recipe.ts';

interface SoundContainer {
  readonly name: string;
  readonly extension: string;
  readonly mux?: string;
  readonly sounds: string;
}

const containers: readonly SoundContainer[] = [
  {
    name: 'wav',
    extension: 'wav',
    sounds:
      'pcm16 pcm1644 pcm24 pcm32 pcmfloat pcmdouble pcm8 pcm96 pcm8k pcm8ch alaw mulaw adpcmima adpcmms adpcmyamaha ' +
      'gsmms g726 mp3 ac3 g722 wma2',
  },
  { name: 'rf64', extension: 'rf64.wav', mux: '-rf64 always', sounds: 'pcm16 pcm24' },
  { name: 'w64', extension: 'w64', sounds: 'pcm16 pcm24 pcmfloat' },
  { name: 'aiff', extension: 'aiff', sounds: 'pcm16be pcm24be pcm1644' },
  { name: 'caf', extension: 'caf', sounds: 'pcm16 pcm16be pcm24 pcmfloat alac opus mulaw' },
  { name: 'au', extension: 'au', sounds: 'pcm16be mulaw alaw pcm24be' },
  { name: 'voc', extension: 'voc', sounds: 'pcm16 pcm8voc' },
  { name: 'flac', extension: 'flac', sounds: 'flac flac44 flac96' },
  { name: 'ogg flac', extension: 'flac.oga', mux: '-f oga', sounds: 'flac' },
  { name: 'mp3', extension: 'mp3', sounds: 'mp3 mp344 mp3low' },
  { name: 'mp3 without Xing', extension: 'cbr.mp3', mux: '-write_xing 0 -id3v2_version 0', sounds: 'mp3 mp344' },
  { name: 'mp2', extension: 'mp2', sounds: 'mp2 mp244' },
  { name: 'adts', extension: 'aac', sounds: 'aac aac44 aacmono aac51' },
  { name: 'loas', extension: 'latm', sounds: 'aac' },
  { name: 'm4a', extension: 'm4a', sounds: 'aac aac44 aacmono alac ac3' },
  {
    name: 'fragmented m4a',
    extension: 'fragmented.m4a',
    mux: '-f mp4 -movflags +frag_keyframe+empty_moov -frag_duration 400000 -strict -2',
    sounds: 'aac aac44 flac',
  },
  { name: 'ac3', extension: 'ac3', sounds: 'ac3 ac351' },
  { name: 'eac3', extension: 'eac3', sounds: 'eac3' },
  { name: 'dts', extension: 'dts', sounds: 'dts' },
  { name: 'truehd', extension: 'thd', mux: '-f truehd', sounds: 'truehd' },
  { name: 'opus', extension: 'opus', sounds: 'opus' },
  { name: 'ogg', extension: 'ogg', sounds: 'vorbis vorbis44 opus speex' },
  { name: 'mka', extension: 'mka', sounds: 'aac aac44 mp3 opus vorbis flac pcm16 pcm24 ac3 alac tta wavpack' },
  { name: 'webm', extension: 'sound.webm', sounds: 'opus vorbis44' },
  { name: 'wma', extension: 'wma', sounds: 'wma1 wma2 wma248' },
  { name: 'wv', extension: 'wv', sounds: 'wavpack' },
  { name: 'tta', extension: 'tta', sounds: 'tta' },
  { name: 'ts', extension: 'sound.ts', sounds: 'aac mp2 ac3' },
  { name: 'flv', extension: 'sound.flv', sounds: 'aac mp344' },
  { name: 'mov', extension: 'sound.mov', sounds: 'pcm24 aac' },
  { name: 'rm', extension: 'ra', mux: '-f rm', sounds: 'ac3' },
  { name: 'mp4 of ADTS', extension: 'bitexact.mp4', mux: '-f mp4 -use_editlist 0', sounds: 'aac aac44' },
];

const vbr = { container: 'mp3', video: null, audio: '-c:a libmp3lame -q:a 2 -ac 2', soundHz: 44100 } as const;

/** Every container of sound, and the kinds of MP3. */
export const sounds: readonly TortureCase[] = [
  ...containers.flatMap((container) =>
    words(container.sounds).map((sound) =>
      recipe({
        name: `${sound}.${container.extension}`,
        container: container.name,
        video: null,
        ...soundOf(sound as AudioCodecName),
        mux: container.mux,
      }),
    ),
  ),
  recipe({ ...vbr, name: 'vbr with Xing.mp3', oddity: 'VBR' }),
  recipe({ ...vbr, name: 'vbr without Xing.mp3', oddity: 'VBR without Xing', mux: '-write_xing 0 -id3v2_version 0' }),
  recipe({
    ...vbr,
    name: 'vbr with tags.mp3',
    oddity: 'tags',
    mux: '-metadata title=Song -id3v2_version 4 -write_id3v1 1',
  }),
];
