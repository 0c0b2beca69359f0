import type { RefObject } from 'react';
export function useDropTargets(_ref: RefObject<HTMLElement | null>): void {}
