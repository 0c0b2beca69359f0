/**
 * When each token is said: dynamic time warping over where the decoder looks. After `find_alignment` of OpenAI's
 * Whisper (MIT).
 */

/** Attention of some heads: [heads, rows, columns], rows are tokens, columns places of sound (20 ms each). */
export interface Attention {
  readonly data: Float32Array;
  readonly dims: readonly number[];
}

/** Width of the median over places, which takes out single looks aside. */
const medianWidth = 7;

/**
 * First place of each of the rows `firstRow`..`lastRow` (exclusive) within the first `places` places of sound. Starts
 * never fall.
 */
export function alignTokens(attention: Attention, firstRow: number, lastRow: number, places: number): Float64Array {
  const cost = meanCost(attention, firstRow, lastRow, places);
  return warp(cost, lastRow - firstRow, places);
}

/** Negative mean over the heads of what each looks at, told apart from what all tokens look at. */
function meanCost({ data, dims }: Attention, firstRow: number, lastRow: number, places: number): Float32Array {
  const [heads = 0, rows = 0, columns = 0] = dims;
  const count = lastRow - firstRow;
  const cost = new Float32Array(count * places);
  const normal = new Float32Array(rows * places);
  for (let head = 0; head < heads; head++) {
    normalise(data.subarray(head * rows * columns, (head + 1) * rows * columns), { rows, columns, places }, normal);
    for (let row = 0; row < count; row++) {
      const line = normal.subarray((firstRow + row) * places, (firstRow + row + 1) * places);
      medianInto(line, cost, row * places, heads);
    }
  }
  return cost;
}

interface Size {
  readonly rows: number;
  readonly columns: number;
  readonly places: number;
}

/** Each row sums to 1 over the places that hold sound; each place then has mean 0 and deviation 1 over the tokens. */
function normalise(head: Float32Array, { rows, columns, places }: Size, made: Float32Array): void {
  for (let row = 0; row < rows; row++) {
    let sum = 0;
    for (let at = 0; at < places; at++) sum += head[row * columns + at]!;
    for (let at = 0; at < places; at++) made[row * places + at] = head[row * columns + at]! / (sum || 1);
  }
  for (let at = 0; at < places; at++) {
    let [sum, squares] = [0, 0];
    for (let row = 0; row < rows; row++) {
      const value = made[row * places + at]!;
      sum += value;
      squares += value * value;
    }
    const mean = sum / rows;
    const deviation = Math.sqrt(Math.max(0, squares / rows - mean * mean)) || 1;
    for (let row = 0; row < rows; row++) made[row * places + at] = (made[row * places + at]! - mean) / deviation;
  }
}

function medianInto(line: Float32Array, cost: Float32Array, offset: number, heads: number): void {
  const half = medianWidth >> 1;
  const around = new Float32Array(medianWidth);
  for (let at = 0; at < line.length; at++) {
    for (let i = -half; i <= half; i++) {
      const place = at + i;
      // the ends are mirrored
      const within = place < 0 ? -place : place >= line.length ? 2 * line.length - 2 - place : place;
      around[i + half] = line[Math.min(line.length - 1, Math.max(0, within))]!;
    }
    cost[offset + at]! -= around.sort()[half]! / heads;
  }
}

/** Cheapest way from the first token and place to the last; a token may take many places, and a place many tokens. */
function warp(cost: Float32Array, rows: number, places: number): Float64Array {
  const width = places + 1;
  let before = new Float64Array(width).fill(Infinity);
  before[0] = 0;
  const steps = new Uint8Array((rows + 1) * width);
  for (let row = 1; row <= rows; row++) {
    const now = new Float64Array(width).fill(Infinity);
    for (let at = 1; at <= places; at++) {
      const [both, down, along] = [before[at - 1]!, before[at]!, now[at - 1]!];
      const step = both < down && both < along ? 0 : down < both && down < along ? 1 : 2;
      steps[row * width + at] = step;
      now[at] = cost[(row - 1) * places + at - 1]! + (step === 0 ? both : step === 1 ? down : along);
    }
    before = now;
  }
  const starts = new Float64Array(rows);
  for (let row = rows, at = places; row > 0 && at > 0;) {
    starts[row - 1] = at - 1;
    const step = steps[row * width + at];
    if (step !== 2) row--;
    if (step !== 1) at--;
  }
  return starts;
}
