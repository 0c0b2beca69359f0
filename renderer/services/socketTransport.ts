import { FailureError, type Failure } from '../../core/contract/errors.ts';
import type { ServerMessage } from '../../core/contract/wire.ts';
import type { ClientTransport, LineState } from './engineClient.ts';

const firstRetryMs = 200;
const longestRetryMs = 3000;

/** The contract over a WebSocket that is opened anew whenever it closes. The page's cookie lets it in. */
export function openSocketTransport(address: URL): ClientTransport {
  const url = new URL(address);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  let socket: WebSocket | null = null;
  let state: LineState = 'connecting';
  let retryMs = firstRetryMs;
  let receive: (message: ServerMessage) => void = () => {};
  let announce: (state: LineState) => void = () => {};

  const setState = (next: LineState) => {
    if (next === state) return;
    state = next;
    announce(next);
  };

  const open = () => {
    socket = new WebSocket(url);
    socket.onopen = () => { retryMs = firstRetryMs; setState('open'); };
    socket.onmessage = (event: MessageEvent<string>) => receive(JSON.parse(event.data) as ServerMessage);
    socket.onclose = () => {
      setState('closed');
      setTimeout(open, retryMs);
      retryMs = Math.min(longestRetryMs, retryMs * 2);
    };
  };
  open();

  return {
    send: (message) => socket?.send(JSON.stringify(message)),
    onMessage: (listener) => { receive = listener; },
    onState: (listener) => { announce = listener; },
    get state() { return state; },
  };
}

/** Sends a dropped file's bytes to the browser host; answers the path they lie at. XMLHttpRequest because fetch tells no progress. */
export function uploadByPut(file: File, projectId: string, onProgress?: (fraction: number) => void): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('PUT', `/upload?projectId=${encodeURIComponent(projectId)}&name=${encodeURIComponent(file.name)}`);
    request.responseType = 'json';
    request.upload.onprogress = (event) => { if (event.lengthComputable) onProgress?.(event.loaded / event.total); };
    request.onload = () => {
      if (request.status === 200) return resolve((request.response as { path: string }).path);
      const failure = request.response as Failure | null;
      reject(failure ? new FailureError(failure.code, failure.message, failure.path) : new FailureError('internal', `${file.name} was not accepted (${request.status}).`));
    };
    request.onerror = () => reject(new FailureError('internal', `${file.name} could not be sent: the engine is not reached.`));
    request.send(file);
  });
}
