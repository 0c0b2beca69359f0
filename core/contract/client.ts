/**
 * The window's end of the contract. The carrier (WebSocket, MessagePort) attaches a port, and another one after the
 * first broke: calls made in between wait, calls that were under way are asked again where asking twice does no harm.
 */
import type { Answer, EventName, Events, MethodName, Params } from './contract.ts';
import { FailureError, type Failure, sentenceOf } from './errors.ts';
import { sentence } from './sentence.ts';
import { Listeners } from './listeners.ts';
import { PendingCalls } from './pendingCalls.ts';
import type { WirePort } from './port.ts';

export type ConnectionState = 'connecting' | 'open' | 'closed';

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

/** The window's end of the contract: calls wait for a connection and are sent again after a break. */
export function createClient(): ContractClient {
  const calls = new PendingCalls();
  const events = new Map<string, Listeners<never>>();
  const states = new Listeners<ConnectionState>();
  let state: ConnectionState = 'connecting';
  let port: WirePort | null = null;

  const setState = (next: ConnectionState): void => {
    if (next === state) return;
    state = next;
    states.tell(next);
  };

  const lost = (broken: WirePort): void => {
    if (port !== broken) return;
    port = null;
    setState('connecting');
    calls.connectionBroke();
  };

  return {
    call: <M extends MethodName>(method: M, params: Params<M>) => {
      if (state === 'closed') return Promise.reject(new FailureError('internal', sentence('engine.gone')));
      const { call, answer } = calls.add(method, params);
      if (port) calls.send(call, port);
      return answer as Promise<Answer<M>>;
    },
    on: (event, listener) => {
      const heard = events.get(event) ?? new Listeners<never>();
      events.set(event, heard);
      return heard.add(listener as (payload: never) => void);
    },
    attach: (next) => {
      if (state === 'closed') return next.close();
      const before = port;
      if (before) lost(before);
      before?.close();
      port = next;
      next.onMessage((message) => {
        if (port === next) receive(message, calls, events);
      });
      next.onClose(() => lost(next));
      // what waited goes first; what listeners of the state ask for now is sent by its own call, once
      calls.sendAll(next);
      setState('open');
    },
    close: (reason = 'The engine is gone.') => {
      const last = port;
      port = null;
      setState('closed');
      last?.close();
      calls.failAll(reason);
    },
    get state() {
      return state;
    },
    onState: (listener) => states.add(listener),
  };
}

/** One message of the engine: an event, or the answer to a call. */
function receive(message: unknown, calls: PendingCalls, events: ReadonlyMap<string, Listeners<never>>): void {
  if (typeof message !== 'object' || message === null) return;
  const { type, id, value, failure, name, payload } = message as Record<string, unknown>;
  if (type === 'event') events.get(String(name))?.tell(payload as never);
  else if (type === 'answer') calls.take(id)?.resolve(value);
  else if (type === 'failure') calls.take(id)?.reject(fromFailure(failure as Failure));
}

function fromFailure(failure: Failure): FailureError {
  return new FailureError(failure.code, sentenceOf(failure), failure.path);
}
