/** A photograph with patches over it as one PNG: pixels that nothing lies over keep their values and their depth. */
import sharp, { type Sharp } from 'sharp';
import type { Box } from '../../render/place.ts';
import { openStill } from './still.node.ts';

/** A picture to lay over a photograph. */
export interface StillPatch {
  /** PNG with alpha, 8 bit. */
  readonly path: string;
  readonly box: Box;
}

interface Pixels {
  readonly data: Uint8Array | Uint16Array;
  readonly width: number;
  readonly height: number;
  readonly channels: 3 | 4;
}

/** `description` goes into EXIF's ImageDescription. Throws what sharp throws for a file it cannot read. */
export async function flattenStill(
  basePath: string,
  patches: readonly StillPatch[],
  to: string,
  description: string | null = null,
): Promise<void> {
  const base = await readPixels(await openStill(basePath), basePath);
  for (const { path, box } of patches) layOver(base, await readPixels(sharp(path), path), box);
  const { data, width, height, channels } = base;
  const picture = sharp(data, { raw: { width, height, channels } });
  const deep = data instanceof Uint16Array ? picture.toColourspace('rgb16') : picture;
  const described = description === null ? deep : deep.withExif({ IFD0: { ImageDescription: description } });
  await described.png({ compressionLevel: 3 }).toFile(to);
}

/** Upright sRGB, 8 or 16 bits a channel. */
async function readPixels(picture: Sharp, path: string): Promise<Pixels> {
  const deep = (await picture.metadata()).depth === 'ushort';
  const { data, info } = await picture
    .autoOrient()
    .toColourspace(deep ? 'rgb16' : 'srgb')
    .raw({ depth: deep ? 'ushort' : 'uchar' })
    .toBuffer({ resolveWithObject: true });
  const { width, height } = info;
  const channels = info.channels === 4 ? 4 : 3;
  if (info.channels !== channels) throw new Error(`${path} has ${info.channels} channels`);
  const values = deep ? new Uint16Array(data.buffer, data.byteOffset, data.length / 2) : new Uint8Array(data);
  return { data: values, width, height, channels };
}

function layOver(base: Pixels, patch: Pixels, box: Box): void {
  const deeper = base.data instanceof Uint16Array ? 257 : 1;
  for (let y = 0; y < Math.min(box.height, patch.height); y++) {
    for (let x = 0; x < Math.min(box.width, patch.width); x++) {
      const from = (y * patch.width + x) * patch.channels;
      const alpha = patch.channels === 4 ? patch.data[from + 3]! : 255;
      if (alpha === 0) continue;
      const at = ((box.y + y) * base.width + box.x + x) * base.channels;
      for (let c = 0; c < 3; c++) {
        const own = base.data[at + c]!;
        base.data[at + c] = Math.round(own + ((patch.data[from + c]! * deeper - own) * alpha) / 255);
      }
      if (base.channels === 4) base.data[at + 3] = Math.max(base.data[at + 3]!, alpha * deeper);
    }
  }
}
