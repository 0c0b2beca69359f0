/** SVG drawings, drawn at a size of our own: their nominal one may be an icon's. */
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { gunzipSync } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';
import { FailureError } from '../../contract/errors.ts';
import { sentence } from '../../contract/sentence.ts';
import { isGzip } from './sniff.node.ts';
import { findSvgRoot, resizedRoot, svgSize } from './svgRoot.ts';

/** Long sides within which a drawing keeps its own size, px: smaller ones are drawn at 4K. */
const drawnSides = { least: 3840, most: 8192 };
/** At CSS's 96 pixels an inch lengths inside the drawing are right; sharp enlarges the whole by 96 / 72 then. */
const density = 96;
const enlargedBy = density / 72;
/** sharp looks for the root in the first kilobyte, before which some programs write longer declarations. */
const reminder = '<!--<svg -->';

/** Uncompressed, a drawing is smaller than this, or it is made to fill the memory: drawing takes ten times as much. */
const mostDrawingMiB = 64;
const mostDrawingBytes = mostDrawingMiB * 1024 * 1024;

/** The text of an SVG drawing, which may be compressed (svgz). Throws FailureError 'damaged' and 'unsupported'. */
export async function readDrawing(path: string): Promise<Buffer> {
  // before it is read: what is larger may not even fit into the memory
  if ((await stat(path)).size > mostDrawingBytes) throw tooLarge(path);
  const bytes = await readFile(path);
  if (!isGzip(bytes)) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: mostDrawingBytes });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(path);
    const reason = `${(error as Error).message}.`;
    throw new FailureError('damaged', sentence('media.damaged', { name: basename(path), reason }), path);
  }
}

function tooLarge(path: string): FailureError {
  const params = { name: basename(path), most: mostDrawingMiB };
  return new FailureError('unsupported', sentence('media.drawingTooLarge', params), path);
}

/** At 4K or larger, from memory: so the drawing has no folder from which it could draw in other files. */
export function openDrawing(svg: Buffer, { least, most } = drawnSides): Sharp {
  const { text, encoding } = decoded(svg);
  const root = findSvgRoot(text);
  const own = root && svgSize(root.attributes);
  // without a size of its own a drawing is as large as what is drawn
  if (!root || !own) return sharp(svg, { density: 72 * 4, limitInputPixels: false });
  const longSide = Math.max(own.width, own.height);
  const scale = Math.min(most, Math.max(least, longSide)) / longSide;
  const side = (length: number) => Math.max(1, Math.round(length * scale)) / enlargedBy;
  const tag = resizedRoot(root, own, { width: side(own.width), height: side(own.height) });
  const declaration = /^\s*<\?xml[\s\S]*?\?>/.exec(text)?.[0] ?? '';
  const between = text.slice(declaration.length, root.from);
  const isClosed = text[root.to - 2] === '/';
  const kept = encoding === 'latin1' ? declaration.trimStart() : '';
  const body = isClosed ? `</${root.name}>` : '';
  const drawing = `${kept}${reminder}${between}${tag}${body}${text.slice(root.to)}`;
  return sharp(Buffer.from(drawing, encoding), { density, limitInputPixels: false });
}

/** 'latin1' keeps the bytes of any encoding that contains ASCII; UTF-16 becomes UTF-8, which needs no declaration. */
function decoded(svg: Buffer): { readonly text: string; readonly encoding: 'latin1' | 'utf8' } {
  const [first, second] = svg;
  if (first === 0xff && second === 0xfe) return { text: svg.subarray(2).toString('utf16le'), encoding: 'utf8' };
  if (first === 0xfe && second === 0xff) {
    const even = Buffer.from(svg.subarray(2, svg.length - (svg.length % 2)));
    return { text: even.swap16().toString('utf16le'), encoding: 'utf8' };
  }
  const marked = svg.subarray(0, 3).toString('hex') === 'efbbbf';
  return { text: (marked ? svg.subarray(3) : svg).toString('latin1'), encoding: 'latin1' };
}
