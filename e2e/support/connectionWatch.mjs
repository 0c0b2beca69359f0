/**
 * Counts connections off loopback by all descendants of a process, from Linux's own tables: the browser, the host, the
 * engine, inference, ffmpeg and everything they start. `node connectionWatch.mjs ROOT_PID OUTPUT.json` until SIGTERM.
 * It samples; attempts to reach an unreachable network stay in the table for minutes.
 */
import { readFileSync, readdirSync, readlinkSync, writeFileSync } from 'node:fs';

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
 * 2001:4860:4860::8888: Chromium connects a UDP socket to it to see whether there is an IPv6 route. Nothing is sent;
 * networkWatch.mjs would see a packet.
 */
const chromiumRouteProbe = '60480120000060480000000088880000';

/** The kernel writes addresses as little-endian words in hex. */
function isElsewhere(address) {
  const hex = address.split(':')[0];
  if (hex === chromiumRouteProbe) return false;
  if (/^0+$/.test(hex)) return false; // not connected
  if (hex.length === 8) return !hex.endsWith('7F');
  if (hex === '00000000000000000000000001000000') return false;
  return !(hex.startsWith('0000000000000000FFFF0000') && hex.endsWith('7F'));
}

function sample() {
  samples++;
  const sockets = socketsOf(processTree());
  for (const table of ['tcp', 'tcp6', 'udp', 'udp6']) {
    for (const line of read(`/proc/net/${table}`).split('\n').slice(1)) {
      const fields = line.trim().split(/\s+/);
      const pid = sockets.get(fields[9]);
      if (pid === undefined || !isElsewhere(fields[2])) continue;
      const key = `${table} ${fields[2]} ${pid}`;
      if (!found.has(key))
        found.set(key, {
          table,
          remote: fields[2],
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
