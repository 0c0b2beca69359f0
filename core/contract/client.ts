/**
 * The window's end of the contract. The carrier (WebSocket, MessagePort) attaches a port, and another one after the
 * first broke: calls made in between wait, calls that were under way are asked again where asking twice does no harm.
 */
import type { Answer, EventName, Events, MethodName, Params } from './contract.ts';
import { FailureError, type Failure, sentenceOf } from './errors.ts';
import type { WirePort } from './port.ts';
import type { ClientMessage } from './wire.ts';

export type ConnectionState = 'connecting' | 'open' | 'closed';

/** Methods that would do their work a second time. All others read, or know what they have done (append, by seq). */
const oncePerCall: readonly MethodName[] = [
  'project.create',
  'project.openDemo',
  'media.import',
  'jobs.submit',
  'packs.add',
];

export interface ContractClient {
  /** Rejects with FailureError. */
  call<M extends MethodName>(method: M, params: Params<M>): Promise<Answer<M>>;
  on<E extends EventName>(event: E, listener: (payload: Events[E]) => void): () => void;
  /** The carrier (re)connected. Replaces the port before it. */
  attach(port: WirePort): void;
  /** No port will come any more: everything that waits fails. */
  close(reason?: string): void;
  readonly state: ConnectionState;
  onState(listener: (state: ConnectionState) => void): () => void;
}

interface Pending {
  readonly message: ClientMessage;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: FailureError) => void;
  sent: boolean;
}

export function createClient(): ContractClient {
  const pending = new Map<number, Pending>();
  const listeners = new Map<string, Set<(payload: never) => void>>();
  const stateListeners = new Set<(state: ConnectionState) => void>();
  let state: ConnectionState = 'connecting';
  let port: WirePort | null = null;
  let nextId = 1;

  function setState(next: ConnectionState): void {
    if (next === state) return;
    state = next;
    for (const listener of stateListeners) listener(next);
  }

  function receive(message: unknown): void {
    if (typeof message !== 'object' || message === null) return;
    const { type, id, value, failure, name, payload } = message as Record<string, unknown>;
    if (type === 'event') {
      for (const listener of listeners.get(String(name)) ?? []) listener(payload as never);
      return;
    }
    const call = pending.get(id as number);
    // an answer to a call that failed meanwhile
    if (!call) return;
    pending.delete(id as number);
    if (type === 'answer') call.resolve(value);
    else if (type === 'failure') call.reject(fromFailure(failure as Failure));
  }

  function lost(broken: WirePort): void {
    if (port !== broken) return;
    port = null;
    setState('connecting');
    for (const [id, call] of pending) {
      if (!call.sent || !oncePerCall.includes(call.message.method as MethodName)) continue;
      pending.delete(id);
      call.reject(
        new FailureError('internal', `The connection to the engine broke before it answered "${call.message.method}".`),
      );
    }
  }

  function send(call: Pending): void {
    if (!port) return;
    call.sent = true;
    port.send(call.message);
  }

  return {
    call: <M extends MethodName>(method: M, params: Params<M>) =>
      new Promise<Answer<M>>((resolve, reject) => {
        if (state === 'closed') {
          reject(new FailureError('internal', 'The engine is gone.'));
          return;
        }
        const id = nextId++;
        const call: Pending = {
          message: { type: 'call', id, method, params },
          resolve: (value) => resolve(value as Answer<M>),
          reject,
          sent: false,
        };
        pending.set(id, call);
        send(call);
      }),
    on: (event, listener) => {
      const set = listeners.get(event) ?? new Set();
      listeners.set(event, set);
      set.add(listener as (payload: never) => void);
      return () => void set.delete(listener as (payload: never) => void);
    },
    attach: (next) => {
      if (state === 'closed') return next.close();
      const before = port;
      if (before) {
        lost(before);
        before.close();
      }
      port = next;
      next.onMessage((message) => {
        if (port === next) receive(message);
      });
      next.onClose(() => lost(next));
      // what waited goes first; what listeners of the state ask for now is sent by its own call, once
      for (const call of [...pending.values()]) send(call);
      setState('open');
    },
    close: (reason = 'The engine is gone.') => {
      const last = port;
      port = null;
      setState('closed');
      last?.close();
      for (const call of pending.values()) call.reject(new FailureError('internal', reason));
      pending.clear();
    },
    get state() {
      return state;
    },
    onState: (listener) => {
      stateListeners.add(listener);
      return () => void stateListeners.delete(listener);
    },
  };
}

function fromFailure(failure: Failure): FailureError {
  return new FailureError(failure.code, sentenceOf(failure), failure.path);
}
