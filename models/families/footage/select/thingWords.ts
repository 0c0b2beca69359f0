/**
 * What the user may call the things that can be found: the detector's 80 kinds with their usual other names, people as
 * a whole, the sky, and 'the subject' for whatever stands out.
 */
import type { ThingName } from './nanodet.ts';

/** Words for one kind. The first is its name; English in the singular. */
export interface ThingWords {
  readonly english: readonly [string, ...string[]];
  readonly chinese: readonly [string, ...string[]];
}

const words = (english: readonly [string, ...string[]], chinese: readonly [string, ...string[]]): ThingWords => ({
  english,
  chinese,
});

// prettier-ignore
/** By the detector's names. */
export const thingWords: Readonly<Record<ThingName, ThingWords>> = {
  person: words(['person', 'people', 'man', 'woman', 'boy', 'girl', 'child', 'kid', 'guy', 'lady', 'human',
    'adult', 'baby', 'pedestrian', 'actor', 'actress', 'speaker', 'presenter', 'player', 'dancer', 'walker',
    'everybody', 'everyone'],
    ['人', '人物', '人像', '男人', '女人', '男孩', '女孩', '小孩', '孩子', '男子', '女子', '行人', '演员', '主播', '大家', '婴儿', '宝宝', '男士',
      '女士']),
  bicycle: words(['bicycle', 'bike', 'cycle'], ['自行车', '单车', '脚踏车']),
  car: words(['car', 'automobile', 'taxi', 'cab', 'sedan', 'suv', 'vehicle'], ['汽车', '轿车', '小车', '出租车', '车', '车辆']),
  motorcycle: words(['motorcycle', 'motorbike', 'scooter', 'moped'], ['摩托车', '摩托', '电动车']),
  airplane: words(['airplane', 'aeroplane', 'plane', 'aircraft', 'jet'], ['飞机']),
  bus: words(['bus', 'coach'], ['公交车', '公共汽车', '巴士', '大巴']),
  train: words(['train', 'tram', 'locomotive'], ['火车', '列车', '电车']),
  truck: words(['truck', 'lorry', 'van', 'pickup'], ['卡车', '货车', '面包车']),
  boat: words(['boat', 'ship', 'yacht', 'ferry', 'canoe'], ['船', '小船', '轮船', '游艇']),
  'traffic light': words(['traffic light', 'traffic signal', 'stoplight'], ['红绿灯', '交通灯', '信号灯']),
  'fire hydrant': words(['fire hydrant', 'hydrant'], ['消防栓']),
  'stop sign': words(['stop sign'], ['停车标志', '停止标志']),
  'parking meter': words(['parking meter'], ['停车计时器', '停车表']),
  bench: words(['bench'], ['长椅', '长凳']),
  bird: words(['bird', 'pigeon', 'duck', 'goose', 'seagull', 'gull', 'swan', 'chicken', 'parrot'], ['鸟', '小鸟',
    '鸽子', '鸭子', '鹅', '海鸥', '天鹅', '鸡']),
  cat: words(['cat', 'kitten', 'kitty'], ['猫', '小猫', '猫咪']),
  dog: words(['dog', 'puppy', 'pup'], ['狗', '小狗', '狗狗', '犬']),
  horse: words(['horse', 'pony'], ['马', '小马']),
  sheep: words(['sheep', 'lamb'], ['羊', '绵羊']),
  cow: words(['cow', 'bull', 'cattle', 'calf', 'ox'], ['牛', '奶牛', '公牛']),
  elephant: words(['elephant'], ['大象', '象']),
  bear: words(['bear'], ['熊']),
  zebra: words(['zebra'], ['斑马']),
  giraffe: words(['giraffe'], ['长颈鹿']),
  backpack: words(['backpack', 'rucksack'], ['背包', '双肩包', '书包']),
  umbrella: words(['umbrella', 'parasol'], ['伞', '雨伞', '阳伞']),
  handbag: words(['handbag', 'purse', 'bag'], ['手提包', '包', '挎包', '手包']),
  tie: words(['tie', 'necktie'], ['领带']),
  suitcase: words(['suitcase', 'luggage'], ['行李箱', '手提箱', '箱子']),
  frisbee: words(['frisbee'], ['飞盘']),
  skis: words(['skis', 'ski'], ['滑雪板', '双板']),
  snowboard: words(['snowboard'], ['单板滑雪板', '单板']),
  'sports ball': words(['ball', 'sports ball', 'football', 'basketball', 'tennis ball', 'soccer ball',
    'volleyball', 'baseball'], ['球', '足球', '篮球', '网球', '排球', '棒球']),
  kite: words(['kite'], ['风筝']),
  'baseball bat': words(['baseball bat', 'bat'], ['球棒', '棒球棒']),
  'baseball glove': words(['baseball glove', 'mitt'], ['棒球手套']),
  skateboard: words(['skateboard'], ['滑板']),
  surfboard: words(['surfboard'], ['冲浪板']),
  'tennis racket': words(['tennis racket', 'racket', 'racquet'], ['网球拍', '球拍']),
  bottle: words(['bottle', 'flask'], ['瓶子', '瓶', '水瓶', '酒瓶', '饮料瓶']),
  'wine glass': words(['wine glass', 'glass', 'goblet'], ['酒杯', '高脚杯', '玻璃杯']),
  cup: words(['cup', 'mug', 'teacup', 'tumbler'], ['杯子', '杯', '水杯', '茶杯', '马克杯', '纸杯']),
  fork: words(['fork'], ['叉子', '叉']),
  knife: words(['knife'], ['刀', '刀子', '小刀']),
  spoon: words(['spoon'], ['勺子', '勺', '汤匙']),
  bowl: words(['bowl'], ['碗']),
  banana: words(['banana'], ['香蕉']),
  apple: words(['apple'], ['苹果']),
  sandwich: words(['sandwich', 'burger', 'hamburger'], ['三明治', '汉堡']),
  orange: words(['orange', 'tangerine'], ['橙子', '橘子']),
  broccoli: words(['broccoli'], ['西兰花']),
  carrot: words(['carrot'], ['胡萝卜']),
  'hot dog': words(['hot dog'], ['热狗']),
  pizza: words(['pizza'], ['披萨', '比萨']),
  donut: words(['donut', 'doughnut'], ['甜甜圈']),
  cake: words(['cake'], ['蛋糕']),
  chair: words(['chair', 'armchair', 'stool', 'seat'], ['椅子', '椅', '凳子', '座椅']),
  couch: words(['couch', 'sofa', 'settee'], ['沙发']),
  'potted plant': words(['potted plant', 'plant', 'houseplant', 'flowerpot', 'pot plant'], ['盆栽', '植物', '花盆',
    '盆景', '绿植']),
  bed: words(['bed'], ['床']),
  'dining table': words(['table', 'dining table', 'desk'], ['桌子', '餐桌', '桌', '书桌']),
  toilet: words(['toilet'], ['马桶']),
  tv: words(['tv', 'television', 'monitor', 'screen', 'display'], ['电视', '电视机', '显示器', '屏幕']),
  laptop: words(['laptop', 'notebook computer', 'computer'], ['笔记本电脑', '笔记本', '电脑']),
  mouse: words(['mouse', 'computer mouse'], ['鼠标']),
  remote: words(['remote', 'remote control'], ['遥控器']),
  keyboard: words(['keyboard'], ['键盘']),
  'cell phone': words(['cell phone', 'phone', 'mobile phone', 'smartphone', 'mobile', 'telephone'], ['手机', '电话']),
  microwave: words(['microwave'], ['微波炉']),
  oven: words(['oven', 'stove', 'cooker'], ['烤箱', '炉子', '灶']),
  toaster: words(['toaster'], ['烤面包机']),
  sink: words(['sink', 'basin'], ['水槽', '洗手池', '水池']),
  refrigerator: words(['refrigerator', 'fridge'], ['冰箱']),
  book: words(['book'], ['书', '书本', '书籍']),
  clock: words(['clock', 'watch'], ['钟', '时钟', '钟表', '手表', '挂钟']),
  vase: words(['vase'], ['花瓶']),
  scissors: words(['scissors'], ['剪刀']),
  'teddy bear': words(['teddy bear', 'teddy', 'stuffed toy', 'plush toy'], ['泰迪熊', '玩具熊', '毛绒玩具']),
  'hair drier': words(['hair dryer', 'hair drier', 'hairdryer'], ['吹风机']),
  toothbrush: words(['toothbrush'], ['牙刷']),
};

/** What stands out, whatever it is. */
export const subjectWords = words(
  ['subject', 'main subject', 'thing', 'object', 'foreground', 'main thing', 'main object'],
  ['主体', '主角', '前景', '主要物体', '物体', '东西'],
);

/** The sky. */
export const skyWords = words(['sky', 'heaven', 'skies'], ['天空', '天', '蓝天']);

/** What everything but the subject is. */
export const backgroundWords = words(
  ['background', 'backdrop', 'surroundings', 'rest', 'everything else'],
  ['背景', '其余', '其他', '周围'],
);
