/**
 * The project's own lint rule, as an oxlint plugin: `framewright/import-directions`. The directions are in
 * directions.js.
 */
import { posix, relative, sep } from 'node:path';
import { judgeImport } from './directions.js';

/** `import type`, `export type`, or nothing but `type` names in the braces. */
function isTypeOnly(node) {
  if (node.importKind === 'type' || node.exportKind === 'type') return true;
  const names = node.specifiers ?? [];
  return names.length > 0 && names.every((name) => name.importKind === 'type' || name.exportKind === 'type');
}

const rule = {
  meta: { type: 'problem', docs: { description: 'Imports run one way through the layers.' } },
  create(context) {
    const from = relative(context.cwd, context.filename).split(sep).join(posix.sep);
    const check = (source, typeOnly) => {
      if (typeof source?.value !== 'string') return;
      const message = judgeImport({ from, specifier: source.value, typeOnly });
      if (message !== null) context.report({ node: source, message });
    };
    return {
      ImportDeclaration: (node) => check(node.source, isTypeOnly(node)),
      ExportNamedDeclaration: (node) => check(node.source, isTypeOnly(node)),
      ExportAllDeclaration: (node) => check(node.source, isTypeOnly(node)),
      ImportExpression: (node) => check(node.source, false),
      TSImportType: (node) => check(node.source ?? node.argument?.literal, true),
    };
  },
};

export default { meta: { name: 'framewright' }, rules: { 'import-directions': rule } };
