/** Processor time and memory of this process and those it starts, from /proc: Linux only. */
import { readdirSync, readFileSync } from 'node:fs';

/** What a piece of work took. */
export interface ProcessCost {
  /** User and system time of this process and of its children that ended, s. */
  readonly cpuSeconds: number;
  /** The largest sum of the resident memory of both, MB. */
  readonly peakMb: number;
}

const ticksPerSecond = 100;
const pollMs = 100;

/** Runs the work and measures it. */
export async function measureCost<T>(work: () => Promise<T>): Promise<{ result: T; cost: ProcessCost }> {
  const before = cpuSeconds();
  let peakMb = residentMb();
  const poll = setInterval(() => {
    peakMb = Math.max(peakMb, residentMb());
  }, pollMs);
  try {
    const result = await work();
    return { result, cost: { cpuSeconds: cpuSeconds() - before, peakMb } };
  } finally {
    clearInterval(poll);
  }
}

function cpuSeconds(): number {
  const [user, system, ofChildren, systemOfChildren] = fieldsOf('self').slice(11, 15).map(Number);
  return (user! + system! + ofChildren! + systemOfChildren!) / ticksPerSecond;
}

/** The fields of a process's `stat` that follow its name: the state is the first. */
function fieldsOf(pid: string): string[] {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return text.slice(text.lastIndexOf(')') + 2).split(' ');
}

function residentMb(): number {
  const own = String(process.pid);
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  let kilobytes = 0;
  for (const pid of pids) {
    try {
      if (pid !== own && fieldsOf(pid)[1] !== own) continue;
      kilobytes += Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
    } catch {
      // it ended meanwhile
    }
  }
  return kilobytes / 1024;
}
