import type { MachineStatus, PackInfo } from '../../../core/contract/contract.ts';

export type Fit = 'fits' | 'tight' | 'doesNotFit' | 'broken';

/** Whether a pack's memory need goes into this machine: all of it, or what is free right now. */
export function fitOf(pack: PackInfo, machine: MachineStatus | null): Fit {
  if (pack.problem !== null) return 'broken';
  if (!machine) return 'fits';
  if (pack.memoryBytes > machine.memoryTotalBytes) return 'doesNotFit';
  return pack.memoryBytes > machine.memoryTotalBytes - machine.memoryUsedBytes ? 'tight' : 'fits';
}
