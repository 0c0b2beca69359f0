/**
 * How a browser gets in. `newLink` makes a key that works once and soon expires; the browser that brings it gets the
 * session secret as a cookie. A key may end up in a terminal, in a program's arguments or in the browser's history: by
 * then it has been used or has expired. The session secret never leaves the cookie.
 */
import { sameSecret } from './access.node.ts';

export interface AccessKeys {
  /** The session secret: the value of the cookie. */
  readonly session: string;
  /** A key for one visit within `lifetimeMs`. */
  newLink(lifetimeMs: number): string;
  /** True once for each key that has not expired; the key is void afterwards. */
  redeem(key: string): boolean;
}

/** Unused keys kept: beyond this the oldest goes. */
const mostOpenLinks = 32;

/** `randomSecret` answers at least 128 random bits as text; `nowMs` is a clock that never runs backwards. */
export function createAccessKeys(randomSecret: () => string, nowMs: () => number): AccessKeys {
  let links: { readonly key: string; readonly expiresMs: number }[] = [];
  return {
    session: randomSecret(),
    newLink: (lifetimeMs) => {
      const key = randomSecret();
      links = [...links, { key, expiresMs: nowMs() + lifetimeMs }].slice(-mostOpenLinks);
      return key;
    },
    redeem: (key) => {
      links = links.filter(({ expiresMs }) => expiresMs > nowMs());
      const found = links.find((link) => sameSecret(key, link.key));
      links = links.filter((link) => link !== found);
      return found !== undefined;
    },
  };
}
