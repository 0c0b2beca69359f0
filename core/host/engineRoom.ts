/**
 * The engine's side of a host: serves windows and the host's questions over whatever port the process has.
 * Nothing here knows whether that is `fork` or a utility process.
 */
import type { EventName, Events } from '../contract/contract.ts';
import { toFailure } from '../contract/errors.ts';
import type { ClientMessage, ServerMessage } from '../contract/wire.ts';
import { assertNever } from '../time/assertNever.ts';
import type { EngineMessage, HostMessage, ResolvedFile } from './engineMessages.ts';

/** One window, as messages. */
export interface WindowPort {
  send(message: ServerMessage): void;
  onMessage(listener: (message: ClientMessage) => void): void;
  onClose(listener: () => void): void;
}

export interface HostPort {
  post(message: EngineMessage): void;
  /** `window` is the port that came with a 'connect', where the host can hand one over. */
  onMessage(listener: (message: HostMessage, window: WindowPort | null) => void): void;
}

/** The part of the engine that hosts drive. */
export interface RoomEngine {
  /** Answers one call; throws what `toFailure` understands. */
  call(method: string, params: unknown): Promise<unknown>;
  onEvent(listener: <E extends EventName>(event: E, payload: Events[E]) => void): () => void;
  resolveFile(urlPath: string): Promise<ResolvedFile | null>;
  uploadPath(projectId: string, fileName: string): Promise<string>;
  close(): Promise<void>;
}

/** `onClosed` is called when the host asked for the end and the engine has come to it. */
export function serveHost(engine: RoomEngine, host: HostPort, onClosed: () => void): void {
  const windows = new Set<WindowPort>();
  const textWindows = new Map<number, { hear(text: string): void; close(): void }>();

  const admit = (window: WindowPort) => {
    windows.add(window);
    window.onClose(() => windows.delete(window));
    window.onMessage((message) => void answerCall(engine, window, message));
  };

  engine.onEvent((name, payload) => {
    for (const window of windows) window.send({ type: 'event', name, payload });
  });

  const answer = async (requestId: number, work: Promise<unknown>) => {
    try {
      host.post({ type: 'answer', requestId, value: await work });
    } catch (error) {
      host.post({ type: 'failure', requestId, failure: toFailure(error) });
    }
  };

  host.onMessage((message, window) => {
    switch (message.type) {
      case 'connect': {
        if (window) return admit(window);
        const text = textWindow(message.connectionId, host);
        textWindows.set(message.connectionId, text);
        return admit(text);
      }
      case 'text':
        return textWindows.get(message.connectionId)?.hear(message.text);
      case 'disconnect':
        textWindows.get(message.connectionId)?.close();
        textWindows.delete(message.connectionId);
        return;
      case 'resolveFile':
        return void answer(message.requestId, engine.resolveFile(message.urlPath));
      case 'uploadPath':
        return void answer(message.requestId, engine.uploadPath(message.projectId, message.fileName));
      case 'close':
        return void engine.close().finally(onClosed);
      case 'fromInference':
      case 'inferenceEnded':
        // heard by whoever asked for the process: inferenceOverHost.ts
        return;
      default:
        assertNever(message);
    }
  });
}

async function answerCall(engine: RoomEngine, window: WindowPort, message: ClientMessage): Promise<void> {
  try {
    window.send({ type: 'answer', id: message.id, value: await engine.call(message.method, message.params) });
  } catch (error) {
    window.send({ type: 'failure', id: message.id, failure: toFailure(error) });
  }
}

/** A window behind the browser host: its messages are JSON, and it may send nonsense, which is not answered. */
function textWindow(connectionId: number, host: HostPort): WindowPort & { hear(text: string): void; close(): void } {
  let onMessage: (message: ClientMessage) => void = () => undefined;
  let onClose: () => void = () => undefined;
  return {
    send: (message) => host.post({ type: 'text', connectionId, text: JSON.stringify(message) }),
    onMessage: (listener) => {
      onMessage = listener;
    },
    onClose: (listener) => {
      onClose = listener;
    },
    hear: (text) => {
      const message = parseCall(text);
      if (message) onMessage(message);
    },
    close: () => onClose(),
  };
}

function parseCall(text: string): ClientMessage | null {
  try {
    const value = JSON.parse(text) as Partial<ClientMessage> | null;
    return value?.type === 'call' && typeof value.id === 'number' && typeof value.method === 'string' ? (value as ClientMessage) : null;
  } catch {
    return null;
  }
}
