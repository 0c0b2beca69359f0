/** Order statistics without sorting. Pure. */

/**
 * Brings the `n`-th smallest (from 0) of the first `count` values to place `n`, smaller ones before it, larger ones
 * behind it, and answers it (Hoare's selection).
 */
export function selectNth(values: Float32Array, count: number, n: number): number {
  let [left, right] = [0, count - 1];
  while (left < right) {
    const pivot = values[(left + right) >> 1]!;
    let [i, j] = [left, right];
    while (i <= j) {
      while (values[i]! < pivot) i++;
      while (values[j]! > pivot) j--;
      if (i > j) break;
      const swapped = values[i]!;
      values[i] = values[j]!;
      values[j] = swapped;
      i++;
      j--;
    }
    if (n <= j) right = j;
    else if (n >= i) left = i;
    else break;
  }
  return values[n]!;
}
