/**
 * Calls and events over any transport that carries wire messages. Calls made while the line is down wait for it;
 * those already sent when it broke are sent again only where doing them twice does no harm.
 */
import type { Answer, EngineConnection, EventName, Events, MethodName, Params } from '../../core/contract/contract.ts';
import { FailureError } from '../../core/contract/errors.ts';
import type { ClientMessage, ServerMessage } from '../../core/contract/wire.ts';

export type LineState = 'connecting' | 'open' | 'closed';

export interface ClientTransport {
  send(message: ClientMessage): void;
  onMessage(listener: (message: ServerMessage) => void): void;
  onState(listener: (state: LineState) => void): void;
  readonly state: LineState;
}

interface PendingCall {
  readonly message: ClientMessage;
  readonly resolve: (value: never) => void;
  readonly reject: (error: unknown) => void;
  sent: boolean;
}

/** Methods that change something: sent once. All others only read, and are asked again after a break. */
const sentOnce: ReadonlySet<string> = new Set<MethodName>([
  'project.create', 'project.openDemo', 'media.import', 'jobs.submit', 'packs.add', 'packs.remove',
]);

export interface ClientExtras {
  upload(file: File, onProgress?: (fraction: number) => void): Promise<string>;
  url(path: string): string;
}

export function createClient(transport: ClientTransport, extras: ClientExtras): EngineConnection {
  const pending = new Map<number, PendingCall>();
  const listeners = new Map<string, Set<(payload: never) => void>>();
  const stateListeners = new Set<(state: LineState) => void>();
  let lastId = 0;

  transport.onMessage((message) => {
    if (message.type === 'event') {
      for (const listener of listeners.get(message.name) ?? []) listener(message.payload as never);
      return;
    }
    const call = pending.get(message.id);
    if (!call) return;
    pending.delete(message.id);
    if (message.type === 'answer') call.resolve(message.value as never);
    else call.reject(new FailureError(message.failure.code, message.failure.message, message.failure.path));
  });

  transport.onState((state) => {
    if (state === 'open') {
      for (const call of pending.values()) {
        if (!call.sent) { call.sent = true; transport.send(call.message); }
      }
    } else {
      for (const [id, call] of pending) {
        if (!call.sent) continue;
        if (sentOnce.has(call.message.method)) {
          pending.delete(id);
          call.reject(new FailureError('internal', 'The engine went away before it answered.'));
        } else {
          call.sent = false;
        }
      }
    }
    for (const listener of stateListeners) listener(state);
  });

  return {
    call<M extends MethodName>(method: M, params: Params<M>): Promise<Answer<M>> {
      const message: ClientMessage = { type: 'call', id: ++lastId, method, params };
      return new Promise<Answer<M>>((resolve, reject) => {
        const call: PendingCall = { message, resolve: resolve as never, reject, sent: transport.state === 'open' };
        pending.set(message.id, call);
        if (call.sent) transport.send(message);
      });
    },
    on<E extends EventName>(event: E, listener: (payload: Events[E]) => void) {
      const set = listeners.get(event) ?? new Set();
      listeners.set(event, set);
      set.add(listener as (payload: never) => void);
      return () => set.delete(listener as (payload: never) => void);
    },
    url: extras.url,
    upload: extras.upload,
    get state() { return transport.state; },
    onState(listener) {
      stateListeners.add(listener);
      return () => stateListeners.delete(listener);
    },
  };
}
