/**
 * Which way imports may run: one table, judged by path alone, so that a test can use it without a linter.
 * time <- document/names, document/refs <- actions <- document <- commands/refusal <- contract, commands;
 * contract <- render, transcript <- disk, ffmpeg <- engine <- host <- electron. The renderer may import core below the
 * engine.
 * models/families import only themselves and time: planners (models/planners) and everything else are injected. A layer
 * is a folder, or one file of a folder that lies below the rest of it.
 * @typedef {{ from: string, specifier: string, typeOnly?: boolean }} Import
 */
import { builtinModules } from 'node:module';
import { posix } from 'node:path';

const below = ['core/time', 'core/document/names.ts', 'core/document/refs.ts', 'core/actions'];
const refusals = 'core/commands/refusal.ts';
const core = [...below, 'core/document', 'core/contract', refusals, 'core/commands', 'core/render', 'core/transcript'];
const rendererBelow = {
  'renderer/ui': ['renderer/ui', 'renderer/i18n'],
  'renderer/i18n': ['renderer/i18n'],
  'renderer/services': ['renderer/services', 'renderer/i18n', 'renderer/ui'],
  'renderer/actions': ['renderer/actions', 'renderer/services', 'renderer/i18n', 'renderer/ui'],
  'renderer/features': ['renderer/actions', 'renderer/services', 'renderer/i18n', 'renderer/ui'],
};

/** Layer -> the layers its files may import. Layers that are not listed (e2e, the renderer's shell) may import any. */
export const mayImport = {
  'core/time': ['core/time'],
  'core/document/names.ts': [],
  'core/document/refs.ts': ['core/document/names.ts', 'core/time'],
  'core/actions': [...below, 'models/families'],
  'core/document': ['core/document', ...below],
  [refusals]: ['core/document', ...below],
  'core/contract': ['core/contract', refusals, 'core/document', ...below],
  'core/commands': ['core/commands', refusals, 'core/document', ...below],
  'core/transcript': ['core/transcript', 'core/contract', 'core/document', ...below],
  'core/render': ['core/render', 'core/contract', 'core/document', ...below],
  'core/disk': [...core, 'core/disk', 'core/ffmpeg'],
  'core/ffmpeg': [...core, 'core/ffmpeg'],
  'core/engine': [
    ...core,
    'core/disk',
    'core/ffmpeg',
    'core/engine',
    'models/families',
    'models/planners',
    'models/runtime',
  ],
  'core/host': [...core, 'core/disk', 'core/ffmpeg', 'core/engine', 'core/host', 'models/families', 'models/runtime'],
  electron: [...core, 'core/disk', 'core/ffmpeg', 'core/engine', 'core/host', 'electron', 'models/runtime'],
  'models/runtime': ['models/runtime'],
  'models/families': ['models/families', 'core/time'],
  'models/planners': ['models/planners', 'models/families', 'core/time'],
  ...Object.fromEntries(Object.entries(rendererBelow).map(([layer, below]) => [layer, [...core, ...below]])),
  renderer: [...core, ...Object.keys(rendererBelow), 'renderer'],
};

const layers = Object.keys(mayImport).toSorted((a, b) => b.length - a.length);
/** Folders that may import anything, but that only unlisted layers may import. */
const others = ['e2e', 'models/training', 'models/export', 'core'];

/**
 * The layer of a file, null if it belongs to none.
 * @param {string} path from the repository's root
 */
export function layerOf(path) {
  return [...layers, ...others].find((layer) => path === layer || path.startsWith(`${layer}/`)) ?? null;
}

/** 'timeline' for a file of renderer/features/timeline. */
function featureOf(path) {
  return /^renderer\/features\/([^/]+)\//.exec(path)?.[1] ?? null;
}

/** `*.node.ts`, `*.node.test.ts`: may use Node. So may Electron's own part, the tests' drivers, and scripts. */
export function runsInNode(path) {
  if (/\.node(\.test)?\.tsx?$/.test(path)) return true;
  if (/\.(mjs|cjs)$/.test(path) || /^[^/]+\.config\.ts$/.test(path)) return true;
  if (/^(electron|e2e)\//.test(path)) return true;
  return /^models\/(families|planners)\//.test(path) && /\.test\.ts$/.test(path);
}

/**
 * Why an import is not allowed, or null.
 * @param {Import} imported `from` is a path from the repository's root, with forward slashes
 * @returns {string | null}
 */
export function judgeImport({ from, specifier, typeOnly = false }) {
  const name = specifier.replace(/^node:/, '').split('/')[0];
  if (specifier.startsWith('node:') || (!specifier.startsWith('.') && builtinModules.includes(name))) {
    if (layerOf(from) === null || runsInNode(from)) return null;
    return `'${specifier}' is Node's: only *.node.ts may use it, everything else runs anywhere.`;
  }
  if (!specifier.startsWith('.')) return null;
  const to = posix.normalize(posix.join(posix.dirname(from), specifier.replace(/\?.*$/, '')));
  // stand-ins for tests of every part of the renderer
  if (/\.test\.tsx?$/.test(from) && from.startsWith('renderer/') && to.startsWith('renderer/testing/')) return null;
  // sessions are injected; tests open real ones
  if (from.startsWith('models/') && /(\.test\.ts$|\/testing\/)/.test(from) && to.startsWith('models/runtime/'))
    return null;
  const [fromLayer, toLayer] = [layerOf(from), layerOf(to)];
  const allowed = fromLayer === null ? null : mayImport[fromLayer];
  if (allowed && toLayer !== null && !allowed.includes(toLayer) && toLayer !== fromLayer) {
    const others = allowed.filter((layer) => layer !== fromLayer).join(', ') || 'it stands on nothing';
    return `${fromLayer} may not import ${toLayer}: imports run one way (${others}).`;
  }
  const [fromFeature, toFeature] = [featureOf(from), featureOf(to)];
  if (fromFeature !== null && toFeature !== null && fromFeature !== toFeature) {
    return (
      `Features never import features: '${fromFeature}' reaches into '${toFeature}'. ` +
      'Shared code belongs in renderer/services.'
    );
  }
  if (/\.node\.tsx?$/.test(to) && !typeOnly && fromLayer !== null && !runsInNode(from)) {
    return `'${specifier}' needs Node: only *.node.ts may import it, everything else runs anywhere.`;
  }
  return null;
}
