import { readFileSync, readdirSync } from 'node:fs';
import { expect, it } from 'vitest';

const folder = new URL('./zh/', import.meta.url).pathname;

/** Words that were used beside another for the same thing. */
const strays: readonly RegExp[] = [
  // 标题, except for files and streams of subtitles
  /字幕(?!文件|流|轨道)/,
  // 切刀
  /刀片/,
  // 改变风格
  /换风格/,
  // 声音轨道
  /声轨(?!道)|音轨(?!道)/,
];

it.each(readdirSync(folder))('%s has one term for each thing', (file) => {
  const text = readFileSync(`${folder}${file}`, 'utf8');
  expect(strays.filter((stray) => stray.test(text))).toEqual([]);
});
