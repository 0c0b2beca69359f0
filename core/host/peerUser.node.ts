/**
 * Which user of this computer is at the other end of a loopback connection. Cookies are shared by all ports of a host
 * and program arguments can be read by everyone, so on Linux the kernel has the last word: a connection of another user
 * is refused whatever secret it brings. Elsewhere the question cannot be asked without native code.
 */
import { readFile } from 'node:fs/promises';
import type { Socket } from 'node:net';

/** 'gone': the client has closed its end. null: the kernel's tables do not list it. */
export type PeerUser = number | 'gone' | null;

/** An IPv4 address and a port as the kernel's tables write them: little-endian bytes in hex. */
function tableAddress(address: string, port: number): string {
  const bytes = address.split('.').map((part) => Number(part).toString(16).padStart(2, '0'));
  return `${bytes.reverse().join('')}:${port.toString(16).padStart(4, '0')}`.toUpperCase();
}

/**
 * The owner of the socket whose local end is `clientAddress`:`clientPort`, from the text of /proc/net/tcp and tcp6
 * (columns: proc(5)).
 */
export function userOfPeer(
  tables: string,
  client: { readonly address: string; readonly port: number },
  server: { readonly address: string; readonly port: number },
): PeerUser {
  const [from, to] = [tableAddress(client.address, client.port), tableAddress(server.address, server.port)];
  for (const line of tables.split('\n')) {
    const [, local, remote, , , , , user, , inode] = line.trim().split(/\s+/);
    // an IPv4 address inside an IPv6 socket ends in the same digits
    if (!local?.endsWith(from) || !remote?.endsWith(to)) continue;
    return inode === '0' ? 'gone' : Number(user);
  }
  return null;
}

/** Root may do anything anyway; a host that root started is used from another user's desktop. */
export function isOtherUser(peer: PeerUser, own: number): boolean {
  if (peer === 'gone') return true;
  return peer !== null && own !== 0 && peer !== 0 && peer !== own;
}

async function ask(socket: Socket): Promise<boolean> {
  const { remoteAddress, remotePort, localAddress, localPort } = socket;
  const own = process.getuid?.();
  if (process.platform !== 'linux' || own === undefined) return false;
  if (!remoteAddress || !remotePort || !localAddress || !localPort) return true;
  const tables = await Promise.all(
    // a sandbox may hide them: then nothing is known, and the secret alone decides
    ['/proc/net/tcp', '/proc/net/tcp6'].map((path) => readFile(path, 'latin1').catch(() => '')),
  );
  const ends = [
    { address: remoteAddress, port: remotePort },
    { address: localAddress, port: localPort },
  ] as const;
  return isOtherUser(userOfPeer(tables.join('\n'), ...ends), own);
}

const asked = new WeakMap<Socket, Promise<boolean>>();

/** Whether a connection belongs to another user, or its client has gone. Asked once for each connection. */
export function isForeignPeer(socket: Socket): Promise<boolean> {
  const answer = asked.get(socket) ?? ask(socket);
  asked.set(socket, answer);
  return answer;
}
