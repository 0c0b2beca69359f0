import { enginePortMessage, type DesktopBridge } from '../../core/contract/desktopBridge.ts';
import type { ServerMessage } from '../../core/contract/wire.ts';
import type { ClientTransport, LineState } from './engineClient.ts';

declare global {
  interface Window {
    readonly framewrightDesktop?: DesktopBridge;
  }
}

/** What Electron's preload gives the window; null in a browser. */
export function desktop(): DesktopBridge | null {
  return globalThis.window?.framewrightDesktop ?? null;
}

const retryMs = 500;

/** The contract over a MessagePort to the engine's process; a closed port is asked for anew. */
export function openPortTransport(bridge: DesktopBridge): ClientTransport {
  let port: MessagePort | null = null;
  let state: LineState = 'connecting';
  let receive: (message: ServerMessage) => void = () => {};
  let announce: (state: LineState) => void = () => {};

  const setState = (next: LineState) => {
    if (next === state) return;
    state = next;
    announce(next);
  };

  window.addEventListener('message', (event) => {
    if (event.source !== window || event.data !== enginePortMessage || !event.ports[0]) return;
    port?.close();
    port = event.ports[0];
    port.onmessage = (message: MessageEvent<ServerMessage>) => receive(message.data);
    // Chromium tells when the other end is gone (its process ended)
    port.addEventListener('close', () => {
      setState('closed');
      setTimeout(() => bridge.requestEnginePort(), retryMs);
    });
    port.start();
    setState('open');
  });
  bridge.requestEnginePort();

  return {
    send: (message) => port?.postMessage(message),
    onMessage: (listener) => { receive = listener; },
    onState: (listener) => { announce = listener; },
    get state() { return state; },
  };
}
