import { createLucideIcon } from 'lucide-react';

/** Not in lucide: `[-` and `-]`, drawn in its manner. */
export const InPoint = createLucideIcon('in-point', [
  ['path', { d: 'M10 5H6v14h4', key: 'bracket' }],
  ['path', { d: 'M12 12h6', key: 'dash' }],
]);
/** Icon of the out point. */
export const OutPoint = createLucideIcon('out-point', [
  ['path', { d: 'M14 5h4v14h-4', key: 'bracket' }],
  ['path', { d: 'M12 12H6', key: 'dash' }],
]);
