/**
 * The engine's side of a host: serves windows and the host's questions over whatever port the process has.
 * Nothing here knows whether that is `fork` or a utility process.
 */
import { toFailure } from '../contract/errors.ts';
import type { WirePort } from '../contract/port.ts';
import { createServer } from '../contract/server.ts';
import type { Engine, Logger } from '../engine/services.node.ts';
import { assertNever } from '../time/assertNever.ts';
import type { EngineMessage, HostMessage } from './engineMessages.ts';

export interface HostPort {
  post(message: EngineMessage): void;
  /** `window` is the port that came with a 'connect', where the host can hand one over. */
  onMessage(listener: (message: HostMessage, window: WirePort | null) => void): void;
}

export type RoomEngine = Pick<Engine, 'handlers' | 'onEvent' | 'resolveFile' | 'uploadPath' | 'close'>;

/** `onClosed` is called when the host asked for the end and the engine has come to it. */
export function serveHost(engine: RoomEngine, host: HostPort, logger: Logger, onClosed: () => void): void {
  const server = createServer(engine.handlers, (error, method) => {
    logger.error({ method, error: error instanceof Error ? error.stack : String(error) }, 'a bug in a handler');
  });
  engine.onEvent((name, payload) => server.emit(name, payload));
  const textWindows = new Map<number, TextWindow>();

  /** Whatever `work` does, the host gets an answer: a question that kills the engine would be put to the next one. */
  const answer = async (requestId: number, work: () => Promise<unknown>) => {
    try {
      host.post({ type: 'answer', requestId, value: await work() });
    } catch (error) {
      host.post({ type: 'failure', requestId, failure: toFailure(error) });
    }
  };

  host.onMessage((message, window) => {
    switch (message.type) {
      case 'connect': {
        if (window) return server.addPort(window);
        const text = textWindow((line) => host.post({ type: 'text', connectionId: message.connectionId, text: line }));
        textWindows.set(message.connectionId, text);
        return server.addPort(text.port);
      }
      case 'text':
        return textWindows.get(message.connectionId)?.hear(message.text);
      case 'disconnect':
        textWindows.get(message.connectionId)?.closed();
        textWindows.delete(message.connectionId);
        return;
      case 'resolveFile':
        return void answer(message.requestId, () => engine.resolveFile(message.urlPath));
      case 'uploadPath':
        return void answer(message.requestId, () => engine.uploadPath(message.projectId, message.fileName));
      case 'close':
        server.close();
        return void engine.close().finally(onClosed);
      case 'fromInference':
      case 'inferenceEnded':
        // handled by the process's owner: inferenceOverHost.node.ts
        return;
      default:
        assertNever(message);
    }
  });
}

interface TextWindow {
  readonly port: WirePort;
  hear(text: string): void;
  closed(): void;
}

/** A window behind the browser host. Messages are JSON; anything that does not parse is ignored. */
function textWindow(send: (text: string) => void): TextWindow {
  const onMessage: ((message: unknown) => void)[] = [];
  const onClose: (() => void)[] = [];
  return {
    port: {
      send: (message) => send(JSON.stringify(message)),
      onMessage: (listener) => void onMessage.push(listener),
      onClose: (listener) => void onClose.push(listener),
      // the host closes sockets; it does so when this process ends
      close: () => undefined,
    },
    hear: (text) => {
      const message = parseJson(text);
      for (const listener of onMessage) listener(message);
    },
    closed: () => {
      for (const listener of onClose) listener();
    },
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
