import { describe, expect, it } from 'vitest';
import { baseName, formatBytes, formatLeft, gigabytes, joinPath, parentFolder } from './format.ts';

describe('figures', () => {
  it('sizes are decimal and short', () => {
    expect([900, 38e6, 1.4e9, 212e9].map(formatBytes)).toEqual(['900 B', '38 MB', '1.4 GB', '212 GB']);
    expect([5.1e9, 16e9].map(gigabytes)).toEqual(['5.1', '16']);
  });

  it('time left never shows a fraction or a minus', () => {
    expect([13.6, 0, -3, 3725].map(formatLeft)).toEqual(['0:14', '0:00', '0:00', '1:02:05']);
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
