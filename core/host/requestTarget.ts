/** Parses a request's address. Every server that the window talks to parses it here and nowhere else. */

/** Path and query of a request, known to be well formed. */
export interface RequestTarget {
  /** Still percent-encoded, dot segments resolved, always with a leading slash. */
  readonly path: string;
  /** `path` decoded: no zero bytes and no other control characters. */
  readonly decodedPath: string;
  readonly query: URLSearchParams;
}

export type ParsedTarget =
  | { readonly ok: true; readonly target: RequestTarget }
  | { readonly ok: false; readonly reason: string };

/** Longer than any address that the window makes: a file name of 255 bytes, percent-encoded, is under 1,000. */
export const longestTarget = 8192;

/**
 * Reads the origin form of RFC 9112 ('/path?query'). Never throws: `//host`, absolute addresses, '*', broken escapes,
 * control characters and overlong addresses come back with the reason.
 */
export function parseTarget(text: string | undefined): ParsedTarget {
  const refuse = (reason: string): ParsedTarget => ({ ok: false, reason });
  if (text === undefined || !text.startsWith('/')) return refuse('The address does not start with a slash.');
  if (text.length > longestTarget) return refuse('The address is too long.');
  // the URL parser would read the first segment as a host
  if (/^[/\\]{2}/.test(text)) return refuse('The address starts with two slashes.');
  let url: URL;
  let decodedPath: string;
  try {
    url = new URL(text, 'http://127.0.0.1');
    decodedPath = decodeURIComponent(url.pathname);
  } catch {
    return refuse('The address holds a broken escape.');
  }
  // oxlint-disable-next-line no-control-regex
  if (/[\u0000-\u001f\u007f]/.test(decodedPath)) return refuse('The address holds a control character.');
  return { ok: true, target: { path: url.pathname, decodedPath, query: url.searchParams } };
}
