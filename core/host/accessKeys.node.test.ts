import { expect, it } from 'vitest';
import { createAccessKeys } from './accessKeys.node.ts';

function keysAt(clock: { nowMs: number }) {
  let made = 0;
  return createAccessKeys(
    () => `secret-${++made}`,
    () => clock.nowMs,
  );
}

it('a link works once', () => {
  const keys = keysAt({ nowMs: 0 });
  const link = keys.newLink(1000);
  expect(keys.redeem('')).toBe(false);
  expect(keys.redeem(`${link}x`)).toBe(false);
  expect([keys.redeem(link), keys.redeem(link)]).toEqual([true, false]);
});

it('a link expires, and the session secret is not one', () => {
  const clock = { nowMs: 0 };
  const keys = keysAt(clock);
  const [short, long] = [keys.newLink(1000), keys.newLink(5000)];
  clock.nowMs = 1000;
  expect([keys.redeem(short), keys.redeem(keys.session), keys.redeem(long)]).toEqual([false, false, true]);
});

it('links that nobody uses do not pile up', () => {
  const keys = keysAt({ nowMs: 0 });
  const first = keys.newLink(1000);
  for (let more = 0; more < 40; more++) keys.newLink(1000);
  expect(keys.redeem(first)).toBe(false);
  expect(keys.redeem(keys.newLink(1000))).toBe(true);
});
