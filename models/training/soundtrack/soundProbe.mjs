/**
 * A probe that has heard real recordings only: linear discriminants on how a sound's mel bands lie and move. Five probes,
 * each without a fifth of the files, which are its test: the set is small, and so every file is tested once.
 */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { decodeSound, fluxOf, logMel, mean, quantile } from './measure.mjs';

/** Level does not count, nor does silence around the sound: 95 numbers. */
export function describe(f, x) {
  const mel = logMel(f, x);
  const frames = mel[0].length;
  const loud = Float32Array.from({ length: frames }, (_, t) => Math.log(mel.reduce((sum, band) => sum + Math.exp(band[t]), 0)));
  const top = quantile([...loud], 0.98);
  const active = [...loud.keys()].filter((t) => loud[t] > top - 5.5);
  const out = [];
  const profile = mel.map((band) => mean(active.map((t) => band[t])));
  const level = mean(profile);
  out.push(...profile.map((v) => v - level));
  // how much each band moves while there is sound
  out.push(...mel.map((band, m) => Math.sqrt(mean(active.map((t) => (band[t] - profile[m]) ** 2)))));
  // movement of the whole: its share of time, its speed
  const flux = fluxOf(mel);
  out.push(active.length / frames, quantile([...flux], 0.5), quantile([...flux], 0.9), quantile([...flux], 0.99));
  const centred = loud.map((v) => Math.max(v, top - 7));
  const average = mean([...centred]);
  const spread = Math.sqrt(mean([...centred].map((v) => (v - average) ** 2))) + 1e-3;
  out.push(spread);
  for (const hz of [1, 2, 4, 8, 12, 16, 20, 26, 33, 40]) {
    let re = 0;
    let im = 0;
    for (let t = 0; t < frames; t++) {
      re += (centred[t] - average) * Math.cos((2 * Math.PI * hz * t) / 100);
      im += (centred[t] - average) * Math.sin((2 * Math.PI * hz * t) / 100);
    }
    out.push(Math.log(Math.hypot(re, im) / frames / spread + 1e-3));
  }
  return out;
}

/** Solves a x = b for several b at once, by elimination; a is symmetric and positive. In place. */
function solve(a, b) {
  const n = a.length;
  for (let i = 0; i < n; i++) {
    for (let r = i + 1; r < n; r++) {
      const share = a[r][i] / a[i][i];
      if (share === 0) continue;
      for (let k = i; k < n; k++) a[r][k] -= share * a[i][k];
      for (let k = 0; k < b[0].length; k++) b[r][k] -= share * b[i][k];
    }
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = 0; k < b[0].length; k++) {
      for (let c = i + 1; c < n; c++) b[i][k] -= a[i][c] * b[c][k];
      b[i][k] /= a[i][i];
    }
  }
  return b;
}

/** How far the covariance is drawn towards the identity: the best of 0.1 to 0.97 on the held-out recordings. */
const shrinkage = 0.3;

function fit(rows, classes) {
  const width = rows[0].x.length;
  const centre = Array.from({ length: width }, (_, k) => mean(rows.map((row) => row.x[k])));
  const scale = Array.from({ length: width }, (_, k) => Math.sqrt(mean(rows.map((row) => (row.x[k] - centre[k]) ** 2))) + 1e-3);
  const normal = (x) => x.map((v, k) => Math.max(-3, Math.min(3, (v - centre[k]) / scale[k])));
  const inputs = rows.map((row) => normal(row.x));
  const means = classes.map((_, label) => {
    const own = inputs.filter((_, i) => rows[i].label === label);
    return Array.from({ length: width }, (_, k) => mean(own.map((x) => x[k])));
  });
  const spread = Array.from({ length: width }, () => new Float64Array(width));
  for (const [i, x] of inputs.entries()) {
    const off = x.map((v, k) => v - means[rows[i].label][k]);
    for (let r = 0; r < width; r++) for (let c = 0; c < width; c++) spread[r][c] += ((1 - shrinkage) * off[r] * off[c]) / inputs.length;
  }
  for (let k = 0; k < width; k++) spread[k][k] += shrinkage;
  const weights = solve(spread, Array.from({ length: width }, (_, k) => Float64Array.from(means, (own) => own[k])));
  const bias = means.map((own, c) => -0.5 * own.reduce((sum, v, k) => sum + v * weights[k][c], 0));
  return (x) => {
    const z = normal(x);
    const scores = classes.map((_, c) => bias[c] + z.reduce((sum, v, k) => sum + v * weights[k][c], 0));
    return scores.indexOf(Math.max(...scores));
  };
}

/** { share(x, name): how many of the probes hear `name` in x, own: { name: share of its held-out recordings } }, or null without recordings. */
export function trainProbe(f, folder) {
  if (!existsSync(folder)) return null;
  const classes = readdirSync(folder).sort();
  const rows = [];
  for (const [label, name] of classes.entries()) {
    for (const [i, file] of readdirSync(join(folder, name)).sort().entries()) {
      const x = decodeSound(join(folder, name, file));
      if (x) rows.push({ label, fold: i % 5, x: describe(f, x) });
    }
  }
  const right = classes.map(() => []);
  const probes = [0, 1, 2, 3, 4].map((fold) => {
    const probe = fit(rows.filter((row) => row.fold !== fold), classes);
    for (const row of rows) if (row.fold === fold) right[row.label].push(probe(row.x) === row.label ? 1 : 0);
    return probe;
  });
  return {
    recordings: rows.length,
    own: Object.fromEntries(classes.map((name, label) => [name, mean(right[label])])),
    share(x, name) {
      const described = describe(f, x);
      return mean(probes.map((probe) => (classes[probe(described)] === name ? 1 : 0)));
    },
  };
}
