/**
 * How well an action matches a search; 0 is no match. Every word of the search must occur in its names: at the start of
 * a word or, from three letters on, inside one. Scattered letters do not match.
 */
export function paletteScore(search: string, names: readonly string[]): number {
  const wanted = search.toLowerCase().split(/\s+/).filter(Boolean);
  const scores = wanted.map((word) => Math.max(0, ...names.map((name, index) => wordScore(word, name, index))));
  return scores.includes(0) ? 0 : scores.reduce((sum, score) => sum + score, 0) / Math.max(1, scores.length);
}

/** The first name (what is shown) counts for more than the others, a beginning for more than a middle. */
function wordScore(word: string, name: string, index: number): number {
  const text = name.toLowerCase();
  const weight = index === 0 ? 1 : 0.6;
  if (text.startsWith(word)) return weight;
  const words = text.split(/[^\p{Letter}\p{Number}]+/u);
  if (words.some((other) => other.startsWith(word))) return 0.9 * weight;
  // Chinese has no spaces: any run of characters is a word
  const isLong = [...word].length >= 3 || /\p{Script=Han}/u.test(word);
  return isLong && text.includes(word) ? 0.5 * weight : 0;
}
