import { afterAll, expect, it } from 'vitest';
import type { MediaDetails, SoundAssets } from '../../core/contract/contract.ts';
import { sentence } from '../../core/contract/sentence.ts';
import { i18n, startI18n } from '../i18n/i18n.ts';
import { factsOf, notesOf, soundName } from './mediaFacts.ts';

await startI18n('en');
afterAll(() => i18n.changeLanguage('en'));

const video = {
  codec: 'hevc',
  pixelFormat: 'yuv420p10le',
  transfer: 'bt709',
  primaries: 'bt709',
  rate: { num: 30000, den: 1001 },
  irregular: false,
  fieldOrder: 'progressive' as const,
};
const details: MediaDetails = { video, timecode: null, remarks: [], damage: [] };
const sound: SoundAssets = {
  streamIndex: 2,
  url: null,
  peaksUrl: null,
  title: '',
  language: '',
  channels: 2,
  layout: '',
  sampleRateHz: 48000,
  codec: 'aac',
};
const facts = (changes: Partial<typeof video>, timecode: string | null = null) =>
  factsOf(
    { ...details, video: { ...video, ...changes } as MediaDetails['video'], timecode },
    i18n.getFixedT(null, 'mediaBin'),
  ).map(({ name, value }) => `${name}: ${value}`);
const named = (changes: Partial<SoundAssets>, index = 1) =>
  soundName({ ...sound, ...changes }, index, i18n.getFixedT(null, 'mediaBin'), i18n.language);

it('tells rate, fields, dynamic range and start timecode, and only what is so', async () => {
  expect(facts({})).toEqual(['frameRate: 29.97 fps']);
  expect(facts({ irregular: true })).toEqual(['frameRate: Variable, mapped to 29.97 fps']);
  expect(facts({ fieldOrder: 'top' as never })[1]).toBe('scan: Interlaced, top field first');
  expect(facts({ fieldOrder: 'bottom' as never })[1]).toBe('scan: Interlaced, bottom field first');
  expect(facts({ transfer: 'smpte2084' })[1]).toBe('range: HDR, PQ');
  expect(facts({ transfer: 'arib-std-b67' })[1]).toBe('range: HDR, HLG');
  expect(facts({}, '01:00:00;00').at(-1)).toBe('timecode: 01:00:00;00');
  await i18n.changeLanguage('zh');
  expect(facts({ fieldOrder: 'top' as never })[1]).toBe('scan: 隔行扫描，上场优先');
  await i18n.changeLanguage('en');
});

it('names a sound stream by its number, language, channels and title', async () => {
  expect(named({ language: 'eng', title: 'Commentary' })).toBe('2 · English · stereo · Commentary');
  expect(named({ language: 'und', layout: '5.1(side)', channels: 6 }, 0)).toBe('1 · 5.1');
  expect(named({ channels: 12 })).toBe('2 · 12 channels');
  expect(named({ language: 'not a tag' })).toBe('2 · not a tag · stereo');
  await i18n.changeLanguage('zh');
  expect(named({ language: 'jpn', channels: 1 })).toBe('2 · 日语 · 单声道');
  await i18n.changeLanguage('en');
});

it('lists damage with its time in the file, then remarks, in the language of the moment', async () => {
  const damaged = {
    ...details,
    damage: [{ seconds: 65.5, what: sentence('media.damagedPicture', { name: 'a.ts', seconds: '65.5' }) }],
    remarks: [sentence('mediaRemark.subtitles')],
  };
  expect(notesOf({ details: damaged })).toEqual({
    damage: ['a.ts is damaged at 65.5 s: frames there are torn or held.'],
    remarks: ['Its subtitles are left out.'],
  });
  expect(notesOf({ details })).toBeNull();
  expect(notesOf(undefined)).toBeNull();
  await i18n.changeLanguage('zh');
  expect(notesOf({ details: damaged })!.remarks).toEqual(['其字幕流已忽略。']);
  await i18n.changeLanguage('en');
});
