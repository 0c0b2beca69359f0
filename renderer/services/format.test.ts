import { beforeAll, describe, expect, it } from 'vitest';
import { i18n, startI18n } from '../i18n/i18n.ts';
import { baseName, formatAbout, formatBytes, formatLeft, gigabytes, joinPath, parentFolder } from './format.ts';

beforeAll(() => startI18n('en'));

describe('figures', () => {
  it('sizes are decimal and short', () => {
    expect([900, 38e6, 1.4e9, 212e9].map(formatBytes)).toEqual(['900 B', '38 MB', '1.4 GB', '212 GB']);
    expect([5.1e9, 16e9].map(gigabytes)).toEqual(['5.1', '16']);
  });

  it('time left never shows a fraction or a minus', () => {
    expect([13.6, 0, -3, 3725].map(formatLeft)).toEqual(['0:14', '0:00', '0:00', '1:02:05']);
  });

  it('about how long something takes, the rougher the longer, in the language of the window', async () => {
    const seconds = [0.2, 8, 59.4, 59.6, 110, 118, 3594, 3596, 50_400];
    expect(seconds.map(formatAbout)).toEqual([
      ...['1 s', '8 s', '59 s', '1 min', '1 min 50 s', '2 min', '59 min 50 s', '1 h', '14 h'],
    ]);
    await i18n.changeLanguage('zh');
    expect([8, 60, 110, 50_400].map(formatAbout)).toEqual(['8 秒', '1 分钟', '1 分 50 秒', '14 小时']);
    await i18n.changeLanguage('en');
  });

  it('paths of both kinds of system', () => {
    expect(baseName('C:\\Users\\me\\a.mp4')).toBe('a.mp4');
    expect(baseName('/home/me/')).toBe('me');
    expect(parentFolder('/home/me/a.mp4')).toBe('/home/me');
    expect(parentFolder('/a')).toBe('/');
    expect(joinPath('C:\\Users', 'a')).toBe('C:\\Users\\a');
    expect(joinPath('/', 'a')).toBe('/a');
  });
});
