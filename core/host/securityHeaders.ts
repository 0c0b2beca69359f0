import { contentSecurityPolicy } from './contentSecurityPolicy.ts';

const policies = {
  page: contentSecurityPolicy('header'),
  /** Even an HTML or SVG file can run nothing. */
  media: "default-src 'none'; sandbox",
  /** The browser's own player in a tab may load the film that it shows; a sandbox would make that a foreign origin. */
  export: "default-src 'none'; media-src 'self'",
} as const;

/** For every answer of a host. */
export function securityHeaders(kind: keyof typeof policies): Readonly<Record<string, string>> {
  return {
    'content-security-policy': policies[kind],
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), microphone=(), geolocation=(), usb=(), serial=(), payment=()',
  };
}
