/** Lets everything else on the machine go first. */
import { readdirSync } from 'node:fs';
import { setPriority } from 'node:os';

/** As `nice` has it; on Windows, below normal. */
const niceness = 10;

/** This process, its threads and all that it starts. It cannot go back: the process is to be used for nothing else. */
export function goLast(): void {
  // Linux counts threads as processes here: those that already run have to be named
  const threads = process.platform === 'linux' ? readdirSync('/proc/self/task').map(Number) : [0];
  for (const thread of threads) {
    try {
      setPriority(thread, niceness);
    } catch {
      // the thread has ended, or the system does not allow it: the work is done as it is
    }
  }
}
