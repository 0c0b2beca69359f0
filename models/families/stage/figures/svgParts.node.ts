/**
 * Takes an animal's drawing apart: its far legs are elements of their own before the body, so they can swing behind
 * it. Works on the drawings that the project ships; their elements stand in painter's order.
 */
import { Path2D } from '@napi-rs/canvas';

/** Edges of an element, in the units of the drawing's view box. */
interface Bounds {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** An element with where it lies; null where that is not known. */
interface Element {
  readonly text: string;
  readonly bounds: Bounds | null;
}

/** A drawing taken apart: SVG texts of the far legs and of the rest, all with the same view box. */
export interface SvgParts {
  readonly farLegs: readonly string[];
  readonly body: string;
}

/** A leg reaches at least so near to the lowest point, and begins below so much of the height. */
const legFoot = 0.12;
const legTop = 0.52;
const widestLeg = 0.45;

/** Takes the far legs off; drawings without any come back whole. */
export function takeLegsOff(svg: string): SvgParts {
  const { after, before, elements } = elementsOf(svg);
  const known = elements.flatMap(({ bounds }) => (bounds ? [bounds] : []));
  if (known.length === 0) return { farLegs: [], body: svg };
  const all = known.reduce(around);
  const body = elements.findIndex(({ bounds }) => bounds !== null && area(bounds) > 0.3 * area(all));
  const legs: { bounds: Bounds; texts: string[] }[] = [];
  const rest: string[] = [];
  elements.forEach(({ bounds, text }, index) => {
    const leg = index < body && bounds && isLeg(bounds, all) ? bounds : null;
    // gloss and shade of a leg may stand after the body, in groups with a filter
    const share = index < body ? 0.6 : text.startsWith('<g') ? 0.85 : Infinity;
    const owner = legs.find((other) => bounds !== null && overlap(other.bounds, bounds) > share * area(bounds));
    if (owner) owner.texts.push(text);
    else if (leg) legs.push({ bounds: leg, texts: [text] });
    else rest.push(text);
  });
  const whole = (texts: readonly string[]): string => before + texts.join('') + after;
  return { farLegs: legs.map(({ texts }) => whole(texts)), body: whole(rest) };
}

function isLeg(bounds: Bounds, all: Bounds): boolean {
  const height = all.bottom - all.top;
  return (
    all.bottom - bounds.bottom < legFoot * height &&
    bounds.top - all.top > legTop * height &&
    bounds.right - bounds.left < widestLeg * (all.right - all.left)
  );
}

const around = (a: Bounds, b: Bounds): Bounds => ({
  left: Math.min(a.left, b.left),
  top: Math.min(a.top, b.top),
  right: Math.max(a.right, b.right),
  bottom: Math.max(a.bottom, b.bottom),
});
const area = ({ bottom, left, right, top }: Bounds): number => Math.max(0, right - left) * Math.max(0, bottom - top);
const overlap = (a: Bounds, b: Bounds): number =>
  area({
    left: Math.max(a.left, b.left),
    top: Math.max(a.top, b.top),
    right: Math.min(a.right, b.right),
    bottom: Math.min(a.bottom, b.bottom),
  });

/** Top-level elements, and what stands before and after them; a clip group round everything is looked through. */
function elementsOf(svg: string): { before: string; elements: Element[]; after: string } {
  const start = svg.indexOf('>') + 1;
  const defs = svg.indexOf('<defs>');
  const end = defs < 0 ? svg.lastIndexOf('</svg>') : defs;
  const texts = splitTopLevel(svg.slice(start, end));
  const only = texts.length === 1 ? /^<g clip-path=[^>]*>([\s\S]*)<\/g>$/.exec(texts[0]!) : null;
  const inner = only ? splitTopLevel(only[1]!) : texts;
  return {
    before: svg.slice(0, start),
    elements: inner.map((text) => ({ text, bounds: boundsOf(text) })),
    after: svg.slice(end),
  };
}

function splitTopLevel(inner: string): string[] {
  const texts: string[] = [];
  let depth = 0;
  let from = 0;
  for (const tag of inner.matchAll(/<(\/?)(\w+)[^>]*?(\/?)>/g)) {
    const isClosing = tag[1] === '/';
    if (!isClosing && depth === 0) from = tag.index;
    depth += isClosing ? -1 : tag[3] === '/' ? 0 : 1;
    if (depth === 0) texts.push(inner.slice(from, tag.index + tag[0].length));
  }
  return texts;
}

function boundsOf(text: string): Bounds | null {
  const path = /<path[^>]*? d="([^"]+)"/.exec(text)?.[1];
  if (path === undefined) return null;
  const [left, top, right, bottom] = new Path2D(path).computeTightBounds();
  return { left, top, right, bottom };
}
