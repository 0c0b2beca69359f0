import { documentCases } from './documentCases.node.ts';
import { journalCases, linkCases } from './fileCases.node.ts';
import { mediaCases } from './mediaCases.node.ts';
import { proveHarmless } from './proveHarmless.node.ts';

// links and pipes are made by commands that Windows does not have
const files = process.platform === 'win32' ? journalCases : [...linkCases, ...journalCases];
proveHarmless('projects', [...documentCases, ...files, ...mediaCases]);
