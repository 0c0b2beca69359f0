import type { IncomingMessage } from 'node:http';
import { accessKeyParameter } from '../contract/desktopBridge.ts';
import { hasSession, originRefusal, type Refusal } from './access.node.ts';
import type { AccessKeys } from './accessKeys.node.ts';
import { isForeignPeer } from './peerUser.node.ts';
import type { RequestTarget } from './requestTarget.ts';

export type Admission =
  /** `startsSession`: the request brought a key and is to be given the cookie. */
  { readonly refusal: null; readonly startsSession: boolean } | { readonly refusal: Refusal };

/**
 * Decides on one request. A page passes by the cookie or by a link's key, everything else by the cookie alone. The key
 * is used up here, but not by HEAD or by another user of this computer.
 */
export async function admit(
  request: IncomingMessage,
  target: RequestTarget,
  kind: 'page' | 'data',
  { keys, port }: { readonly keys: AccessKeys; readonly port: number },
): Promise<Admission> {
  const { headers } = request;
  const refusal = originRefusal(headers as Parameters<typeof originRefusal>[0], port, kind);
  if (refusal) return { refusal };
  const key = kind === 'page' && request.method === 'GET' ? target.query.get(accessKeyParameter) : null;
  const isKnown = hasSession(headers, port, keys.session);
  if (!isKnown && key === null) return { refusal: 'noSession' };
  if (await isForeignPeer(request.socket)) return { refusal: 'otherUser' };
  const startsSession = key !== null && keys.redeem(key);
  return isKnown || startsSession ? { refusal: null, startsSession } : { refusal: 'noSession' };
}
