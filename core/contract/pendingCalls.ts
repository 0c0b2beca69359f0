/** Calls of a window that have not been answered: what becomes of them when answers come and connections break. */
import type { MethodName } from './contract.ts';
import { FailureError } from './errors.ts';
import type { WirePort } from './port.ts';
import type { ClientMessage } from './wire.ts';

/** Methods that would do their work a second time. All others read, or know what they have done (append, by seq). */
const oncePerCall: ReadonlySet<string> = new Set<MethodName>([
  'project.create',
  'project.openDemo',
  'media.import',
  'jobs.submit',
  'packs.add',
]);

/** A call under which so many connections broke is taken to be the cause, and fails. */
const mostBreaks = 3;

export interface PendingCall {
  readonly message: ClientMessage;
  /** The present port has it. */
  isSent: boolean;
  /** Connections that broke while they had it. */
  breaks: number;
  resolve(value: unknown): void;
  reject(error: FailureError): void;
}

/** Calls that have not been answered yet, by number. */
export class PendingCalls {
  readonly #calls = new Map<number, PendingCall>();
  #nextId = 1;

  /** A numbered call, not sent yet. `answer` rejects with FailureError. */
  add(method: string, params: unknown): { readonly call: PendingCall; readonly answer: Promise<unknown> } {
    const id = this.#nextId++;
    const { promise, resolve, reject } = deferred();
    const call = { message: { type: 'call', id, method, params } as const, isSent: false, breaks: 0, resolve, reject };
    this.#calls.set(id, call);
    return { call, answer: promise };
  }

  send(call: PendingCall, port: WirePort): void {
    call.isSent = true;
    port.send(call.message);
  }

  /** Everything that waits, oldest first. */
  sendAll(port: WirePort): void {
    for (const call of [...this.#calls.values()]) this.send(call, port);
  }

  /** Takes a call off the list to settle it; undefined for an answer to a call that failed meanwhile. */
  take(id: unknown): PendingCall | undefined {
    const call = this.#calls.get(id as number);
    this.#calls.delete(id as number);
    return call;
  }

  /** The port is gone: what it had is asked again over the next one, unless that could do harm. */
  connectionBroke(): void {
    for (const [id, call] of this.#calls) {
      if (!call.isSent) continue;
      call.isSent = false;
      call.breaks++;
      const { method } = call.message;
      if (call.breaks < mostBreaks && !oncePerCall.has(method)) continue;
      this.#calls.delete(id);
      const times = call.breaks > 1 ? ` ${call.breaks} times` : '';
      const reason = `The connection to the engine broke${times} before it answered "${method}".`;
      call.reject(new FailureError('internal', reason));
    }
  }

  failAll(reason: string): void {
    const calls = [...this.#calls.values()];
    this.#calls.clear();
    for (const call of calls) call.reject(new FailureError('internal', reason));
  }
}

function deferred() {
  let resolve: (value: unknown) => void = () => undefined;
  let reject: (error: FailureError) => void = () => undefined;
  const promise = new Promise<unknown>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}
