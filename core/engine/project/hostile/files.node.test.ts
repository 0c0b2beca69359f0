import { journalCases, linkCases } from './fileCases.node.ts';
import { proveHarmless } from './proveHarmless.node.ts';

// links and pipes are made by commands that Windows does not have
proveHarmless('files', process.platform === 'win32' ? journalCases : [...linkCases, ...journalCases]);
