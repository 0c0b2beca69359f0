import { expect, it } from 'vitest';
import type { MachineStatus, PackInfo } from '../../../core/contract/contract.ts';
import { plainSentence, type Sentence } from '../../../core/contract/sentence.ts';
import { fitOf } from './packFit.ts';

const machine: MachineStatus = {
  device: 'CPU',
  cores: 2,
  memoryUsedBytes: 6e9,
  memoryTotalBytes: 8e9,
  diskFreeBytes: 1e9,
  projectsFolder: '/home/you/Videos/Framewright',
  opensFiles: false,
};
const pack = (memoryBytes: number, problem: Sentence | null = null) => ({ memoryBytes, problem }) as PackInfo;

it('tells what fits now from what fits when other programs are closed, and from what never will', () => {
  expect(fitOf(pack(1e9), machine)).toBe('fits');
  expect(fitOf(pack(4e9), machine)).toBe('tight');
  expect(fitOf(pack(23e9), machine)).toBe('doesNotFit');
});

it('a damaged pack fits nowhere', () => {
  expect(fitOf(pack(1e9, plainSentence('hash differs')), machine)).toBe('broken');
});
