/**
 * The words of the bin's search for what is seen and heard: English and Chinese, whatever language the window has.
 * Each entry: what it finds, and the words for it. Things are those of the detector (COCO).
 */
import type { SeenMoment } from '../../../core/contract/seen.ts';

/** What a word finds. */
export interface Wanted {
  readonly kind: SeenMoment['kind'];
  readonly name: string;
}

const looks: readonly (readonly [SeenMoment['kind'], string, readonly string[]])[] = [
  ['shot', 'closeUp', ['close-up', 'close up', 'closeup', '特写', '近景']],
  ['shot', 'medium', ['medium shot', 'mid shot', 'medium', '中景']],
  ['shot', 'wide', ['wide shot', 'long shot', 'wide', '远景', '全景']],
  ['camera', 'still', ['still camera', 'static', 'locked off', 'tripod', 'still', '固定镜头', '静止']],
  ['camera', 'panLeft', ['pan left', '左摇']],
  ['camera', 'panRight', ['pan right', '右摇']],
  ['camera', 'tiltUp', ['tilt up', '上摇', '仰摇']],
  ['camera', 'tiltDown', ['tilt down', '下摇', '俯摇']],
  ['camera', 'zoomIn', ['zoom in', 'push in', 'move in', '推近', '推镜头', '放大']],
  ['camera', 'zoomOut', ['zoom out', 'pull out', 'move out', '拉远', '拉镜头', '缩小']],
  ['camera', 'shaky', ['shaky', 'shake', 'handheld', 'hand-held', '抖动', '晃动', '手持']],
  ['picture', 'soft', ['soft', 'blurry', 'blurred', 'out of focus', '模糊', '虚焦', '失焦']],
  ['picture', 'dark', ['dark', 'underexposed', 'too dark', '偏暗', '欠曝', '黑暗']],
  ['picture', 'overexposed', ['overexposed', 'over-exposed', 'blown out', 'too bright', '过曝', '过亮']],
  ['sound', 'speech', ['speech', 'talking', 'dialogue', 'voice', '人声', '说话', '对白', '语音']],
  ['sound', 'silence', ['silence', 'silent', '静音', '无声']],
  ['sound', 'loud', ['loud', '响亮', '大声']],
  ['sound', 'quiet', ['quiet', '安静', '小声']],
];

const things: Readonly<Record<string, readonly string[]>> = {
  person: ['persons', 'people', '人', '人物', '个人'],
  bicycle: ['bike', '自行车'],
  car: ['汽车', '轿车', '小汽车'],
  motorcycle: ['motorbike', '摩托车'],
  airplane: ['aeroplane', 'plane', '飞机'],
  bus: ['buses', '公共汽车', '公交车', '巴士'],
  train: ['火车', '列车'],
  truck: ['lorry', 'lorries', '卡车', '货车'],
  boat: ['ship', '船', '小船'],
  'traffic light': ['红绿灯', '交通灯'],
  'fire hydrant': ['消防栓'],
  'stop sign': ['停车标志'],
  'parking meter': ['停车计时器'],
  bench: ['benches', '长椅', '长凳'],
  bird: ['鸟', '小鸟'],
  cat: ['猫', '小猫'],
  dog: ['狗', '小狗', '犬'],
  horse: ['马'],
  sheep: ['羊', '绵羊'],
  cow: ['牛', '奶牛'],
  elephant: ['大象'],
  bear: ['熊'],
  zebra: ['斑马'],
  giraffe: ['长颈鹿'],
  backpack: ['rucksack', '背包', '双肩包'],
  umbrella: ['雨伞', '伞'],
  handbag: ['手提包'],
  tie: ['necktie', '领带'],
  suitcase: ['行李箱', '手提箱'],
  frisbee: ['飞盘'],
  skis: ['ski', '滑雪板'],
  snowboard: ['单板滑雪板'],
  'sports ball': ['ball', '球'],
  kite: ['风筝'],
  'baseball bat': ['棒球棒'],
  'baseball glove': ['棒球手套'],
  skateboard: ['滑板'],
  surfboard: ['冲浪板'],
  'tennis racket': ['网球拍'],
  bottle: ['瓶子', '瓶'],
  'wine glass': ['wine glasses', '酒杯', '高脚杯'],
  cup: ['杯子', '杯'],
  fork: ['叉子'],
  knife: ['knives', '刀'],
  spoon: ['勺子'],
  bowl: ['碗'],
  banana: ['香蕉'],
  apple: ['苹果'],
  sandwich: ['sandwiches', '三明治'],
  orange: ['橙子'],
  broccoli: ['西兰花'],
  carrot: ['胡萝卜'],
  'hot dog': ['热狗'],
  pizza: ['披萨', '比萨'],
  donut: ['doughnut', '甜甜圈'],
  cake: ['蛋糕'],
  chair: ['椅子'],
  couch: ['sofa', 'couches', '沙发'],
  'potted plant': ['plant', '盆栽', '植物'],
  bed: ['床'],
  'dining table': ['table', '桌子', '餐桌'],
  toilet: ['马桶'],
  tv: ['television', 'screen', '电视', '电视机', '屏幕'],
  laptop: ['笔记本电脑', '电脑'],
  mouse: ['鼠标'],
  remote: ['remote control', '遥控器'],
  keyboard: ['键盘'],
  'cell phone': ['phone', 'mobile phone', 'smartphone', '手机', '电话'],
  microwave: ['微波炉'],
  oven: ['烤箱'],
  toaster: ['烤面包机'],
  sink: ['水槽', '洗手池'],
  refrigerator: ['fridge', '冰箱'],
  book: ['书'],
  clock: ['钟', '时钟'],
  vase: ['花瓶'],
  scissors: ['剪刀'],
  'teddy bear': ['泰迪熊', '玩具熊'],
  'hair drier': ['hair dryer', '吹风机'],
  toothbrush: ['toothbrushes', '牙刷'],
};

/** By phrase, in lower case. */
export const phrases: ReadonlyMap<string, Wanted> = new Map([
  ...Object.entries(things).flatMap(([name, words]) =>
    [name, ...words].flatMap(withPlural).map((word) => [word, { kind: 'thing', name }] as const),
  ),
  ...looks.flatMap(([kind, name, words]) => words.map((word) => [word, { kind, name }] as const)),
]);

/** English words of more than one are listed where they end in another way. */
function withPlural(word: string): string[] {
  return isLatin(word) ? [word, word.concat('s')] : [word];
}

/** The Chinese word for a thing; its own name where there is none. */
export function thingInChinese(name: string): string {
  return things[name]?.find((word) => !isLatin(word)) ?? name;
}

/** Numbers as they are written before nouns. */
export const numbers: ReadonlyMap<string, number> = new Map([
  ...['one', 'two', 'three', 'four', 'five', 'six'].map((word, i) => [word, i + 1] as const),
  ...['一', '二', '三', '四', '五', '六'].map((word, i) => [word, i + 1] as const),
  ...([
    ['两', 2],
    ['a', 1],
    ['an', 1],
  ] as const),
]);

/** Whether a word is written in Latin letters. */
export function isLatin(word: string): boolean {
  return /^[\x20-\x7e]+$/.test(word);
}
