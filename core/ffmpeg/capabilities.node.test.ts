import { expect, it } from 'vitest';
import { listEncoders } from './capabilities.node.ts';

it('lists the encoders that exports need, and none that does not exist', async () => {
  const encoders = await listEncoders();
  for (const name of ['libx264', 'prores_ks', 'aac', 'png', 'mjpeg', 'pcm_s24le']) expect(encoders).toContain(name);
  expect(encoders).not.toContain('libnothing');
});
