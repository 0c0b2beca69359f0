/** Small packs for tests: a folder, or a .zip with any entry names (stored, PKWARE APPNOTE 4.3). */
import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { crc32 } from 'node:zlib';
import type { PackManifest } from '../../../../models/families/pack.ts';
import { fakeManifest } from '../../inference/testing/fakeManifest.ts';

export const packContents: Readonly<Record<string, string>> = { 'graph.onnx': 'weights', 'tokenizer.json': '{}' };

export function manifestFor(
  contents: Readonly<Record<string, string>>,
  more: Partial<PackManifest> = {},
): PackManifest {
  const files = Object.entries(contents).map(([path, text]) => ({
    path,
    sha256: createHash('sha256').update(text).digest('hex'),
    sizeBytes: Buffer.byteLength(text),
  }));
  return { ...fakeManifest(files), ...more };
}

export async function writePackFolder(
  folder: string,
  manifest: unknown,
  contents: Readonly<Record<string, string>> = packContents,
): Promise<string> {
  for (const [path, text] of Object.entries({ ...contents, 'manifest.json': JSON.stringify(manifest) })) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  return folder;
}

export async function writeZip(path: string, entries: Readonly<Record<string, string>>): Promise<string> {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let offset = 0;
  for (const [entryName, text] of Object.entries(entries)) {
    const name = Buffer.from(entryName);
    const data = Buffer.from(text);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt32LE(crc32(data), 10);
    common.writeUInt32LE(data.length, 14);
    common.writeUInt32LE(data.length, 18);
    common.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common, name, data]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    centrals.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), common, tail, name]));
    locals.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(centrals);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 0, 'latin1');
  end.writeUInt16LE(centrals.length, 8);
  end.writeUInt16LE(centrals.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  await writeFile(path, Buffer.concat([...locals, central, end]));
  return path;
}
