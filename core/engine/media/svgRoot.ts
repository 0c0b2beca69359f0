/** The root element of an SVG drawing: where it stands in the text, and how large the drawing means to be. */

/** Where the root element's opening tag lies in the text. */
export interface SvgRoot {
  /** Name of the element: 'svg', or with a prefix 'x:svg'. */
  readonly name: string;
  /** Between the name and the closing bracket. */
  readonly attributes: string;
  readonly from: number;
  readonly to: number;
}

/** Declarations, comments and the document type, whose own part may hold brackets and tags. */
const prolog =
  /^\s*(?:<\?[\s\S]*?\?>\s*|<!--[\s\S]*?-->\s*|<!DOCTYPE(?:[^>[\]"']|"[^"]*"|'[^']*'|\[[\s\S]*?\]\s*(?=>))*>\s*)*/i;
const opening = /^<((?:[\w-]+:)?svg)(?=[\s>/])/;
const rest = /^((?:[^>"']|"[^"]*"|'[^']*')*?)\/?>/;

/** Whether a text begins as an SVG drawing; the root's tag may be cut off. */
export function beginsAsSvg(text: string): boolean {
  return opening.test(text.slice(prolog.exec(text)![0].length));
}

/** null where the text is no SVG drawing. */
export function findSvgRoot(text: string): SvgRoot | null {
  const from = prolog.exec(text)![0].length;
  const begun = opening.exec(text.slice(from));
  if (!begun) return null;
  const after = from + begun[0].length;
  const ended = rest.exec(text.slice(after));
  return ended && { name: begun[1]!, attributes: ended[1]!, from, to: after + ended[0].length };
}

/** Pixels of CSS units; those of fonts as browsers start with them. Shares of a window have no size of their own. */
const unitPixels: Readonly<Record<string, number>> = {
  '': 1,
  px: 1,
  pt: 4 / 3,
  pc: 16,
  in: 96,
  cm: 96 / 2.54,
  mm: 96 / 25.4,
  q: 96 / 101.6,
  em: 16,
  rem: 16,
  ex: 8,
};

/** The drawing's own size in CSS pixels (SVG 2, 8.2 and CSS Images 3, 5.2); null where it has none. */
export function svgSize(attributes: string): { readonly width: number; readonly height: number } | null {
  const width = pixelsOf(attributeOf(attributes, 'width'));
  const height = pixelsOf(attributeOf(attributes, 'height'));
  if (width !== null && height !== null) return { width, height };
  const box = viewBoxOf(attributes);
  if (!box) return null;
  const scale = width !== null ? width / box.width : height !== null ? height / box.height : 1;
  return { width: box.width * scale, height: box.height * scale };
}

/** The opening tag with another size in pixels; what was drawn in the old size is enlarged to the new one. */
export function resizedRoot(
  { name, attributes }: SvgRoot,
  own: { readonly width: number; readonly height: number },
  size: { readonly width: number; readonly height: number },
): string {
  const others = attributes.replace(/\s(?:width|height)\s*=\s*(?:"[^"]*"|'[^']*')/g, '');
  const box = viewBoxOf(attributes) ? '' : ` viewBox="0 0 ${own.width} ${own.height}"`;
  return `<${name} width="${size.width}" height="${size.height}"${box}${others}>`;
}

function attributeOf(attributes: string, name: string): string | null {
  const found = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(attributes);
  return found ? (found[1] ?? found[2] ?? '').trim() : null;
}

function pixelsOf(length: string | null): number | null {
  const parts = /^\+?(\d*\.?\d+(?:e[-+]?\d+)?)([a-z]*)$/i.exec(length ?? '');
  const pixels = Number(parts?.[1] ?? NaN) * (unitPixels[parts?.[2]?.toLowerCase() ?? ''] ?? NaN);
  return Number.isFinite(pixels) && pixels > 0 ? pixels : null;
}

function viewBoxOf(attributes: string): { readonly width: number; readonly height: number } | null {
  const [, , width, height] = (attributeOf(attributes, 'viewBox') ?? '').split(/[\s,]+/).map(Number);
  return width !== undefined && height !== undefined && width > 0 && height > 0 && width + height < Infinity
    ? { width, height }
    : null;
}
