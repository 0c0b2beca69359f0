import type { ContractClient } from '../../core/contract/client.ts';
import { enginePortMessage, type DesktopBridge } from '../../core/contract/desktopBridge.ts';

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

/** Gives the client the port to the engine's process, and asks for another when it closes. */
export function keepPort(bridge: DesktopBridge, client: ContractClient): void {
  window.addEventListener('message', (event) => {
    const port = event.ports[0];
    if (event.source !== window || event.data !== enginePortMessage || !port) return;
    client.attach({
      send: (message) => port.postMessage(message),
      onMessage: (listener) => {
        port.onmessage = (message) => listener(message.data);
      },
      // Chromium tells when the other end is gone (its process ended)
      onClose: (listener) =>
        port.addEventListener('close', () => {
          listener();
          setTimeout(() => bridge.requestEnginePort(), retryMs);
        }),
      close: () => port.close(),
    });
    port.start();
  });
  bridge.requestEnginePort();
}
