import { describe, expect, it } from 'vitest';
import { cookieName, hasSession, originRefusal, sameSecret } from './access.node.ts';

const port = 4000;
const session = 'a'.repeat(43);
const ours = { host: `127.0.0.1:${port}`, origin: `http://127.0.0.1:${port}` };

describe('the session', () => {
  it('is the cookie of this port, among any others', () => {
    expect(hasSession({ cookie: `theme=dark; ${cookieName(port)}=${session}` }, port, session)).toBe(true);
    expect(hasSession({ cookie: `${cookieName(port)}=stale; ${cookieName(port)}=${session}` }, port, session)).toBe(
      true,
    );
  });
  it('is not the cookie of another editor, a prefix or an empty one', () => {
    for (const cookie of [
      undefined,
      '',
      '=',
      `${cookieName(port)}`,
      `${cookieName(port)}=`,
      `${cookieName(port)}=${session}a`,
      `${cookieName(port)}=${session.slice(1)}`,
      `${cookieName(port + 1)}=${session}`,
    ])
      expect(hasSession({ cookie }, port, session), String(cookie)).toBe(false);
  });
});

describe('Host and Origin', () => {
  it('pass from our own page, and for a page from a link elsewhere', () => {
    expect(originRefusal(ours, port, 'data')).toBeNull();
    expect(originRefusal({ host: `localhost:${port}` }, port, 'data')).toBeNull();
    expect(originRefusal({ host: ours.host, 'sec-fetch-site': 'cross-site' }, port, 'page')).toBeNull();
  });
  it('refuse a name that was pointed at loopback, and no name at all', () => {
    for (const host of [`evil.example:${port}`, `127.0.0.1:${port + 1}`, '127.0.0.1', '', undefined])
      expect(originRefusal({ host }, port, 'page'), String(host)).toBe('wrongHost');
  });
  it('refuse a page of another origin', () => {
    for (const origin of ['https://evil.example', 'null', `http://127.0.0.1:${port + 1}`, `https://127.0.0.1:${port}`])
      expect(originRefusal({ ...ours, origin }, port, 'page'), origin).toBe('wrongOrigin');
  });
  it('refuse a file as an image of another site', () => {
    for (const site of ['same-site', 'cross-site', ['none', 'same-origin']])
      expect(originRefusal({ host: ours.host, 'sec-fetch-site': site }, port, 'data')).toBe('wrongOrigin');
  });
});

it('secrets differ in any character and in length', () => {
  expect(sameSecret('abc', 'abc')).toBe(true);
  for (const other of ['abd', 'xbc', 'ab', 'abcd', '']) expect(sameSecret(other, 'abc')).toBe(false);
});
