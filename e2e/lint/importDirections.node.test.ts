import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { judgeImport } from './directions.js';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** [file, import, message; null = allowed] */
const cases: readonly [string, string, RegExp | null][] = [
  ['core/time/ticks.ts', './timecode.ts', null],
  ['core/time/ticks.ts', '../document/schema.ts', /^core\/time may not import core\/document.*stands on nothing/],
  ['core/document/query.ts', '../time/ticks.ts', null],
  ['core/document/query.ts', '../contract/contract.ts', /may not import core\/contract/],
  ['core/document/schema.ts', './refs.ts', null],
  ['core/document/schema.ts', '../actions/schema.ts', null],
  ['core/document/refs.ts', '../time/ticks.ts', null],
  ['core/document/refs.ts', './schema.ts', /core\/document\/refs.ts may not import core\/document/],
  ['core/document/refs.ts', '../actions/schema.ts', /may not import core\/actions/],
  ['core/actions/inpaint/schema.ts', '../../document/refs.ts', null],
  ['core/actions/inpaint/plan.ts', '../../../models/families/pack.ts', null],
  ['core/actions/inpaint/schema.ts', '../../document/schema.ts', /core\/actions may not import core\/document/],
  ['core/actions/inpaint/check.ts', '../../contract/errors.ts', /may not import core\/contract/],
  ['core/document/interchange/otio.ts', '../../commands/history.ts', /may not import core\/commands/],
  ['core/contract/validate.ts', '../document/parse.ts', null],
  ['core/contract/validate.ts', '../commands/registry.ts', /may not import core\/commands/],
  ['core/commands/history.ts', '../document/journal.ts', null],
  ['core/commands/history.ts', '../contract/contract.ts', /may not import core\/contract/],
  ['core/commands/history.ts', '../render/layers.ts', /may not import core\/render/],
  ['core/commands/history.ts', '../engine/events.ts', /may not import core\/engine/],
  ['core/render/layers.ts', '../document/sources.ts', null],
  ['core/render/layers.ts', '../commands/registry.ts', /may not import core\/commands/],
  ['core/engine/jobs/jobQueue.node.ts', '../../commands/history.ts', null],
  ['core/engine/jobs/jobQueue.node.ts', '../../../models/families/pack.ts', null],
  ['core/engine/jobs/jobQueue.node.ts', '../../host/cli.node.ts', /may not import core\/host/],
  ['core/engine/jobs/jobQueue.node.ts', '../../../renderer/services/editor.ts', /may not import renderer\/services/],
  ['core/host/cli.node.ts', '../engine/engine.node.ts', null],
  ['core/host/cli.node.ts', '../../electron/main/main.ts', /may not import electron/],
  ['electron/main/main.ts', '../../core/host/engineRoom.ts', null],
  ['electron/main/main.ts', '../../renderer/services/editor.ts', /electron may not import renderer\/services/],
  ['renderer/services/editor.ts', '../../core/commands/history.ts', null],
  ['renderer/services/editor.ts', '../../core/engine/events.ts', /may not import core\/engine/],
  ['renderer/services/editor.ts', '../../core/host/port.ts', /may not import core\/host/],
  ['renderer/services/editor.ts', '../../electron/ipcChannels.ts', /may not import electron/],
  ['renderer/services/editor.ts', '../../models/families/pack.ts', /may not import models\/families/],
  ['renderer/services/editor.ts', '../features/timeline/Timeline.tsx', /may not import renderer\/features/],
  ['renderer/ui/Button.tsx', '../services/editor.ts', /may not import renderer\/services/],
  ['renderer/features/timeline/Timeline.tsx', './Ruler.tsx', null],
  ['renderer/features/timeline/Timeline.tsx', '../../services/editor.ts', null],
  [
    'renderer/features/timeline/Timeline.tsx',
    '../viewer/Viewer.tsx',
    /Features never import features: 'timeline' reaches into 'viewer'/,
  ],
  ['renderer/features/timeline/Timeline.tsx', '../../shell/Shell.tsx', /may not import renderer/],
  ['renderer/features/export/checks.test.ts', '../../testing/fakeConnection.ts', null],
  ['renderer/features/export/checks.ts', '../../testing/fakeConnection.ts', /may not import renderer/],
  ['renderer/shell/Shell.tsx', '../features/timeline/Timeline.tsx', null],
  ['renderer/features/viewer/fonts.ts', '../../../assets/fonts/title.woff2?url', null],
  ['models/families/video/pipeline.ts', '../pipeline.ts', null],
  ['models/families/video/pipeline.ts', '../../planners/storybook/planner.ts', /may not import models\/planners/],
  ['models/planners/storybook/planner.ts', '../../families/video/planner.ts', null],
  ['models/planners/storybook/planner.ts', '../../../core/engine/inference/protocol.ts', /may not import core\/engine/],
  ['core/engine/inference/inferenceProcess.node.ts', '../../../models/planners/storybook/planner.ts', null],
  ['models/families/video/pipeline.ts', '../../../core/time/ticks.ts', null],
  ['models/families/video/pipeline.ts', '../../../core/document/schema.ts', /may not import core\/document/],
  ['models/families/video/pipeline.ts', '../../../core/engine/inference/protocol.ts', /may not import core\/engine/],
  ['e2e/start.spec.ts', '../renderer/services/editor.ts', null],
  ['models/families/video/pipeline.ts', '../../runtime/onnxRuntime.mjs', /may not import models\/runtime/],
  ['models/families/video/starter.node.test.ts', '../../runtime/onnxRuntime.mjs', null],
  ['core/engine/inference/sessionCache.node.ts', '../../../models/runtime/onnxRuntime.mjs', null],
  ['renderer/services/editor.ts', '../../models/runtime/onnxRuntime.mjs', /may not import models\/runtime/],
  ['core/engine/jobs/pace.ts', 'node:fs', /only \*\.node\.ts may use it/],
  ['core/engine/jobs/pace.ts', 'fs/promises', /only \*\.node\.ts may use it/],
  ['renderer/services/editor.ts', 'node:path', /only \*\.node\.ts/],
  ['models/families/video/pipeline.ts', 'node:fs', /only \*\.node\.ts/],
  ['models/families/video/pipeline.test.ts', 'node:fs', null],
  ['core/engine/jobs/jobQueue.node.ts', 'node:fs', null],
  ['core/engine/jobs/jobQueue.node.test.ts', 'node:fs', null],
  ['core/host/start.mjs', 'node:fs', null],
  ['electron/main/main.ts', 'node:fs', null],
  ['e2e/support/host.ts', 'node:fs', null],
  ['vite.config.ts', 'node:path', null],
  ['core/document/parse.ts', 'zod', null],
  ['core/engine/jobs/pace.ts', './jobStore.node.ts', /needs Node/],
  ['core/engine/jobs/jobQueue.node.ts', './jobStore.node.ts', null],
];

describe('an import', () => {
  test.each(cases)('of %s from %s', (from, specifier, said) => {
    const judged = judgeImport({ from, specifier });
    if (said === null) expect(judged).toBeNull();
    else expect(judged).toMatch(said);
  });

  test('of types alone brings no Node along, but still runs one way', () => {
    expect(judgeImport({ from: 'core/engine/events.ts', specifier: './services.node.ts', typeOnly: true })).toBeNull();
    expect(
      judgeImport({ from: 'core/time/ticks.ts', specifier: '../document/schema.ts', typeOnly: true }),
    ).not.toBeNull();
  });
});

describe('the linter', () => {
  let tree: string;
  const files: Record<string, string> = {
    'core/time/ticks.ts': 'export const ticks = 1;\n',
    'core/document/good.ts': "import { ticks } from '../time/ticks.ts';\nexport const two = ticks + 1;\n",
    'core/time/byImport.ts': "import { two } from '../document/good.ts';\nexport const a = two;\n",
    'core/time/byType.ts': "import type { two } from '../document/good.ts';\nexport type A = typeof two;\n",
    'core/time/byExport.ts': "export { two } from '../document/good.ts';\n",
    'core/time/byExportAll.ts': "export * from '../document/good.ts';\n",
    'core/time/byCall.ts': "export const later = () => import('../document/good.ts');\n",
    'core/time/byTypeCall.ts': "export type B = import('../document/good.ts').Missing;\n",
    'core/time/byNode.ts': "import { join } from 'node:path';\nexport const c = join;\n",
    'core/time/service.node.ts':
      "import type { join } from 'node:path';\nexport interface Service { join: typeof join }\n",
    'core/time/typesOfNode.ts': "import { type Service } from './service.node.ts';\nexport type C = Service;\n",
    'core/document/circleA.ts': "import { b } from './circleB.ts';\nexport const a = () => b;\n",
    'core/document/circleB.ts': "import { a } from './circleA.ts';\nexport const b = () => a;\n",
  };

  beforeAll(async () => {
    tree = await mkdtemp(join(tmpdir(), 'framewright-lint-'));
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(tree, path)), { recursive: true });
      await writeFile(join(tree, path), text);
    }
    // the repository's own settings, with the plugin by its full path
    const settings = (await readFile(join(root, '.oxlintrc.json'), 'utf8')).replace(
      '"./e2e/lint/importDirections.js"',
      JSON.stringify(join(root, 'e2e/lint/importDirections.js')),
    );
    await writeFile(join(tree, '.oxlintrc.json'), settings);
  });
  afterAll(() => rm(tree, { recursive: true, force: true }));

  test('finds every broken direction and every circle, in whatever form it is written, and nothing else', async () => {
    const run = await promisify(execFile)(
      process.execPath,
      [join(root, 'node_modules/oxlint/bin/oxlint'), '--deny-warnings', '-f', 'json'],
      { cwd: tree },
    ).catch((error: { stdout: string; code: number }) => error);
    const found = (JSON.parse(run.stdout) as { diagnostics: { code: string; filename: string }[] }).diagnostics;
    const of = (code: RegExp) =>
      found
        .filter((one) => code.test(one.code))
        .map((one) => one.filename)
        .sort();
    expect(of(/import-directions/)).toEqual(
      ['byCall', 'byExport', 'byExportAll', 'byImport', 'byNode', 'byType', 'byTypeCall'].map(
        (name) => `core/time/${name}.ts`,
      ),
    );
    expect(new Set(of(/no-cycle/))).toEqual(new Set(['core/document/circleA.ts', 'core/document/circleB.ts']));
    expect(found.filter((one) => !/import-directions|no-cycle/.test(one.code))).toEqual([]);
    expect(run).toMatchObject({ code: 1 });
  });
});
