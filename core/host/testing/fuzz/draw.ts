/** Random choices from a seed: the same seed draws the same requests. */
export interface Draw {
  /** 0 <= x < 1 */
  fraction(): number;
  integer(from: number, below: number): number;
  chance(probability: number): boolean;
  pick<T>(items: readonly T[]): T;
  /** Printable and other characters, up to `longest`. */
  text(longest: number): string;
}

/** mulberry32 */
export function createDraw(seed: number): Draw {
  let state = seed >>> 0;
  const fraction = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const integer = (from: number, below: number) => from + Math.floor(fraction() * (below - from));
  const pick = <T>(items: readonly T[]): T => items[integer(0, items.length)]!;
  const character = () => {
    const kind = integer(0, 10);
    if (kind < 6) return String.fromCharCode(integer(0x20, 0x7f));
    if (kind < 8) return pick(['/', '.', '%', '\\', '"', "'", '{', '}', '[', '\0', '\n', '\r', '\t', ' ', ':']);
    return pick(['é', '海', '🎬', '\u202e', '\ufeff', String.fromCharCode(integer(0x80, 0xd800))]);
  };
  return {
    fraction,
    integer,
    chance: (probability) => fraction() < probability,
    pick,
    text: (longest) => Array.from({ length: integer(0, longest + 1) }, character).join(''),
  };
}
