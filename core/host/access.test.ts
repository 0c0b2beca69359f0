import { describe, expect, it } from 'vitest';
import { cookieName, refusalOf, sameSecret } from './access.ts';

const port = 4000;
const token = 'a'.repeat(43);
const ours = { host: `127.0.0.1:${port}`, origin: `http://127.0.0.1:${port}` };
const ask = (headers: Record<string, string>, options: { queryToken?: string; kind?: 'page' | 'data' } = {}) =>
  refusalOf({ headers, port, token, queryToken: options.queryToken ?? null, kind: options.kind ?? 'data' });

describe('a request passes', () => {
  it('with the cookie of this port', () => {
    expect(ask({ ...ours, cookie: `theme=dark; ${cookieName(port)}=${token}` })).toBeNull();
  });
  it('with the token in the address, or as a bearer', () => {
    expect(ask(ours, { queryToken: token })).toBeNull();
    expect(ask({ host: `localhost:${port}`, authorization: `Bearer ${token}` })).toBeNull();
  });
  it('to the page from a link elsewhere, when the token is in it', () => {
    expect(ask({ host: ours.host, 'sec-fetch-site': 'cross-site' }, { queryToken: token, kind: 'page' })).toBeNull();
  });
});

describe('a request is refused', () => {
  it('under a name that was pointed at loopback', () => {
    expect(ask({ host: `evil.example:${port}`, cookie: `${cookieName(port)}=${token}` })).toBe('wrongHost');
    expect(ask({ cookie: `${cookieName(port)}=${token}` })).toBe('wrongHost');
  });
  it('from a page of another origin, even with the right cookie', () => {
    expect(ask({ ...ours, origin: 'https://evil.example', cookie: `${cookieName(port)}=${token}` })).toBe(
      'wrongOrigin',
    );
    expect(ask({ ...ours, origin: 'null', cookie: `${cookieName(port)}=${token}` })).toBe('wrongOrigin');
    expect(ask({ ...ours, origin: `http://127.0.0.1:${port + 1}`, cookie: `${cookieName(port)}=${token}` })).toBe(
      'wrongOrigin',
    );
  });
  it('for a file as an image of another site', () => {
    expect(ask({ host: ours.host, 'sec-fetch-site': 'same-site', cookie: `${cookieName(port)}=${token}` })).toBe(
      'wrongOrigin',
    );
  });
  it('without the token, or with the cookie of another editor', () => {
    expect(ask(ours)).toBe('wrongToken');
    expect(ask({ ...ours, cookie: `${cookieName(port + 1)}=${token}` })).toBe('wrongToken');
    expect(ask(ours, { queryToken: `${token}a` })).toBe('wrongToken');
    expect(ask(ours, { queryToken: '' })).toBe('wrongToken');
  });
});

it('secrets differ in any character and in length', () => {
  expect(sameSecret('abc', 'abc')).toBe(true);
  for (const other of ['abd', 'xbc', 'ab', 'abcd', '']) expect(sameSecret(other, 'abc')).toBe(false);
});
