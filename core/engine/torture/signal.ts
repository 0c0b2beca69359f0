/**
 * The signals of the torture set. The picture is a grid of 4 by 3 blocks that spell the frame's number in bits, so
 * that any codec keeps it. The sound is a gliding tone that is smooth everywhere and unlike itself at any other time,
 * so that a stretch of it tells its own position to a fraction of a sample.
 */

/** Blocks of the picture. */
export const grid = { columns: 4, rows: 3 } as const;
const blockCount = grid.columns * grid.rows;
/** Frame numbers are below this: ten blocks are bits, one is always bright, one makes the number of bright ones odd. */
export const mostFrames = 1024;
const bitCount = 10;
const [dark, bright] = [40, 215];
/** A block between these is neither: the frame is torn, blended or in the wrong place. */
const [surelyDark, surelyBright] = [100, 155];

/** How a picture was turned before it is read, clockwise, and whether it was mirrored left to right first. */
export interface Turn {
  readonly degrees: 0 | 90 | 180 | 270;
  readonly mirrored?: boolean;
}

/** Grey levels (0..255) of a frame's blocks, rows from the top. */
export function blocksOf(frame: number): number[] {
  const bits = Array.from({ length: bitCount }, (_, bit) => (frame >> bit) & 1);
  const ones = bits.reduce((sum, bit) => sum + bit, 0);
  return [1, ...bits, (ones + 1) % 2].map((bit) => (bit ? bright : dark));
}

/** The number that these blocks spell; null where they spell none. */
export function frameOf(blocks: ArrayLike<number>): number | null {
  if (blocks.length !== blockCount) return null;
  const bits: number[] = [];
  for (let block = 0; block < blockCount; block++) {
    const level = blocks[block]!;
    if (level > surelyDark && level < surelyBright) return null;
    bits.push(level >= surelyBright ? 1 : 0);
  }
  const ones = bits.slice(1).reduce((sum, bit) => sum + bit, 0);
  if (bits[0] !== 1 || ones % 2 !== 1) return null;
  return bits.slice(1, 1 + bitCount).reduce((number, bit, place) => number + (bit << place), 0);
}

/** Columns and rows of the grid in a picture that was turned. */
export function turnedGrid({ degrees }: Turn): { columns: number; rows: number } {
  return degrees % 180 === 0 ? grid : { columns: grid.rows, rows: grid.columns };
}

/** Blocks of a turned picture, in the order they had before it was turned. */
export function turnBack(blocks: ArrayLike<number>, turn: Turn): number[] {
  const { columns } = turnedGrid(turn);
  return Array.from({ length: blockCount }, (_, block) => {
    const x = block % grid.columns;
    const y = Math.floor(block / grid.columns);
    const [left, up] = [turn.mirrored ? grid.columns - 1 - x : x, y];
    const [right, down] = [grid.columns - 1 - left, grid.rows - 1 - up];
    const at = { 0: [left, up], 90: [down, left], 180: [right, down], 270: [up, right] }[turn.degrees] as [
      number,
      number,
    ];
    return blocks[at[1] * columns + at[0]]!;
  });
}

const amplitude = 0.4;
const middleHz = 1000;
const swings = [
  { hz: 400, everyHz: 1.3 },
  { hz: 300, everyHz: 3.1 },
] as const;

/** The tone at a time in seconds, -0.4 to 0.4. Its pitch moves between 300 and 1700 Hz. */
export function toneAt(seconds: number): number {
  let turns = middleHz * seconds;
  for (const { hz, everyHz } of swings)
    turns -= (hz / (2 * Math.PI * everyHz)) * Math.cos(2 * Math.PI * everyHz * seconds);
  return amplitude * Math.sin(2 * Math.PI * turns);
}

/** How fast the tone changes, a second. */
export function toneSlopeAt(seconds: number): number {
  let turns = middleHz * seconds;
  let hz = middleHz;
  for (const swing of swings) {
    const angle = 2 * Math.PI * swing.everyHz * seconds;
    turns -= (swing.hz / (2 * Math.PI * swing.everyHz)) * Math.cos(angle);
    hz += swing.hz * Math.sin(angle);
  }
  return amplitude * 2 * Math.PI * hz * Math.cos(2 * Math.PI * turns);
}
