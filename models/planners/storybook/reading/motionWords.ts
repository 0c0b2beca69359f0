/** Verbs and the motions they stand for. */
import type { MotionName } from '../staging/motion.ts';

/** What a verb asks for. */
export interface SaidMotion {
  readonly motion: MotionName;
  /** The verb means something near to the motion, not the motion itself. */
  readonly isGuess: boolean;
}

/** [motion, verbs that mean it, verbs that are close enough]. Base forms; the others are derived. */
const verbs: readonly (readonly [MotionName, string, string])[] = [
  ['walk', 'walk stroll wander march stride trudge', 'go move crawl approach enter explore tiptoe hike parade creep'],
  ['run', 'run race sprint dash rush', 'gallop trot hurry jog flee'],
  ['jump', 'jump hop leap', 'skip'],
  ['bounce', 'bounce', ''],
  ['stand', 'stand wait stay', 'sit rest look watch pose'],
  ['dance', 'dance', 'play celebrate sway cheer'],
  ['spin', 'spin rotate twirl whirl', 'turn'],
  ['drive', 'drive', 'ride travel cruise sail'],
  ['fly', 'fly soar', 'flutter launch'],
  ['float', 'float hover', 'drift'],
  ['swim', 'swim', 'dive paddle'],
  ['roll', 'roll', 'tumble'],
  ['slide', 'slide glide', 'skate ski surf skid'],
  ['fall', 'fall drop', ''],
  ['rise', 'rise ascend', ''],
  ['swing', 'swing', ''],
  ['shake', 'shake tremble shiver', ''],
];

const irregular: Readonly<Record<string, string>> = {
  ran: 'run',
  swam: 'swim',
  flew: 'fly',
  flown: 'fly',
  drove: 'drive',
  stood: 'stand',
  fell: 'fall',
  rose: 'rise',
  swung: 'swing',
  shook: 'shake',
  went: 'go',
  sat: 'sit',
  leapt: 'leap',
  spun: 'spin',
  slid: 'slide',
  rode: 'ride',
};

/** jump -> jump, jumps, jumping, jumped; run -> running; race -> racing; fly -> flies. */
function formsOf(verb: string): string[] {
  const doubled = /^[^aeiou]+[aeiou][pnmtgbd]$/.test(verb) ? verb + verb.at(-1)! : verb;
  const stem = verb.endsWith('e') ? verb.slice(0, -1) : doubled;
  const third = /(s|sh|ch|x|o)$/.test(verb)
    ? `${verb}es`
    : /[^aeiou]y$/.test(verb)
      ? `${verb.slice(0, -1)}ies`
      : `${verb}s`;
  const past = /[^aeiou]y$/.test(verb) ? `${verb.slice(0, -1)}ied` : `${stem}ed`;
  return [verb, third, `${stem}ing`, past];
}

/** Every form of every listed verb. */
export const motionWords: ReadonlyMap<string, SaidMotion> = new Map(
  verbs.flatMap(([motion, same, near]) =>
    [
      ...same.split(' ').map((verb) => [verb, false] as const),
      ...near.split(' ').map((verb) => [verb, true] as const),
    ].flatMap(([verb, isGuess]) => {
      if (verb === '') return [];
      const odd = Object.keys(irregular).filter((form) => irregular[form] === verb);
      return [...formsOf(verb), ...odd].map((form) => [form, { motion, isGuess }] as const);
    }),
  ),
);

/** Phrases whose verb alone would mislead; null = a motion that does not exist here. */
export const motionPhrases: ReadonlyMap<string, SaidMotion | null> = new Map<string, SaidMotion | null>([
  ['stands still', { motion: 'stand', isGuess: false }],
  ['standing still', { motion: 'stand', isGuess: false }],
  ['stand still', { motion: 'stand', isGuess: false }],
  ['turns around', { motion: 'spin', isGuess: false }],
  ['climbs up', { motion: 'rise', isGuess: false }],
  ['takes off', { motion: 'fly', isGuess: true }],
  ['take off', { motion: 'fly', isGuess: true }],
  ['taking off', { motion: 'fly', isGuess: true }],
  ['shakes hands', null],
  ['shake hands', null],
  ['shaking hands', null],
  ['shakes hands with', null],
  ['falls asleep', null],
  ['falling asleep', null],
  ['turns into', null],
  ['drops off', null],
]);
