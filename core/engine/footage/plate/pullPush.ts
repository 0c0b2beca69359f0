/** Smooth interpolation of scattered values (Gortler and others, The Lumigraph, 1996, section 3.4). Pure. */

interface Level {
  readonly values: Float32Array;
  readonly weights: Float32Array;
  readonly width: number;
  readonly height: number;
}

/**
 * Values everywhere from values where `weights` are above 0 (1 = certain, kept as it is). Where nothing is known at
 * all the answer is 0.
 */
export function pullPush(values: Float32Array, weights: Float32Array, width: number, height: number): Float32Array {
  const first = { values: new Float32Array(values.length), weights: weights.slice(), width, height };
  for (let i = 0; i < values.length; i++) first.values[i] = values[i]! * weights[i]!;
  const levels: Level[] = [first];
  for (let level: Level = first; level.width > 1 || level.height > 1;) {
    level = halved(level);
    levels.push(level);
  }
  const top = levels.at(-1)!;
  let below: Level = {
    ...top,
    values: top.values.map((value, i) => (top.weights[i]! > 0 ? value / top.weights[i]! : 0)),
  };
  for (let index = levels.length - 2; index >= 0; index--) below = filledFrom(levels[index]!, below);
  return below.values;
}

function halved(level: Level): Level {
  const width = (level.width + 1) >> 1;
  const height = (level.height + 1) >> 1;
  const values = new Float32Array(width * height);
  const weights = new Float32Array(width * height);
  for (let y = 0; y < level.height; y++) {
    for (let x = 0; x < level.width; x++) {
      const from = y * level.width + x;
      const weight = level.weights[from]!;
      if (weight <= 0) continue;
      const to = (y >> 1) * width + (x >> 1);
      weights[to]! += weight;
      values[to]! += level.values[from]!;
    }
  }
  for (let i = 0; i < weights.length; i++) {
    if (weights[i]! <= 1) continue;
    values[i]! /= weights[i]!;
    weights[i] = 1;
  }
  return { values, weights, width, height };
}

function filledFrom(level: Level, coarse: Level): Level {
  const { width, height } = level;
  const values = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    const fy = (y + 0.5) / 2 - 0.5;
    const ty = fy - Math.floor(fy);
    const y0 = Math.max(0, Math.floor(fy)) * coarse.width;
    const y1 = Math.min(coarse.height - 1, Math.floor(fy) + 1) * coarse.width;
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      const weight = level.weights[i]!;
      if (weight >= 1) {
        values[i] = level.values[i]!;
        continue;
      }
      const fx = (x + 0.5) / 2 - 0.5;
      const tx = fx - Math.floor(fx);
      const x0 = Math.max(0, Math.floor(fx));
      const x1 = Math.min(coarse.width - 1, Math.floor(fx) + 1);
      const above = coarse.values[y0 + x0]! * (1 - tx) + coarse.values[y0 + x1]! * tx;
      const beneath = coarse.values[y1 + x0]! * (1 - tx) + coarse.values[y1 + x1]! * tx;
      values[i] = level.values[i]! + (above * (1 - ty) + beneath * ty) * (1 - weight);
    }
  }
  return { ...level, values };
}

/** Values where `known` is 0 that are harmonic (a membrane), with the known ones as boundary; see `membraneFrom`. */
export function membrane(values: Float32Array, known: Uint8Array, width: number, height: number): Float32Array {
  const start = pullPush(values, new Float32Array(known), width, height);
  return membraneFrom(
    start,
    known.map((value) => 1 - value),
    width,
  );
}

/**
 * Each open sample is brought to the mean of its neighbours. The start should be near (pull-push is), so that few
 * sweeps of successive over-relaxation are enough. Changes `values` and answers them.
 */
export function membraneFrom(values: Float32Array, open: Uint8Array, width: number, sweeps = 60): Float32Array {
  const places: number[] = [];
  for (let i = 0; i < open.length; i++) if (open[i] === 1) places.push(i);
  const relaxation = 1.85;
  for (let sweep = 0; sweep < sweeps; sweep++) {
    for (const i of places) {
      const x = i % width;
      let sum = 0;
      let count = 0;
      if (x > 0) {
        sum += values[i - 1]!;
        count++;
      }
      if (x < width - 1) {
        sum += values[i + 1]!;
        count++;
      }
      if (i >= width) {
        sum += values[i - width]!;
        count++;
      }
      if (i < open.length - width) {
        sum += values[i + width]!;
        count++;
      }
      if (count > 0) values[i]! += relaxation * (sum / count - values[i]!);
    }
  }
  return values;
}
