/** Jobs on a simulated machine: its clock and its load are the test's. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { seededRandom } from '../../commands/testing/samples.ts';
import { createLoadMeter } from './loadMeter.ts';
import { createMachineTimes, type MachineTimes } from './machineTimes.node.ts';
import type { Kinds } from './timeHistory.ts';

const cores = 2;
const minuteMs = 60_000;
const kinds: Kinds = ['generate starter CPU size1', 'generate starter CPU'];

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'framewright-times-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

class Machine {
  nowMs = 0;
  /** Runnable threads of other programs. */
  others = 0;
  average = 0;
  readonly times: MachineTimes;
  private working = 0;

  constructor(path = join(folder, 'times.json')) {
    const nowMs = () => this.nowMs;
    const meter = createLoadMeter({ load: () => this.average, nowMs, cores });
    this.times = createMachineTimes({ path, meter, nowMs });
  }

  /** Lets time pass; the system's load average follows, our own work included. */
  pass(seconds: number): void {
    const target = this.others + this.working;
    this.average += (target - this.average) * (1 - Math.exp((-seconds * 1000) / minuteMs));
    this.nowMs += seconds * 1000;
  }

  /** A job that would take `idleSeconds` alone on the machine. */
  async job(idleSeconds: number, computedSeconds: number): Promise<number> {
    const timing = this.times.begin();
    this.working = cores;
    const seconds = idleSeconds * (1 + this.others / cores);
    this.pass(seconds);
    this.working = 0;
    await timing.finish(kinds, computedSeconds);
    return seconds;
  }
}

const withinFactor = (value: number, of: number): number => Math.max(value / of, of / value);

describe('an estimate', () => {
  test.each([0, 1])('is within a factor of 1.5 after three jobs, with other programs at load %i', async (load) => {
    const machine = new Machine();
    machine.others = load;
    machine.pass(300);
    const random = seededRandom(7 + load);
    const real = (computed: number) => computed * 3.7 * (0.85 + 0.3 * random());
    for (const computed of [4, 9, 6]) await machine.job(real(computed), computed);
    // a job that the disk held up is not what the next one takes
    await machine.job(real(5) * 6, 5);
    for (let round = 0; round < 10; round++) {
      machine.pass(20);
      const computed = 3 + 6 * random();
      const { seconds, measured, busy } = await machine.times.expect(kinds, computed);
      expect({ measured, busy }).toEqual({ measured: true, busy: null });
      expect(withinFactor(seconds, await machine.job(real(computed), computed))).toBeLessThan(1.5);
    }
  });

  test('learnt on a busy machine holds once it is free', async () => {
    const machine = new Machine();
    machine.others = 12;
    machine.pass(600);
    for (let count = 0; count < 3; count++) await machine.job(10, 4);
    machine.others = 0;
    machine.pass(600);
    const { seconds, busy } = await machine.times.expect(kinds, 4);
    expect(busy).toBeNull();
    expect(withinFactor(seconds, 10)).toBeLessThan(1.5);
  });

  test('says that the machine is busy, by how much, and only for other programs’ work', async () => {
    const machine = new Machine();
    // our own jobs, one after the other for ten minutes
    for (let count = 0; count < 20; count++) await machine.job(30, 10);
    expect(machine.average).toBeGreaterThan(1.9);
    expect((await machine.times.expect(kinds, 10)).busy).toBeNull();
    machine.others = 9;
    machine.pass(300);
    const { busy } = await machine.times.expect(kinds, 10);
    expect(busy?.cores).toBe(2);
    expect(busy?.load).toBeGreaterThan(8);
  });

  test('begins with the guess, and a job that failed teaches nothing', async () => {
    const machine = new Machine();
    expect(await machine.times.expect(kinds, 4, 11)).toEqual({ seconds: 11, measured: false, busy: null });
    const timing = machine.times.begin();
    machine.pass(3);
    timing.end();
    timing.end();
    expect(await machine.times.expect(kinds, 4, 11)).toMatchObject({ measured: false });
  });

  test('is kept for the next start; a damaged file counts as nothing measured', async () => {
    const path = join(folder, 'times.json');
    await new Machine(path).job(8, 4);
    expect((await new Machine(path).times.expect(kinds, 4)).seconds).toBeCloseTo(8);
    await writeFile(path, (await readFile(path, 'utf8')).replace(/\d/g, '"x"'));
    expect(await new Machine(path).times.expect(kinds, 4, 5)).toMatchObject({ seconds: 5, measured: false });
    // a folder where the file should be: the job is done all the same
    await expect(new Machine(folder).job(8, 4)).resolves.toBe(8);
  });
});
