/**
 * Counts connections off loopback by all descendants of a process, from Linux's own tables: the browser, the host, the
 * engine, inference, ffmpeg and everything they start. `node connectionWatch.mjs ROOT_PID OUTPUT.json` until SIGTERM.
 * It samples; attempts to reach an unreachable network stay in the table for minutes.
 */
import { readFileSync, readdirSync, readlinkSync, writeFileSync } from 'node:fs';
import { isLoopback, isRouteProbe } from './harmlessAddresses.mjs';

const [rootPid, outputPath] = [Number(process.argv[2]), process.argv[3]];
const everyMs = 200;
const found = new Map();
let samples = 0;

function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return ''; // the process ended between two looks
  }
}

function processTree() {
  const children = new Map();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const stat = read(`/proc/${name}/stat`);
    const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
    children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
  }
  const tree = [];
  const waiting = [rootPid];
  while (waiting.length > 0) {
    const pid = waiting.pop();
    if (pid !== process.pid) tree.push(pid);
    waiting.push(...(children.get(pid) ?? []));
  }
  return tree;
}

/** socket inode -> pid */
function socketsOf(pids) {
  const sockets = new Map();
  for (const pid of pids) {
    let names = [];
    try {
      names = readdirSync(`/proc/${pid}/fd`);
    } catch {
      continue; // ended
    }
    for (const name of names) {
      try {
        const match = /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${name}`));
        if (match) sockets.set(match[1], pid);
      } catch {
        // closed between two looks
      }
    }
  }
  return sockets;
}

/**
 * '0100007F:1F90' to '127.0.0.1': the kernel writes an address in hex, as words of 32 bits in the machine's byte order.
 */
function addressOf(remote) {
  const bytes = (remote.split(':')[0].match(/.{8}/g) ?? []).flatMap((word) => word.match(/../g).toReversed());
  if (bytes.length === 4) return bytes.map((byte) => Number.parseInt(byte, 16)).join('.');
  const groups = Array.from({ length: 8 }, (_, index) => bytes.slice(2 * index, 2 * index + 2).join(''));
  // the URL parser writes it in the short form
  return new URL(`http://[${groups.join(':')}]`).hostname.slice(1, -1);
}

function sample() {
  samples++;
  const sockets = socketsOf(processTree());
  for (const table of ['tcp', 'tcp6', 'udp', 'udp6']) {
    for (const line of read(`/proc/net/${table}`).split('\n').slice(1)) {
      const fields = line.trim().split(/\s+/);
      const pid = sockets.get(fields[9]);
      if (pid === undefined) continue;
      const remote = addressOf(fields[2]);
      const program = read(`/proc/${pid}/comm`).trim();
      if (isLoopback(remote) || isRouteProbe(program, remote)) continue;
      const key = `${table} ${remote} ${pid}`;
      if (!found.has(key))
        found.set(key, {
          table,
          remote,
          pid,
          command: read(`/proc/${pid}/cmdline`).replaceAll('\0', ' ').slice(0, 200),
        });
    }
  }
}

const timer = setInterval(sample, everyMs);
process.on('SIGTERM', () => {
  clearInterval(timer);
  sample();
  writeFileSync(outputPath, JSON.stringify({ samples, connections: [...found.values()] }));
  process.exit(0);
});
