/**
 * Who may speak to the browser host. It listens on loopback only, but every page in the user's browser can reach
 * loopback. The session cookie proves that the window was opened by us; the Host and Origin headers prove that no other
 * name was pointed at 127.0.0.1 (DNS rebinding).
 */
import { createHash, timingSafeEqual } from 'node:crypto';

export interface RequestHeaders {
  readonly host?: string | undefined;
  readonly origin?: string | undefined;
  readonly cookie?: string | undefined;
  readonly 'sec-fetch-site'?: string | string[] | undefined;
}

export type Refusal = 'wrongHost' | 'wrongOrigin' | 'noSession' | 'otherUser';

/** Whether two secrets are equal, in a time that depends on neither. */
export function sameSecret(given: string, expected: string): boolean {
  // hashed first: timingSafeEqual needs equal lengths, and the length is part of the secret
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}

/** Carries the port: cookies are shared by all ports of a host, and two editors may run. */
export function cookieName(port: number): string {
  return `framewright-${port}`;
}

function cookieValues(header: string | undefined, name: string): string[] {
  return (header ?? '').split(';').flatMap((pair) => {
    const at = pair.indexOf('=');
    return at > 0 && pair.slice(0, at).trim() === name ? [pair.slice(at + 1).trim()] : [];
  });
}

/** Whether the cookie of this port holds the session secret. */
export function hasSession(headers: RequestHeaders, port: number, session: string): boolean {
  return cookieValues(headers.cookie, cookieName(port)).some((value) => sameSecret(value, session));
}

/**
 * Why a request may not pass whatever secret it brings; null when its Host and Origin are ours. `kind` 'page' is a
 * navigation: it may come from a link on another site, and then has to bring a key.
 */
export function originRefusal(headers: RequestHeaders, port: number, kind: 'page' | 'data'): Refusal | null {
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
  if (!hosts.includes(headers.host ?? '')) return 'wrongHost';
  if (headers.origin !== undefined && !hosts.some((host) => headers.origin === `http://${host}`)) return 'wrongOrigin';
  const site = headers['sec-fetch-site'];
  if (kind === 'data' && site !== undefined && site !== 'same-origin' && site !== 'none') return 'wrongOrigin';
  return null;
}

/** What a refused visitor reads, by the reason for the refusal. */
export const refusalSentences: Readonly<Record<Refusal, string>> = {
  wrongHost: 'Framewright does not answer under this address.',
  wrongOrigin: 'Only the window that Framewright opened may ask for this.',
  noSession: 'This link has been used or has expired. Start Framewright again for a new one.',
  otherUser: 'Another user of this computer started this Framewright.',
};
