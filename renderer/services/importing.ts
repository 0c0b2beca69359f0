/** The drop's name for it; the work stands in imports.ts. */
export { importFiles as importDropped } from './imports.ts';
