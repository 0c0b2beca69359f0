import { documentCases } from './documentCases.node.ts';
import { proveHarmless } from './proveHarmless.node.ts';

proveHarmless('documents', documentCases);
