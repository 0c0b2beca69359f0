/**
 * The one content security policy of the window: sent as a header by both hosts and written into index.html at build.
 * Scripts only from the app itself, no inline script, no eval. Inline styles stay allowed: wavesurfer.js and
 * Base UI put <style> elements into the page.
 */
const directives: Readonly<Record<string, readonly string[]>> = {
  'default-src': ["'none'"],
  'script-src': ["'self'"],
  'style-src': ["'self'", "'unsafe-inline'"],
  'img-src': ["'self'", 'data:', 'blob:'],
  'media-src': ["'self'", 'blob:'],
  'font-src': ["'self'"],
  'connect-src': ["'self'", 'blob:', 'data:'],
  'worker-src': ["'self'"],
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
};

/** `frame-ancestors` counts in a header only; browsers warn about it in a <meta>. */
export function contentSecurityPolicy(where: 'header' | 'meta'): string {
  const lines = Object.entries(directives).map(([name, values]) => `${name} ${values.join(' ')}`);
  if (where === 'header') lines.push("frame-ancestors 'none'");
  return lines.join('; ');
}
