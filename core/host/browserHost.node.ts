/**
 * Program: the browser host by itself, as the end-to-end tests start it. Options: [project] --port N --no-open --json.
 */
import { parseArgs } from 'node:util';
import { runBrowserHost } from './hostInBrowser.node.ts';

const { values, positionals } = parseArgs({
  options: {
    port: { type: 'string' },
    'no-open': { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
  allowPositionals: true,
});
const code = await runBrowserHost({
  projectFolder: positionals[0] ?? null,
  port: values.port === undefined ? null : Number(values.port),
  openBrowser: !values['no-open'],
  json: values.json,
});
process.exit(code);
