/** What client and server talk over: a WebSocket, a MessagePort, or two ends in one process (tests, command line). */
export interface WirePort {
  /** Throws or drops when closed: the sender learns of it from onClose. */
  send(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  onClose(listener: () => void): void;
  close(): void;
}

/** Two ports that are each other's far end. Messages arrive later, as over a wire, and as copies, as over a wire. */
export function createPortPair(): [WirePort, WirePort] {
  const a = createEnd();
  const b = createEnd();
  a.connect(b);
  b.connect(a);
  return [a.port, b.port];
}

interface End {
  port: WirePort;
  connect(other: End): void;
  receive(message: unknown): void;
  closed(): void;
}

function createEnd(): End {
  const onMessage: ((message: unknown) => void)[] = [];
  const onClose: (() => void)[] = [];
  let other: End | null = null;
  const closed = () => {
    if (!other) return;
    other = null;
    for (const listener of onClose) listener();
  };
  return {
    connect: (far) => void (other = far),
    receive: (message) => {
      if (other) for (const listener of onMessage) listener(message);
    },
    closed,
    port: {
      send: (message) => {
        const far = other;
        const copy = structuredClone(message);
        queueMicrotask(() => far?.receive(copy));
      },
      onMessage: (listener) => void onMessage.push(listener),
      onClose: (listener) => void onClose.push(listener),
      close: () => {
        const far = other;
        closed();
        queueMicrotask(() => far?.closed());
      },
    },
  };
}
