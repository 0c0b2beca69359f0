/**
 * A title's layout and drawing, on the part of the 2D canvas that the window's canvas and @napi-rs/canvas share, with
 * the fonts of assets/fonts: the same words at the same pixels on both sides.
 */
import type { MediaReference } from '../document/schema.ts';

export type Title = Extract<MediaReference, { kind: 'title' }>;

/** What a title needs of a canvas. */
export interface TitleContext {
  font: string;
  fillStyle: unknown;
  textAlign: unknown;
  textBaseline: unknown;
  measureText(text: string): { readonly width: number };
  fillText(text: string, x: number, y: number): void;
  fillRect(x: number, y: number, width: number, height: number): void;
}

/** Family name under which the bundled Inter is registered for titles. */
export const titleFontFamily = 'Framewright Inter';
/** The bundled weights and their files in assets/fonts. */
export const titleFontFiles = [
  { weight: 400, file: 'Inter-Regular.otf' },
  { weight: 600, file: 'Inter-SemiBold.otf' },
  { weight: 700, file: 'Inter-Bold.otf' },
] as const;
/** The face for Chinese that comes with the app: what the window calls it (assets/fonts/README.md). */
export const bundledCjkFamily = 'Noto Sans SC Variable';
/**
 * Faces of the system for what neither has, in this order: named one by one, so that the window's canvas and Node's
 * choose the same one. What none of them has is left to the system.
 */
export const titleFallbackFamilies = [
  'Noto Sans CJK SC',
  'Noto Sans SC',
  'Source Han Sans SC',
  'PingFang SC',
  'Microsoft YaHei',
  'Noto Sans CJK KR',
  'Noto Sans KR',
  'Apple SD Gothic Neo',
  'Malgun Gothic',
  'Noto Sans Arabic',
  'Noto Sans Hebrew',
  'Noto Sans Devanagari',
  'Kohinoor Devanagari',
  'Noto Sans Bengali',
  'Noto Sans Tamil',
  'Noto Sans Telugu',
  'Nirmala UI',
  'Noto Sans Thai',
  'Thonburi',
  'Noto Sans Lao',
  'Noto Sans Khmer',
  'Khmer Sangam MN',
  'Leelawadee UI',
  'Noto Sans Myanmar',
  'Myanmar Text',
  'Noto Sans Ethiopic',
  'Kefa',
  'Ebrima',
  'Noto Sans Georgian',
  'Noto Sans Armenian',
  'Segoe UI',
  'DejaVu Sans',
  'Noto Color Emoji',
  'Apple Color Emoji',
  'Segoe UI Emoji',
] as const;

/** Share of the frame's width that lines may fill: the title-safe area. */
const safeShare = 0.9;
const lineHeight = 1.2;
/** A block at the top or bottom keeps this share of the height from the edge: inside the title-safe area. */
const verticalMargin = 0.08;
/**
 * Inter's cap height over its size; lines are centred by their capitals, the same whatever a canvas says of its
 * metrics.
 */
const capHeight = 0.727;
const backgroundPadding = { x: 0.4, y: 0.18 };

export interface TitleLine {
  readonly text: string;
  /** Anchor of the line, by the title's alignment, and its baseline: px from the frame's top left. */
  readonly x: number;
  readonly baseline: number;
  readonly width: number;
}

export interface TitleLayout {
  readonly font: string;
  readonly lines: readonly TitleLine[];
  readonly background: {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  } | null;
}

/** CSS font of a title. `cjkFamilies`: the bundled Chinese face's names; Node's canvas registers one per subset. */
export function titleFont(
  title: Pick<Title, 'weight' | 'sizePx'>,
  cjkFamilies: readonly string[] = [bundledCjkFamily],
): string {
  const families = [titleFontFamily, ...cjkFamilies, ...titleFallbackFamilies].map((family) => `"${family}"`);
  return `${title.weight} ${title.sizePx}px ${[...families, 'sans-serif'].join(', ')}`;
}

/** Lays a title out in a frame of `width` by `height` px: lines broken to fit, the block where `vertical` says. */
export function layoutTitle(
  context: Pick<TitleContext, 'font' | 'measureText'>,
  title: Title,
  width: number,
  height: number,
  cjkFamilies?: readonly string[],
): TitleLayout {
  const font = titleFont(title, cjkFamilies);
  context.font = font;
  const measure = (text: string) => context.measureText(text).width;
  const limit = width * safeShare;
  const texts = title.text.split('\n').flatMap((paragraph) => breakLine(paragraph, limit, measure));
  const step = title.sizePx * lineHeight;
  const top = blockTop(title, texts.length * step, height);
  const margin = (width * (1 - safeShare)) / 2;
  const x = title.align === 'left' ? margin : title.align === 'right' ? width - margin : width / 2;
  const lines = texts.map((text, index) => ({
    text,
    x,
    baseline: top + (index + 0.5) * step + (capHeight * title.sizePx) / 2,
    width: measure(text),
  }));
  const widest = Math.max(0, ...lines.map((line) => line.width));
  if (title.background === null || widest === 0) return { font, lines, background: null };
  const left = title.align === 'left' ? x : title.align === 'right' ? x - widest : x - widest / 2;
  const padX = backgroundPadding.x * title.sizePx;
  const padY = backgroundPadding.y * title.sizePx;
  return {
    font,
    lines,
    background: { x: left - padX, y: top - padY, width: widest + 2 * padX, height: lines.length * step + 2 * padY },
  };
}

function blockTop(title: Title, blockHeight: number, height: number): number {
  const edge = height * verticalMargin + (title.background === null ? 0 : backgroundPadding.y * title.sizePx);
  if (title.vertical === 'top') return edge;
  if (title.vertical === 'bottom') return height - edge - blockHeight;
  return (height - blockHeight) / 2;
}

/**
 * Draws a title into a frame of `width` by `height` px at the context's origin. Opacity and transform are the
 * context's.
 */
export function drawTitle(
  context: TitleContext,
  title: Title,
  width: number,
  height: number,
  cjkFamilies?: readonly string[],
): void {
  const layout = layoutTitle(context, title, width, height, cjkFamilies);
  if (layout.background && title.background !== null) {
    context.fillStyle = title.background;
    context.fillRect(layout.background.x, layout.background.y, layout.background.width, layout.background.height);
  }
  context.font = layout.font;
  context.textAlign = title.align;
  context.textBaseline = 'alphabetic';
  context.fillStyle = title.color;
  for (const line of layout.lines) context.fillText(line.text, line.x, line.baseline);
}

/** Breaks at spaces, and between any two CJK characters; a word longer than a line is broken inside. */
function breakLine(paragraph: string, limit: number, measure: (text: string) => number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const piece of pieces(paragraph)) {
    if (measure((line + piece).trimEnd()) <= limit) {
      line += piece;
      continue;
    }
    if (line.trim() !== '') lines.push(line.trimEnd());
    line = piece.trimStart();
    while (measure(line.trimEnd()) > limit && [...line].length > 1) {
      const head = longestFitting(line, limit, measure);
      lines.push(head);
      line = line.slice(head.length);
    }
  }
  return [...lines, line.trimEnd()];
}

/** Characters that a line may break after: CJK letters, punctuation and full-width forms. */
const cjk = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff00-\uffef`;
const piecePattern = new RegExp(String.raw`[${cjk}]\s*|[^\s${cjk}]+\s*|\s+`, 'gu');

function pieces(paragraph: string): string[] {
  return paragraph.match(piecePattern) ?? [];
}

function longestFitting(text: string, limit: number, measure: (text: string) => number): string {
  const characters = [...text];
  let head = characters[0] ?? '';
  for (const character of characters.slice(1)) {
    if (measure(head + character) > limit) break;
    head += character;
  }
  return head;
}
