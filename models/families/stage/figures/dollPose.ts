/** What a doll's limbs do, by what it does: closed forms of time like its way. */
import type { Moment } from '../motion.ts';
import type { MotionName } from '../names.ts';
import { dollAtRest, type DollPose } from './doll.ts';

/** The pose of a doll that moves as `motion` says; seated where it rides or sits on something. */
export function poseOf(moment: Moment, motion: MotionName, isSeated: boolean): DollPose {
  const swing = 2 * Math.PI * moment.phase;
  if (moment.stride > 0)
    return {
      ...dollAtRest,
      phase: moment.phase,
      stride: moment.stride,
      run: moment.run,
      lean: 0.08 + 0.24 * moment.run,
      headTilt: 0.04 * Math.sin(swing),
      hipY: 0.006 * Math.cos(2 * swing),
    };
  const posed = inPlace[motion];
  if (posed) return posed(moment);
  const idle = { ...dollAtRest, headTilt: 0.035 * Math.sin(1.1 * moment.clock) };
  return isSeated ? { ...idle, ...seated } : { ...idle, hipY: 0.004 * Math.sin(2.6 * moment.clock) };
}

/** Thighs forward, hips low, hands on the lap. */
const seated: Partial<DollPose> = {
  hipY: -0.13,
  feet: [
    [0.15, 0.01],
    [0.13, 0],
  ],
  arms: [
    [0.55, 0.7],
    [0.5, 0.7],
  ],
};

const turns = 2 * Math.PI;

/** Arms straight up and out, waving a little. */
const cheering = (beat: number): DollPose['arms'] => [
  [-2.5 + 0.25 * Math.sin(beat), -0.15],
  [2.5 + 0.25 * Math.sin(beat), 0.15],
];

const inPlace: Partial<Record<MotionName, (moment: Moment) => DollPose>> = {
  dance: ({ clock, phase }) => {
    const beat = turns * (phase + clock);
    return {
      ...dollAtRest,
      hipX: 0.03 * Math.sin(beat),
      hipY: -0.02 + 0.03 * Math.abs(Math.sin(beat)),
      headTilt: -0.11 * Math.sin(beat),
      arms: [
        [-2.2 + 0.5 * Math.sin(beat), -0.5],
        [2.2 + 0.5 * Math.sin(beat), 0.5],
      ],
      feet: [
        [-0.02, 0.05 * Math.max(0, Math.sin(beat))],
        [0.02, 0.05 * Math.max(0, -Math.sin(beat))],
      ],
    };
  },
  jump: ({ clock, phase }) => {
    // in step with the jump of motion.ts: it gathers for 0.22 of its 0.9 seconds and flies for 0.58
    const turn = phase + clock / 0.9;
    const at = turn - Math.floor(turn);
    const up = Math.sin(Math.PI * Math.min(1, Math.max(0, (at - 0.15) / 0.7)));
    return {
      ...dollAtRest,
      hipY: -0.03 * (1 - up),
      arms: [
        [-0.3 - 2.2 * up, -0.3],
        [0.3 + 2.2 * up, 0.3],
      ],
      feet: [
        [-0.05 * up, 0.07 * up],
        [0.05 * up, 0.03 * up],
      ],
    };
  },
  spin: () => ({
    ...dollAtRest,
    arms: [
      [-1.35, -0.1],
      [1.35, 0.1],
    ],
  }),
  fall: ({ clock }) => ({ ...dollAtRest, arms: cheering(turns * clock * 1.6) }),
  rise: ({ clock }) => ({ ...dollAtRest, arms: cheering(turns * clock * 0.6) }),
  bounce: ({ clock }) => ({ ...dollAtRest, arms: cheering(turns * clock * 1.4) }),
  float: ({ clock }) => ({
    ...dollAtRest,
    arms: [
      [-1.1 + 0.2 * Math.sin(2 * clock), -0.2],
      [1.1 + 0.2 * Math.sin(2 * clock), 0.2],
    ],
  }),
};
