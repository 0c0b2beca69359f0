import { contentSecurityPolicy } from './contentSecurityPolicy.ts';

/** For every answer of a host. Media get a policy under which even an HTML or SVG file can run nothing. */
export function securityHeaders(kind: 'page' | 'media'): Readonly<Record<string, string>> {
  return {
    'content-security-policy': kind === 'page' ? contentSecurityPolicy('header') : "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), microphone=(), geolocation=(), usb=(), serial=(), payment=()',
  };
}
