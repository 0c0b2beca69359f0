import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { probeFile } from './probe.node.ts';
import { openStill } from './still.node.ts';
import { openDrawing } from './svgDrawing.node.ts';
import { beginsAsSvg } from './svgRoot.ts';

const namespace = 'xmlns="http://www.w3.org/2000/svg"';
/** White on the left, black on the right, in a coordinate system of this size. */
const halves = (width: number, height: number) =>
  `<rect width="${width / 2}" height="${height}" fill="#fff"/>` +
  `<rect x="${width / 2}" width="${width / 2}" height="${height}"/></svg>`;
const plain = `<svg ${namespace} viewBox="0 0 24 24">${halves(24, 24)}`;

/** Size, and the width of the edge in its middle, which is where white becomes black. */
async function drawn(svg: string | Buffer): Promise<{ size: string; isWhole: boolean }> {
  const { data, info } = await openDrawing(Buffer.from(svg), { least: 192, most: 384 })
    .flatten({ background: '#f00' })
    .toColourspace('b-w')
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  const row = Array.from({ length: width }, (_, x) => data[((height >> 1) * width + x) * channels]!);
  const [white, black] = [row.filter((value) => value > 247).length, row.filter((value) => value < 8).length];
  const isWhole = Math.abs(white - width / 2) <= 1 && Math.abs(black - width / 2) <= 1;
  return { size: `${width}x${height}`, isWhole };
}

it.each([
  ['a box alone', 'viewBox="0 0 24 24"', [24, 24], '192x192'],
  ['pixels', 'width="24" height="12" viewBox="0 0 24 12"', [24, 12], '192x96'],
  ['millimetres', 'width="21mm" height="29.7mm" viewBox="0 0 210 297"', [210, 297], '136x192'],
  ['inches', 'width="2in" height="1in" viewBox="0 0 10 5"', [10, 5], '192x96'],
  ['two units', 'width="96" height="25.4mm" viewBox="0 0 8 8"', [8, 8], '192x192'],
  ['one length, and a box for the other', 'width="1cm" viewBox="0 0 4 2"', [4, 2], '192x96'],
  ['shares of a window', 'width="100%" height="100%" viewBox="0 0 30 20"', [30, 20], '192x128'],
  ['pixels without a box', 'width="30" height="20"', [30, 20], '192x128'],
  ['a box smaller than a pixel', 'viewBox="0 0 0.24 0.12"', [0.24, 0.12], '192x96'],
  ['a box of a map', 'viewBox="0 0 240000 120000"', [240_000, 120_000], '384x192'],
  ['quotes of the other kind', `width='24' height='24' viewBox='0,0,24,24'`, [24, 24], '192x192'],
] as const)(
  'a drawing with %s has its own shape, and the size that is asked for',
  async (_name, attributes, [width, height], size) => {
    expect(await drawn(`<svg ${namespace} ${attributes}>${halves(width, height)}`)).toEqual({ size, isWhole: true });
  },
);

it('lengths inside a drawing stay as they are to its own', async () => {
  const half = (more: string) => `<rect width="12.5mm" height="25mm" ${more}/>`;
  const inside = `${half('fill="#fff"')}${half('x="12.5mm"')}</svg>`;
  const svg = `<svg ${namespace} width="25mm" height="25mm">${inside}`;
  expect(await drawn(svg)).toEqual({ size: '192x192', isWhole: true });
});

const entities = `<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "svg11.dtd" [ <!ENTITY white "#fff"> ]>`;
it.each([
  ['a mark of UTF-8', Buffer.from(`\ufeff${plain}`)],
  ['UTF-16', Buffer.from(`\ufeff<?xml version="1.0" encoding="UTF-16"?>${plain}`, 'utf16le')],
  ['UTF-16, the other way round', Buffer.from(`\ufeff${plain}`, 'utf16le').swap16()],
  ['Latin-1', Buffer.from(`<?xml version="1.0" encoding="ISO-8859-1"?><!-- \u00e9 -->${plain}`, 'latin1')],
  [
    'a type with entities',
    `<?xml version="1.0"?><!-- made by <svg> -->${entities}${plain.replace('"#fff"', '"&white;"')}`,
  ],
  ['a long comment before it', `<!-- ${'long '.repeat(400)} -->${plain}`],
  ['a prefix', plain.replaceAll(/<(\/?)(svg|rect)/g, '<$1s:$2').replace('xmlns=', 'xmlns:s=')],
])('a drawing in %s is read', async (_name, svg) => {
  expect(await drawn(svg)).toEqual({ size: '192x192', isWhole: true });
});

it('a drawing without any size is as large as what is drawn', async () => {
  const { width, height } = await openDrawing(Buffer.from(`<svg ${namespace}>${halves(40, 20)}`)).metadata();
  expect(width! / height!).toBeCloseTo(2, 1);
});

it.each([
  ['a page with a drawing in it', `<html><body>${plain}</body></html>`, false],
  ['a comment that never ends', '<!-- <svg', false],
  ['a root that is cut off', '<?xml version="1.0"?>\n<svg width="1', true],
])('%s', (_name, text, isDrawing) => {
  expect(beginsAsSvg(text)).toBe(isDrawing);
});

it('a compressed drawing is the drawing in it, whatever its name; cut off, it is damaged', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'framewright-svgz-'));
  try {
    const path = join(folder, 'drawing.svgz');
    const packed = gzipSync(plain.replace('<svg', `<!--${'long '.repeat(2000)}--><svg`));
    writeFileSync(path, packed);
    const { kind, formatName, video } = await probeFile(path);
    expect({ kind, formatName, width: video!.width }).toEqual({ kind: 'image', formatName: 'svg', width: 3840 });
    const { data, info } = await (await openStill(path)).raw().toBuffer({ resolveWithObject: true });
    const red = (x: number) => data[((info.height >> 1) * info.width + x) * info.channels]!;
    expect([red(info.width * 0.25), red(info.width * 0.75)]).toEqual([255, 0]);
    writeFileSync(path, packed.subarray(0, packed.length - 12));
    await expect(probeFile(path)).rejects.toMatchObject({ failure: { code: 'damaged' } });
  } finally {
    rmSync(folder, { recursive: true });
  }
});

it('a drawing that would fill the memory is refused, plain or compressed, before it is drawn', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'framewright-large-svg-'));
  try {
    const large = join(folder, 'large.svg');
    writeFileSync(large, plain);
    // a hole in the file: takes no room on the disk
    truncateSync(large, 65 * 1024 * 1024);
    const bomb = join(folder, 'bomb.svgz');
    writeFileSync(bomb, gzipSync(Buffer.concat([Buffer.from(plain), Buffer.alloc(65 * 1024 * 1024)]), { level: 1 }));
    for (const [path, name] of [
      [large, 'large.svg'],
      [bomb, 'bomb.svgz'],
    ] as const) {
      const words = `${name} is too large for a drawing: up to 64 MiB of SVG, uncompressed, can be used.`;
      await expect(probeFile(path)).rejects.toMatchObject({ failure: { code: 'unsupported', message: words } });
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});
