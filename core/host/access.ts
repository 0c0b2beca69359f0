/**
 * Who may speak to the browser host. It listens on loopback only, yet every page of every site in the user's browser
 * can reach loopback: so the token proves that the window was opened by us, and the Host and Origin headers that no
 * other name was pointed at 127.0.0.1 (DNS rebinding).
 */

export interface RequestHeaders {
  readonly host?: string | undefined;
  readonly origin?: string | undefined;
  readonly cookie?: string | undefined;
  readonly authorization?: string | undefined;
  readonly 'sec-fetch-site'?: string | undefined;
}

export type Refusal = 'wrongHost' | 'wrongOrigin' | 'wrongToken';

/** Equal in length and bytes, in a time that does not depend on where they differ. */
export function sameSecret(given: string, expected: string): boolean {
  let difference = given.length ^ expected.length;
  for (let index = 0; index < expected.length; index++) {
    difference |= (given.charCodeAt(index) || 0) ^ expected.charCodeAt(index);
  }
  return difference === 0;
}

/** Named after the port: cookies do not tell ports apart, and two editors may run. */
export function cookieName(port: number): string {
  return `framewright-${port}`;
}

function cookieValue(header: string | undefined, name: string): string {
  for (const pair of (header ?? '').split(';')) {
    const at = pair.indexOf('=');
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim();
  }
  return '';
}

/**
 * null = may pass. `kind` 'page' is the first GET from an address bar or a link: it has no origin of ours yet, and
 * proves itself by the token in its address.
 */
export function refusalOf(params: {
  readonly headers: RequestHeaders;
  readonly port: number;
  readonly token: string;
  /** `?token=` of the address, where there is one. */
  readonly queryToken: string | null;
  readonly kind: 'page' | 'data';
}): Refusal | null {
  const { headers, port, token, queryToken, kind } = params;
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
  if (!hosts.includes(headers.host ?? '')) return 'wrongHost';
  if (headers.origin !== undefined && !hosts.some((host) => headers.origin === `http://${host}`)) return 'wrongOrigin';
  const site = headers['sec-fetch-site'];
  if (kind === 'data' && site !== undefined && site !== 'same-origin' && site !== 'none') return 'wrongOrigin';
  const given =
    queryToken ??
    (/^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1] || cookieValue(headers.cookie, cookieName(port)));
  return sameSecret(given, token) ? null : 'wrongToken';
}

export const refusalSentences: Readonly<Record<Refusal, string>> = {
  wrongHost: 'This address is not one that Framewright answers to.',
  wrongOrigin: 'Only the window that Framewright opened may ask for this.',
  wrongToken: 'The address lacks the key that Framewright printed when it started; open the whole address.',
};
