import { mediaCases } from './mediaCases.node.ts';
import { proveHarmless } from './proveHarmless.node.ts';

proveHarmless('media, takes, recipes and masks', mediaCases);
