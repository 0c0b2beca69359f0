/** A contact sheet: rows are frames, columns the composite, the truth and each method; luma only. */
import sharp from 'sharp';
import type { Scene } from './composite.node.ts';

const wide = 360;

export async function writeSheet(
  path: string,
  scene: Scene,
  filled: Readonly<Record<string, readonly Uint8Array[]>>,
): Promise<void> {
  const { width, height, frameCount } = scene;
  const columns = [scene.seen, scene.truth, ...Object.values(filled)];
  const tall = Math.round((wide * height) / width);
  const rows = [0.1, 0.35, 0.6, 0.9].map((part) => Math.min(frameCount - 1, Math.floor(part * frameCount)));
  const parts = await Promise.all(
    rows.flatMap((frame, row) =>
      columns.map(async (frames, column) => ({
        input: await sharp(Buffer.from(frames[frame]!), { raw: { width, height, channels: 1 } })
          .resize(wide, tall)
          .png()
          .toBuffer(),
        left: column * wide,
        top: row * tall,
      })),
    ),
  );
  const sheet = { width: wide * columns.length, height: tall * rows.length, channels: 3 as const, background: '#000' };
  await sharp({ create: sheet }).composite(parts).png().toFile(path);
}
