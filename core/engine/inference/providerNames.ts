/** The providers Framewright tries, in this order, one at a time. */
import { assertNever } from '../../time/assertNever.ts';

/** Execution providers in the order in which they are preferred. */
export const providerOrder = ['cuda', 'dml', 'coreml', 'webgpu', 'cpu'] as const;
export type ProviderName = (typeof providerOrder)[number];

/** As the status bar and a take's recipe say it. */
export function deviceName(provider: ProviderName): string {
  switch (provider) {
    case 'cuda':
      return 'CUDA';
    case 'dml':
      return 'DirectML';
    case 'coreml':
      return 'CoreML';
    case 'webgpu':
      return 'WebGPU';
    case 'cpu':
      return 'CPU';
    default:
      return assertNever(provider);
  }
}
