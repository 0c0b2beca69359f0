import type { ContractClient } from '../../core/contract/client.ts';
import { FailureError, type Failure, sentenceOf } from '../../core/contract/errors.ts';

const firstRetryMs = 200;
const longestRetryMs = 3000;

/** Gives the client a WebSocket, and another one whenever it closes. The page's cookie lets it in. */
export function keepSocket(address: URL, client: ContractClient): void {
  const url = new URL(address);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  let retryMs = firstRetryMs;

  const open = () => {
    const socket = new WebSocket(url);
    let closed: () => void = () => {};
    socket.onopen = () => {
      retryMs = firstRetryMs;
      client.attach({
        send: (message) => socket.send(JSON.stringify(message)),
        onMessage: (listener) => {
          socket.onmessage = (event: MessageEvent<string>) => listener(JSON.parse(event.data));
        },
        onClose: (listener) => {
          closed = listener;
        },
        close: () => socket.close(),
      });
    };
    socket.onclose = () => {
      closed();
      setTimeout(open, retryMs);
      retryMs = Math.min(longestRetryMs, retryMs * 2);
    };
  };
  open();
}

/**
 * Sends a dropped file's bytes to the browser host; answers the path they lie at. XMLHttpRequest because fetch tells no
 * progress.
 */
export function uploadByPut(file: File, projectId: string, onProgress?: (fraction: number) => void): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('PUT', `/upload?projectId=${encodeURIComponent(projectId)}&name=${encodeURIComponent(file.name)}`);
    request.responseType = 'json';
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) onProgress?.(event.loaded / event.total);
    };
    request.onload = () => {
      if (request.status === 200) return resolve((request.response as { path: string }).path);
      const failure = request.response as Failure | null;
      reject(
        failure
          ? new FailureError(failure.code, sentenceOf(failure), failure.path)
          : new FailureError('internal', `${file.name} was not accepted (${request.status}).`),
      );
    };
    request.onerror = () =>
      reject(new FailureError('internal', `${file.name} could not be sent: the engine is not reached.`));
    request.send(file);
  });
}
