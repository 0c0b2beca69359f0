/** One connection for each random request: what became of it. */
import { connect } from 'node:net';
import { WebSocket } from 'ws';
import type { WireRequest } from './randomHttp.ts';
import type { WireMessage } from './randomMessage.ts';

export type Outcome = 'answered' | 'closed' | 'cutOff' | 'hung' | 'refused';

/** From the last byte of a cut-off request to the client's leaving, ms. */
const leaveMs = 3;

/** Sends a request and waits for the first bytes of an answer, or for the connection's end. */
export function exchange(port: number, request: WireRequest, limitMs: number): Promise<Outcome> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const settle = (outcome: Outcome) => {
      clearTimeout(timer);
      socket.destroy();
      resolve(outcome);
    };
    const timer = setTimeout(() => settle('hung'), limitMs);
    socket.on('connect', () => {
      socket.write(Buffer.from(request.bytes, 'latin1'), () => {
        if (request.isCutOff) setTimeout(() => settle('cutOff'), leaveMs);
      });
    });
    socket.on('data', () => settle('answered'));
    socket.on('end', () => settle('closed'));
    socket.on('error', (error: NodeJS.ErrnoException) => settle(error.code === 'ECONNREFUSED' ? 'refused' : 'closed'));
  });
}

/** A window's connection that sends anything and counts what is owed to it. */
export class FuzzWindow {
  readonly #socket: WebSocket;
  readonly #owed = new Map<number, () => void>();

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('error', () => undefined);
    socket.on('message', (data) => {
      const { id } = JSON.parse(data.toString()) as { id?: number };
      if (id !== undefined) this.#owed.get(id)?.();
    });
    // what was owed can come no more: counted as closed, and the engine's death is counted by its own
    socket.on('close', () => this.#owed.forEach((settle) => settle()));
  }

  static open(port: number, cookie: string): Promise<FuzzWindow> {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/contract`, { headers: { cookie } });
    return new Promise((resolve, reject) => {
      socket.once('open', () => resolve(new FuzzWindow(socket)));
      socket.once('error', reject);
    });
  }

  get isOpen(): boolean {
    return this.#socket.readyState === WebSocket.OPEN;
  }

  /** Resolves at once where no answer is owed. */
  say(message: WireMessage, limitMs: number): Promise<Outcome> {
    const { callId } = message;
    this.#socket.send(message.text);
    if (callId === null) return Promise.resolve('cutOff');
    return new Promise((resolve) => {
      const settle = (outcome: Outcome) => {
        clearTimeout(timer);
        this.#owed.delete(callId);
        resolve(outcome);
      };
      const timer = setTimeout(() => settle('hung'), limitMs);
      this.#owed.set(callId, () => settle(this.isOpen ? 'answered' : 'closed'));
    });
  }

  close(): void {
    this.#socket.terminate();
  }
}
