/**
 * Every name look-up and every connection off loopback by a program and its children, from strace, which also sees
 * attempts that fail before they appear in a socket table.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { findProgram } from '../../core/host/prerequisites.mjs';
import { isInterfaceQuery, isLoopback, isRouteProbe, isThisMachine } from './harmlessAddresses.mjs';

/**
 * With seccomp the kernel stops at these calls alone. `sendto` can name an address too, but browsers send 10,000
 * messages a minute to their own processes with it, and each stop costs two switches: a socket from which it could
 * reach another machine was never connected or bound, and that is seen without it.
 */
const options = [
  '-f',
  '-qq',
  '--seccomp-bpf',
  '-Y',
  '-e',
  'trace=socket,bind,connect,sendmsg,sendmmsg',
  '-e',
  'signal=none',
];

/** DNS, DNS over TLS, multicast DNS. */
const namePorts = new Set([53, 853, 5353]);

/** Why strace cannot be used here; null if it can. */
export function watchProblem() {
  if (process.platform !== 'linux') return 'only Linux has strace';
  if (findProgram('strace') === null) return 'strace is not installed';
  if (/^TracerPid:\t[^0]/m.test(readFileSync('/proc/self/status', 'utf8'))) return 'already under a tracer';
  const tried = spawnSync('strace', [...options, '-o', '/dev/null', 'true'], { encoding: 'utf8' });
  return tried.status === 0 ? null : `strace may not trace here (${tried.stderr.trim().split('\n')[0]})`;
}

/** Wraps a command so that strace logs it and its children to `logPath`. Exit code and output do not change. */
export function watched(command, args, logPath) {
  // Chromium mostly talks to its own processes: keep only lines about the internet's sockets
  const keep = `|grep --line-buffered -E 'AF_INET|socket resumed' > '${logPath.replaceAll("'", `'\\''`)}'`;
  return ['strace', [...options, '-s', '80', '-o', keep, command, ...args]];
}

/** A call that opens a socket of the internet; of one that another thread interrupted, the number follows later. */
const opens = /socket\(AF_INET6?, SOCK_(STREAM|DGRAM)[^)]*?(?:\) = (\d+)| <unfinished)/;
const opened = /<\.\.\. socket resumed>\) = (\d+)/;
const names = /(connect|bind)\((\d+),.*?(?:inet_addr\("|inet_pton\(AF_INET6, ")([^"]+)"/;

/**
 * Sockets of the internet that could send to any address: neither connected nor, for listening, bound. `follow` reads
 * the next line of a log, and answers with one that goes out of sight because its number is given out again.
 */
function freeSockets() {
  const opening = new Map();
  const free = new Map();
  const put = (key, kind) => {
    const before = free.get(key);
    free.set(key, kind);
    return before;
  };
  const follow = (line) => {
    const thread = /^\d+<[^>]*>/.exec(line)?.[0];
    const call = opens.exec(line);
    if (call?.[2] !== undefined) return put(`${thread} ${call[2]}`, call[1]);
    if (call) opening.set(thread, call[1]);
    const end = opened.exec(line);
    if (end && opening.has(thread)) {
      const kind = opening.get(thread);
      opening.delete(thread);
      return put(`${thread} ${end[1]}`, kind);
    }
    const named = names.exec(line);
    if (named) {
      const [, how, number, address] = named;
      const key = `${thread} ${number}`;
      // a bound datagram socket sends to any address, unless its own is of this machine alone
      if (how === 'connect' || free.get(key) === 'STREAM' || isThisMachine(address)) free.delete(key);
    }
    return undefined;
  };
  return { follow, left: () => [...free].map(([key, kind]) => [programOf(key), kind]) };
}

const programOf = (line) => /^\d+<([^>]*)>/.exec(line)?.[1] ?? 'unknown';

/**
 * Parses a log.
 * @param {string} text
 * @returns {{ lookUps: string[], connections: string[] }} 'node to 10.0.0.1 port 53', each once
 */
export function readWatch(text) {
  const lookUps = new Set();
  const connections = new Set();
  const sockets = freeSockets();
  const addFree = (program, kind) => {
    if (!isInterfaceQuery(program, kind)) connections.add(`${program} from an unconnected ${kind} socket`);
  };
  for (const line of text.split('\n')) {
    const program = programOf(line);
    const kind = sockets.follow(line);
    if (kind !== undefined) addFree(program, kind);
    const pattern = /sin6?_port=htons\((\d+)\)[^}]*?(?:inet_addr\("|inet_pton\(AF_INET6, ")([^"]+)"/g;
    for (const [, port, address] of line.matchAll(pattern)) {
      if (isRouteProbe(program, address)) continue;
      const entry = `${program} to ${address} port ${port}`;
      if (namePorts.has(Number(port))) lookUps.add(entry);
      else if (!isLoopback(address)) connections.add(entry);
    }
  }
  for (const [program, kind] of sockets.left()) addFree(program, kind);
  return { lookUps: [...lookUps], connections: [...connections] };
}

/**
 * Self-test: a child looks up a name that cannot exist (RFC 2606), and opens a socket from which it could send to any
 * address. Returns what the watch saw.
 */
export function watchTrial(logPath) {
  const program =
    "require('node:dns').lookup('framewright-trial.invalid', () => undefined);" +
    "const socket = require('node:dgram').createSocket('udp4');" +
    'socket.bind(0, () => socket.close())';
  const [command, args] = watched(process.execPath, ['-e', program], logPath);
  spawnSync(command, args, { stdio: 'ignore', timeout: 60_000 });
  return readWatch(readFileSync(logPath, 'utf8'));
}
