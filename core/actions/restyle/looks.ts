/**
 * The looks that real footage can be given, at its own size and without a model: their names, how they go together, and
 * the words that choose them. The list is the whole vocabulary; docs and the refusal of unknown words are made from it.
 */

/** How looks go together, in the order in which they are drawn: one of each kind at most. */
export const lookKinds = ['season', 'light', 'weather', 'style', 'film', 'focus'] as const;
export type LookKind = (typeof lookKinds)[number];

/** A look as words and panel know it. */
export interface LookEntry {
  readonly kind: LookKind;
  /** The first is its name. Lower case; several words are read as one phrase. */
  readonly words: readonly [string, ...string[]];
  /** The first is its name. */
  readonly chinese: readonly [string, ...string[]];
}

/** All looks, in the order in which they are shown. */
export const looks = {
  watercolour: {
    kind: 'style',
    words: ['watercolour', 'watercolor', 'water colour', 'water color', 'aquarelle'],
    chinese: ['水彩'],
  },
  oil: { kind: 'style', words: ['oil painting', 'oil', 'oil paint', 'oils', 'impasto'], chinese: ['油画'] },
  pencil: {
    kind: 'style',
    words: ['pencil', 'pencil sketch', 'pencil drawing', 'sketch', 'graphite', 'hatching'],
    chinese: ['铅笔', '素描', '铅笔画'],
  },
  ink: {
    kind: 'style',
    words: ['ink', 'ink drawing', 'pen and ink', 'brush and ink'],
    chinese: ['墨线', '钢笔画', '黑白版画'],
  },
  comic: {
    kind: 'style',
    words: ['comic', 'comics', 'comic book', 'cartoon', 'pop art', 'graphic novel'],
    chinese: ['漫画', '卡通', '波普'],
  },
  pixelArt: {
    kind: 'style',
    words: ['pixel art', 'pixels', 'pixel', 'pixelated', '8-bit', '8 bit'],
    chinese: ['像素画', '像素', '像素风'],
  },
  clay: {
    kind: 'style',
    words: ['clay', 'claymation', 'plasticine', 'soft plastic', 'modelling clay', 'modeling clay'],
    chinese: ['黏土', '粘土', '橡皮泥', '软塑料'],
  },
  neon: { kind: 'style', words: ['neon', 'neon lights', 'neon light', 'neon lines'], chinese: ['霓虹', '霓虹灯'] },
  duotone: {
    kind: 'film',
    words: ['duotone', 'two colours', 'two colors', 'two tone', 'two-tone'],
    chinese: ['双色调', '双色'],
  },
  blueprint: { kind: 'style', words: ['blueprint', 'technical drawing', 'cyanotype'], chinese: ['蓝图', '蓝晒'] },
  warmNegative: {
    kind: 'film',
    words: [
      'warm film',
      'film',
      'colour negative',
      'color negative',
      'analogue film',
      'analog film',
      'analogue',
      'analog',
    ],
    chinese: ['暖色胶片', '胶片', '彩色负片'],
  },
  vividSlide: { kind: 'film', words: ['slide film', 'vivid', 'vivid film', 'slide'], chinese: ['反转片', '鲜艳'] },
  cinema: {
    kind: 'film',
    words: ['cinema film', 'cinematic', 'cinema', 'teal and orange', 'orange and teal', 'movie'],
    chinese: ['电影感', '电影胶片', '青橙'],
  },
  instant: {
    kind: 'film',
    words: ['instant picture', 'instant film', 'instant photo', 'faded'],
    chinese: ['拍立得', '褪色'],
  },
  monochrome: {
    kind: 'film',
    words: ['black and white', 'black-and-white', 'monochrome', 'grayscale', 'greyscale', 'b&w'],
    chinese: ['黑白', '单色'],
  },
  noir: { kind: 'film', words: ['film noir', 'noir'], chinese: ['黑色电影'] },
  oldFilm: {
    kind: 'film',
    words: ['old film', 'old movie', 'sepia', 'silent film', 'silent movie', 'vintage', 'vintage film', 'old reel'],
    chinese: ['老电影', '老胶片', '怀旧', '复古', '默片', '泛黄'],
  },
  dusk: {
    kind: 'light',
    words: ['dusk', 'sunset', 'evening', 'twilight', 'day to dusk', 'evening light', 'sundown'],
    chinese: ['黄昏', '傍晚', '日落', '夕阳', '暮色'],
  },
  night: {
    kind: 'light',
    words: ['night', 'nighttime', 'night time', 'day for night', 'day to night', 'moonlight'],
    chinese: ['夜晚', '夜里', '夜间', '夜景', '晚上', '黑夜', '月光', '夜'],
  },
  rain: { kind: 'weather', words: ['rain', 'raining', 'rainy', 'rainfall'], chinese: ['下雨', '雨天', '雨'] },
  snow: {
    kind: 'weather',
    words: ['snow', 'snowing', 'snowy', 'snowfall', 'falling snow'],
    chinese: ['下雪', '雪天', '飘雪', '雪'],
  },
  fog: {
    kind: 'weather',
    words: ['fog', 'foggy', 'mist', 'misty', 'haze', 'hazy'],
    chinese: ['雾', '起雾', '大雾', '雾气', '薄雾'],
  },
  autumn: {
    kind: 'season',
    words: ['autumn', 'autumnal', 'fall colours', 'fall colors', 'autumn leaves'],
    chinese: ['秋天', '秋季', '秋色', '秋'],
  },
  winter: {
    kind: 'season',
    words: ['winter', 'wintry', 'frost', 'frosty', 'frozen'],
    chinese: ['冬天', '冬季', '霜', '冬'],
  },
  blurred: {
    kind: 'focus',
    words: ['blur', 'blurred', 'blurry', 'out of focus', 'soft focus', 'bokeh', 'background blur'],
    chinese: ['模糊', '虚化', '背景虚化', '散景'],
  },
  mosaic: { kind: 'focus', words: ['mosaic', 'censored', 'censor', 'pixelate'], chinese: ['马赛克', '打码'] },
  dimmed: {
    kind: 'focus',
    words: ['dim', 'dimmed', 'darken', 'darkened', 'spotlight'],
    chinese: ['压暗', '变暗', '聚光灯'],
  },
} as const satisfies Readonly<Record<string, LookEntry>>;

/** The name of a look, as code and recipes have it. */
export type LookId = keyof typeof looks;

/** Their names, in the order in which they are shown. */
export const lookIds = Object.keys(looks) as [LookId, ...LookId[]];

/** All names in a row, for sentences. */
export function namesOfLooks(language: 'en' | 'zh'): string {
  return language === 'en'
    ? lookIds.map((id) => looks[id].words[0]).join(', ')
    : lookIds.map((id) => looks[id].chinese[0]).join('、');
}
