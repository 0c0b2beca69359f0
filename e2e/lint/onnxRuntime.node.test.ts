/** onnxruntime is only loaded through the two modules that switch its telemetry off first. */
import { readFileSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const doors = [
  'models/runtime/onnxRuntime.mjs',
  'models/runtime/onnxRuntime.d.mts',
  'models/export/quiet_onnxruntime.py',
];

/** How JavaScript, TypeScript and Python load the runtime. Importing types or resolving its path loads nothing. */
const loads = [
  /^\s*(import|export)\s(?!type\b)[^;'"]*from\s*['"]onnxruntime-(node|web)['"]/m,
  /\b(import|require)\s*\(\s*['"]onnxruntime-(node|web)['"]/,
  /^\s*import\s*['"]onnxruntime-(node|web)['"]/m,
  /^\s*(import\s+(?:[\w.]+\s*,\s*)*onnxruntime\b|from\s+onnxruntime\b)/m,
];
const loadsRuntime = (text: string) => loads.some((pattern) => pattern.test(text));

const foreign = new Set(['node_modules', 'dist', 'release', 'test-results', 'playwright-report']);

function* sources(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.name.startsWith('.') || foreign.has(entry.name)) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* sources(path);
    else if (/\.(ts|tsx|mts|js|mjs|cjs|py)$/.test(entry.name)) yield path;
  }
}

test('a file that loads it is found, however it is written', () => {
  for (const text of [
    "import * as ort from 'onnxruntime-node';",
    "import {\n  Tensor,\n} from 'onnxruntime-node';",
    "import 'onnxruntime-node';",
    "export { Tensor } from 'onnxruntime-node';",
    "const ort = await import('onnxruntime-node');",
    "createRequire(import.meta.url)('x'); require('onnxruntime-node')",
    'import onnxruntime as ort',
    'import numpy, onnxruntime',
    'from onnxruntime import InferenceSession',
  ])
    expect(loadsRuntime(text), text).toBe(true);
  for (const text of [
    "import type { InferenceSession } from 'onnxruntime-node';",
    "require.resolve('onnxruntime-node')",
    "import { x } from './onnxruntime.ts';",
    'from .quiet_onnxruntime import onnxruntime',
  ])
    expect(loadsRuntime(text), text).toBe(false);
});

test('no file of the repository goes around the doors', () => {
  const files = [...sources(root)]
    .map((path) => relative(root, path).split(sep).join('/'))
    .filter((path) => !doors.includes(path) && path !== 'e2e/lint/onnxRuntime.node.test.ts');
  expect(files.length).toBeGreaterThan(500);
  expect(files.filter((path) => loadsRuntime(readFileSync(join(root, path), 'utf8')))).toEqual([]);
});
