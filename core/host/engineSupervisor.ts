/**
 * Keeps one engine process alive for a host: starts it, starts it again when it dies, and answers the host's questions
 * through whichever one lives. Windows connected to an engine that died are notified and reconnect.
 * How a process is started is injected: `fork` in the browser host, a utility process under Electron.
 */
import { FailureError, type Failure, sentenceOf } from '../contract/errors.ts';
import { sentence, type Sentence } from '../contract/sentence.ts';
import { assertNever } from '../time/assertNever.ts';
import type { EngineMessage, HostMessage, ResolvedFile } from './engineMessages.ts';

export interface EngineChild<Port> {
  post(message: HostMessage, ports: readonly Port[]): void;
  onMessage(listener: (message: EngineMessage) => void): void;
  /** Called once; `reason` is fit for a log line: 'signal SIGKILL', 'exit code 1'. */
  onExit(listener: (reason: string) => void): void;
  kill(): void;
}

export interface EngineSupervisorOptions<Port> {
  start(): EngineChild<Port>;
  /** Lines for the host's log or terminal. */
  log(line: string): void;
  /**
   * An engine said why it cannot run here. It is not worth starting again until the reason is gone: `close`, and say
   * so.
   */
  onStartFailed(failure: Failure): void;
  /** Messages beyond the questions answered here: inference under Electron. */
  onMessage?(message: EngineMessage): void;
  /** Wait before the nth start in a row that failed, ms. */
  delayMs?(failures: number): number;
  /** An engine that lived this long counts as healthy. */
  healthyMs?: number;
  /** How long `close` waits for the engine before it kills it. */
  closeMs?: number;
}

export interface EnginePipe {
  send(text: string): void;
  close(): void;
}

/** What a host's server needs of the engine. */
export interface EngineGate {
  connect(onText: (text: string) => void): EnginePipe;
  onLost(listener: () => void): () => void;
  /** Disk path for a '/files/...' path; null when the engine did not give it out. `signal` drops the request. */
  resolveFile(urlPath: string, signal?: AbortSignal): Promise<ResolvedFile | null>;
  uploadPath(projectId: string, fileName: string, signal?: AbortSignal): Promise<string>;
}

/** A request that was with so many engines when they died is taken to be the cause, and fails. */
const mostDeaths = 2;

interface Waiting {
  readonly message: HostMessage;
  /** The living engine has it. */
  isSent: boolean;
  /** Engines that died while they had it. */
  deaths: number;
  resolve(value: unknown): void;
  reject(error: Error): void;
}

const defaultDelayMs = (failures: number) => (failures === 0 ? 0 : Math.min(5000, 250 * 2 ** (failures - 1)));

/** Starts the engine's process, restarts it when it dies, and passes requests to it. */
export class EngineSupervisor<Port = never> implements EngineGate {
  readonly #options: EngineSupervisorOptions<Port>;
  #child: EngineChild<Port> | null = null;
  #ready = false;
  #closing = false;
  #failures = 0;
  #nextId = 1;
  readonly #waiting = new Map<number, Waiting>();
  readonly #pipes = new Map<number, (text: string) => void>();
  /** Sent as soon as an engine is ready. */
  #outbox: { message: HostMessage; ports: readonly Port[] }[] = [];
  readonly #lostListeners = new Set<() => void>();
  readonly #readyListeners = new Set<() => void>();
  #exited: (() => void) | null = null;

  constructor(options: EngineSupervisorOptions<Port>) {
    this.#options = options;
    this.#start();
  }

  get isReady(): boolean {
    return this.#ready;
  }

  onLost(listener: () => void): () => void {
    this.#lostListeners.add(listener);
    return () => this.#lostListeners.delete(listener);
  }

  /** Resolves when an engine answers; at once when one does. */
  ready(): Promise<void> {
    return this.#ready
      ? Promise.resolve()
      : new Promise((resolve) => {
          const listener = () => {
            this.#readyListeners.delete(listener);
            resolve();
          };
          this.#readyListeners.add(listener);
        });
  }

  /** A window's pipe. Void after `onLost`; open a new one then. */
  connect(onText: (text: string) => void): EnginePipe {
    const connectionId = this.#nextId++;
    this.#pipes.set(connectionId, onText);
    this.post({ type: 'connect', connectionId });
    return {
      send: (text) => {
        if (this.#pipes.has(connectionId)) this.post({ type: 'text', connectionId, text });
      },
      close: () => {
        if (this.#pipes.delete(connectionId)) this.post({ type: 'disconnect', connectionId });
      },
    };
  }

  /** A window's port, handed to the engine whole. */
  connectPort(port: Port): void {
    this.post({ type: 'connect', connectionId: this.#nextId++ }, [port]);
  }

  async resolveFile(urlPath: string, signal?: AbortSignal): Promise<ResolvedFile | null> {
    const file = await this.#ask((requestId) => ({ type: 'resolveFile', requestId, urlPath }), signal);
    return file as ResolvedFile | null;
  }

  async uploadPath(projectId: string, fileName: string, signal?: AbortSignal): Promise<string> {
    const path = await this.#ask((requestId) => ({ type: 'uploadPath', requestId, projectId, fileName }), signal);
    return path as string;
  }

  /** Sent now, or when the next engine is ready. */
  post(message: HostMessage, ports: readonly Port[] = []): void {
    if (this.#ready && this.#child) this.#child.post(message, ports);
    else if (!this.#closing) this.#outbox.push({ message, ports });
  }

  async close(): Promise<void> {
    if (this.#closing) return;
    this.#closing = true;
    this.#rejectAll(sentence('host.closing'));
    const child = this.#child;
    if (!child) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(() => child.kill(), this.#options.closeMs ?? 3000);
      this.#exited = () => {
        clearTimeout(timer);
        resolve();
      };
      child.post({ type: 'close' }, []);
    });
  }

  #ask(make: (requestId: number) => HostMessage, signal?: AbortSignal): Promise<unknown> {
    if (this.#closing) return Promise.reject(new FailureError('internal', sentence('host.closing')));
    if (signal?.aborted) return Promise.reject(new FailureError('cancelled', sentence('engine.cancelled')));
    const requestId = this.#nextId++;
    return new Promise((resolve, reject) => {
      const drop = () => this.#settle(requestId)?.reject(new FailureError('cancelled', sentence('engine.cancelled')));
      signal?.addEventListener('abort', drop, { once: true });
      const done = () => signal?.removeEventListener('abort', drop);
      const waiting: Waiting = {
        message: make(requestId),
        isSent: false,
        deaths: 0,
        resolve: (value) => (done(), resolve(value)),
        reject: (error) => (done(), reject(error)),
      };
      this.#waiting.set(requestId, waiting);
      this.#put(waiting);
    });
  }

  /** Puts a question to the living engine; the next one gets it by `#receive` otherwise. */
  #put(waiting: Waiting): void {
    if (!this.#ready || !this.#child) return;
    waiting.isSent = true;
    this.#child.post(waiting.message, []);
  }

  #start(): void {
    const startedMs = Date.now();
    const child = this.#options.start();
    this.#child = child;
    child.onMessage((message) => {
      if (this.#child === child) this.#receive(message);
    });
    child.onExit((reason) => {
      if (this.#child !== child) return;
      this.#child = null;
      this.#ready = false;
      if (this.#closing) {
        this.#exited?.();
        return;
      }
      if (Date.now() - startedMs > (this.#options.healthyMs ?? 10_000)) this.#failures = 0;
      const waitMs = (this.#options.delayMs ?? defaultDelayMs)(this.#failures++);
      this.#options.log(
        `The engine ended (${reason}); starting it again${waitMs > 0 ? ` in ${waitMs / 1000} s` : ''}.`,
      );
      this.#pipes.clear();
      // A window's port that no engine has had yet is still good. Windows repeat by themselves what they had sent
      // through their pipes.
      this.#outbox = this.#outbox.filter(({ message, ports }) => message.type === 'connect' && ports.length > 0);
      this.#countDeath();
      for (const listener of this.#lostListeners) listener();
      setTimeout(() => {
        if (!this.#closing) this.#start();
      }, waitMs);
    });
  }

  #receive(message: EngineMessage): void {
    switch (message.type) {
      case 'ready': {
        this.#ready = true;
        const outbox = this.#outbox;
        this.#outbox = [];
        for (const { message: queued, ports } of outbox) this.post(queued, ports);
        for (const waiting of this.#waiting.values()) this.#put(waiting);
        for (const listener of [...this.#readyListeners]) listener();
        return;
      }
      case 'text':
        this.#pipes.get(message.connectionId)?.(message.text);
        return;
      case 'answer':
        this.#settle(message.requestId)?.resolve(message.value);
        return;
      case 'failure':
        this.#settle(message.requestId)?.reject(
          new FailureError(message.failure.code, sentenceOf(message.failure), message.failure.path),
        );
        return;
      case 'startFailed':
        this.#options.onStartFailed(message.failure);
        return;
      case 'startInference':
      case 'toInference':
      case 'killInference':
        this.#options.onMessage?.(message);
        return;
      default:
        assertNever(message);
    }
  }

  /** The next engine is asked again, unless the question itself may be what kills engines. */
  #countDeath(): void {
    for (const [requestId, waiting] of this.#waiting) {
      if (!waiting.isSent) continue;
      waiting.isSent = false;
      waiting.deaths++;
      if (waiting.deaths < mostDeaths) continue;
      this.#settle(requestId)?.reject(new FailureError('internal', sentence('host.engineEndedTwice')));
    }
  }

  #settle(requestId: number): Waiting | undefined {
    const waiting = this.#waiting.get(requestId);
    this.#waiting.delete(requestId);
    return waiting;
  }

  #rejectAll(reason: Sentence): void {
    for (const { reject } of this.#waiting.values()) reject(new FailureError('internal', reason));
    this.#waiting.clear();
  }
}
