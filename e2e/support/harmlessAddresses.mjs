/** What both watches leave out: everything else that a program connects to counts as leaving this machine. */

/**
 * Chromium asks the kernel whether it has a route to this address. Connecting a UDP socket sends nothing.
 */
const routeProbe = { program: /^chrom/i, address: '2001:4860:4860::8888' };

/** Addresses of this machine, and the zeros of a socket that is not connected. */
export function isLoopback(address) {
  return /^127\.|^::1$|^::ffff:(127\.|7f[0-9a-f]{2}:)|^::$|^0\.0\.0\.0$/.test(address);
}

/** An address from which nothing reaches another machine. */
export function isThisMachine(address) {
  return isLoopback(address) && !/^::$|^0\.0\.0\.0$/.test(address);
}

/**
 * Chromium's thread pool asks the kernel for the names of its interfaces through a datagram socket that it neither
 * connects nor binds. Those from which it sends it connects or binds first.
 */
export function isInterfaceQuery(program, kind) {
  return /^ThreadPool/.test(program) && kind === 'DGRAM';
}

/** `program`: the name of the thread or process that connects. */
export function isRouteProbe(program, address) {
  return routeProbe.program.test(program) && address === routeProbe.address;
}
