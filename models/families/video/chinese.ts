/**
 * Chinese words to English ones the rewriter goes on with; nouns after the world's vocabulary (CLDR names, Unicode licence).
 * Longest match wins, so that 小鸡 is found before 鸡.
 */
export const chineseWords: Readonly<Record<string, string>> = {
  猫: 'cat', 小猫: 'kitten', 猫咪: 'cat', 兔子: 'rabbit', 兔: 'rabbit', 小兔子: 'bunny', 大象: 'elephant', 象: 'elephant', 河马: 'hippo', 长颈鹿: 'giraffe', 猪: 'pig',
  小猪: 'piglet', 豹子: 'cheetah', 猎豹: 'cheetah', 豹: 'leopard', 老虎: 'tiger', 狮子: 'lion', 恐龙: 'dinosaur', 霸王龙: 'tyrannosaurus', 龙: 'dragon', 龟: 'turtle',
  乌龟: 'turtle', 海龟: 'turtle', 马: 'horse', 小马: 'pony', 斑马: 'zebra', 企鹅: 'penguin', 小鸡: 'chick', 鸡: 'chick', 鸭子: 'duck', 鸭: 'duck', 火烈鸟: 'flamingo', 鸟: 'bird', 小鸟: 'bird',
  鱼: 'fish', 热带鱼: 'fish', 小鱼: 'fish', 鲨鱼: 'shark', 鲸鱼: 'whale', 海豚: 'dolphin', 章鱼: 'octopus', 狐狸: 'fox', 熊猫: 'panda', 熊: 'bear', 青蛙: 'frog', 狗: 'dog', 小狗: 'puppy',
  狼: 'wolf', 牛: 'cow', 羊: 'sheep', 汽车: 'car', 小汽车: 'car', 车: 'car', 公交车: 'bus', 公共汽车: 'bus', 巴士: 'bus', 卡车: 'truck', 火箭: 'rocket', 飞船: 'spaceship', 飞机: 'plane', 气球: 'balloon',
  女孩: 'girl', 男孩: 'boy', 人: 'person', 孩子: 'child',
  草地: 'meadow', 草原: 'meadow', 田野: 'field', 森林: 'forest', 树林: 'woods', 海滩: 'beach', 沙滩: 'beach', 海边: 'beach', 大海: 'sea', 海: 'sea', 沙漠: 'desert', 雪地: 'snow', 雪: 'snow', 冬天: 'winter',
  城市: 'city', 街道: 'street', 街上: 'street', 小镇: 'town', 房间: 'room', 客厅: 'room', 家里: 'home', 水下: 'underwater', 海底: 'underwater', 水里: 'underwater', 太空: 'space', 宇宙: 'space', 星球: 'planet', 星空: 'stars', 月亮: 'moon', 湖边: 'lake', 湖: 'lake', 海上: 'at sea', 山上: 'mountains', 山里: 'mountains', 丛林: 'jungle', 河边: 'river', 河: 'river', 农场: 'farm', 花园: 'garden', 公园: 'garden', 港口: 'harbour', 码头: 'pier', 火山: 'volcano', 云上: 'above the clouds', 天上: 'sky', 天空: 'sky', 游乐场: 'playground', 厨房: 'kitchen', 教室: 'classroom', 学校: 'school', 舞台: 'stage', 山洞: 'cave', 洞穴: 'cave', 月球: 'on the moon',
  下雨: 'raining', 雨中: 'in the rain', 雨里: 'in the rain', 雨天: 'raining', 下雪: 'snowing', 雾: 'fog', 雾中: 'fog', 落叶: 'falling leaves', 火花: 'sparks',
  白天: 'day', 晴天: 'day', 日落: 'sunset', 傍晚: 'evening', 黄昏: 'dusk', 夜晚: 'night', 晚上: 'night', 夜里: 'night', 月光: 'moonlight',
  走: 'walks', 走路: 'walks', 散步: 'strolls', 跑: 'runs', 奔跑: 'runs', 跑步: 'runs', 跳: 'jumps', 跳跃: 'jumps', 站: 'stands', 站着: 'stands', 跳舞: 'dances', 旋转: 'spins', 转圈: 'spins',
  行驶: 'drives', 开车: 'drives', 飞: 'flies', 飞行: 'flies', 漂浮: 'floats', 飘: 'floats', 游泳: 'swims', 游: 'swims', 等待: 'waits', 滑: 'slides', 滑行: 'slides', 掉落: 'falls', 落下: 'falls', 上升: 'rises', 摆动: 'swings', 发抖: 'shakes',
  红色: 'red', 红: 'red', 蓝色: 'blue', 蓝: 'blue', 绿色: 'green', 绿: 'green', 黄色: 'yellow', 黄: 'yellow', 大: 'big', 巨大: 'huge', 小: 'small',
  水彩: 'watercolour', 绘本: 'storybook', 墨线: 'comic', 水彩画: 'watercolour', 铅笔: 'pencil', 铅笔画: 'pencil', 素描: 'sketch', 漫画: 'comic', 像素画: 'pixel art', 像素: 'pixel art', 霓虹: 'neon', 油画: 'oil painting', 剪纸: 'paper cut', 左边: 'left', 右边: 'right', 中间: 'middle', 向左: 'to the left', 向右: 'to the right',
  移除: 'remove', 删除: 'remove', 去掉: 'remove', 添加: 'add', 加上: 'add', 替换成: 'replace it with', 换成: 'replace it with', 变成: 'turn it into', 镜头: 'camera', 推近: 'slow zoom in', 左移: 'pans left', 右移: 'pans right', 拉远: 'slow zoom out', 上移: 'tilts up', 下移: 'tilts down', 摇晃: 'shakes', 和: 'and',
};

/** Particles, measure words and punctuation that say nothing about the picture. */
export const silentChinese = new Set([...'的了着在里上下一只个头条辆匹艘颗位正有是地，。、！？；：把给它他她这那']);

const han = /\p{Script=Han}/u;

/** Words of `dictionary` become English ones between spaces, the longest first; what is left of a Chinese run goes to `unknown`. */
export function translateWords(prompt: string, dictionary: Readonly<Record<string, string>>, unknown: Set<string>): string {
  if (!han.test(prompt)) return prompt;
  const longest = Math.max(...Object.keys(dictionary).map((word) => word.length));
  let out = '';
  let unread = '';
  const giveUp = (): void => {
    if (unread) unknown.add(unread);
    unread = '';
  };
  for (let at = 0; at < prompt.length; ) {
    let length = Math.min(longest, prompt.length - at);
    while (length > 0 && !Object.hasOwn(dictionary, prompt.slice(at, at + length))) length -= 1;
    const letter = prompt[at]!;
    if (length > 0) {
      giveUp();
      out += ` ${dictionary[prompt.slice(at, at + length)]!} `;
      at += length;
      continue;
    }
    if (silentChinese.has(letter)) {
      giveUp();
      out += ' ';
    } else if (han.test(letter)) unread += letter;
    else out += letter;
    at += 1;
  }
  giveUp();
  return out;
}
