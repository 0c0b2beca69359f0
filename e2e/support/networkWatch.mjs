/**
 * Every name look-up and every connection off loopback by a program and its children, from strace, which also sees
 * attempts that fail before they appear in a socket table.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { findProgram } from '../../core/host/prerequisites.mjs';
import { isLoopback, isRouteProbe } from './harmlessAddresses.mjs';

/** Traces only calls that can name an address; with seccomp the kernel does not stop at others. */
const options = [
  '-f',
  '-qq',
  '--seccomp-bpf',
  '-Y',
  '-e',
  'trace=connect,sendto,sendmsg,sendmmsg',
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
  // Chromium mostly talks to its own processes: keep only lines with an internet address
  const keep = `|grep --line-buffered AF_INET > '${logPath.replaceAll("'", `'\\''`)}'`;
  return ['strace', [...options, '-s', '80', '-o', keep, command, ...args]];
}

/**
 * Parses a log.
 * @param {string} text
 * @returns {{ lookUps: string[], connections: string[] }} 'node to 10.0.0.1 port 53', each once
 */
export function readWatch(text) {
  const lookUps = new Set();
  const connections = new Set();
  for (const line of text.split('\n')) {
    const program = /^\d+<([^>]*)>/.exec(line)?.[1] ?? 'unknown';
    const pattern = /sin6?_port=htons\((\d+)\)[^}]*?(?:inet_addr\("|inet_pton\(AF_INET6, ")([^"]+)"/g;
    for (const [, port, address] of line.matchAll(pattern)) {
      if (isRouteProbe(program, address)) continue;
      const entry = `${program} to ${address} port ${port}`;
      if (namePorts.has(Number(port))) lookUps.add(entry);
      else if (!isLoopback(address)) connections.add(entry);
    }
  }
  return { lookUps: [...lookUps], connections: [...connections] };
}

/**
 * Self-test: a child looks up a name that cannot exist (RFC 2606). Returns what the watch saw.
 */
export function watchTrial(logPath) {
  const program = "require('node:dns').lookup('framewright-trial.invalid', () => undefined)";
  const [command, args] = watched(process.execPath, ['-e', program], logPath);
  spawnSync(command, args, { stdio: 'ignore', timeout: 60_000 });
  return readWatch(readFileSync(logPath, 'utf8'));
}
