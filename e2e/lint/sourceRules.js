/**
 * Rules over whole source files that oxlint does not have: circles of imports (types included), lines over 120
 * columns, and exports without a doc comment. Pure functions over text, so that tests can try them on small examples.
 */
import { posix } from 'node:path';

/** Columns a line may have. */
export const maxColumns = 120;

/**
 * Specifiers of every import and re-export, static or dynamic, types included.
 * @param {string} text a TypeScript source
 * @returns {string[]}
 */
export function importsOf(text) {
  const code = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
  const pattern = /(?:\bfrom\s*|\bimport\s*\(\s*|^import\s+)(['"])(\.{1,2}\/[^'"\n]+)\1/gm;
  return [...code.matchAll(pattern)].map((match) => match[2]);
}

/**
 * Circles of imports: each strongly connected group of more than one file, and each file that imports itself.
 * @param {Map<string, string>} sources path from the repository's root -> text
 * @returns {string[][]} sorted paths of each circle
 */
export function importCircles(sources) {
  const edges = new Map();
  for (const [path, text] of sources) {
    const targets = importsOf(text).map((specifier) => posix.normalize(posix.join(posix.dirname(path), specifier)));
    edges.set(
      path,
      targets.filter((target) => sources.has(target)),
    );
  }
  return stronglyConnected(edges).filter((group) => group.length > 1 || edges.get(group[0]).includes(group[0]));
}

/** Tarjan's algorithm, with a stack of its own so that deep graphs do not overflow. */
function stronglyConnected(edges) {
  const state = { index: new Map(), low: new Map(), open: [], isOpen: new Set(), groups: [] };
  for (const path of edges.keys()) if (!state.index.has(path)) visit(path, edges, state);
  return state.groups;
}

function enter(path, state) {
  state.index.set(path, state.index.size);
  state.low.set(path, state.index.get(path));
  state.open.push(path);
  state.isOpen.add(path);
}

function visit(start, edges, state) {
  const work = [{ path: start, next: 0 }];
  enter(start, state);
  while (work.length > 0) {
    const frame = work.at(-1);
    const target = edges.get(frame.path)[frame.next++];
    if (target === undefined) {
      work.pop();
      leave(frame.path, work.at(-1)?.path, state);
    } else if (!state.index.has(target)) {
      enter(target, state);
      work.push({ path: target, next: 0 });
    } else if (state.isOpen.has(target)) {
      state.low.set(frame.path, Math.min(state.low.get(frame.path), state.index.get(target)));
    }
  }
}

function leave(path, parent, state) {
  if (parent !== undefined) state.low.set(parent, Math.min(state.low.get(parent), state.low.get(path)));
  if (state.low.get(path) !== state.index.get(path)) return;
  const group = state.open.splice(state.open.indexOf(path));
  for (const each of group) state.isOpen.delete(each);
  state.groups.push(group.toSorted());
}

/**
 * Numbers of the lines wider than `maxColumns`. A line that is one literal (a sentence of the catalogue, whose type is
 * its text) cannot be broken and does not count.
 * @param {string} text
 * @returns {number[]} from 1
 */
export function wideLines(text) {
  const oneLiteral = /^\s*(\w+: )?('[^']*'|"[^"]*"|`[^`]*`),?$/;
  return text
    .split('\n')
    .flatMap((line, index) => (line.length > maxColumns && !oneLiteral.test(line) ? [index + 1] : []));
}

const declaration =
  /^export (?:default )?(?:declare )?(?:abstract )?(?:async )?(?:const|let|function\*?|class|enum) (\w+)/;

/**
 * Names of exported values (functions, constants, classes) without a doc comment right above. Types say by their fields
 * what they are.
 * @param {string} text
 * @returns {string[]}
 */
export function undocumentedExports(text) {
  const lines = text.split('\n');
  const names = [];
  const documented = new Set();
  for (const [index, line] of lines.entries()) {
    const name = declaration.exec(line)?.[1];
    if (name === undefined) continue;
    // overloads share the comment of the first
    const above = lines[index - 1] ?? '';
    if (above.trimEnd().endsWith('*/') || documented.has(name)) documented.add(name);
    else names.push(name);
  }
  return names;
}
