/** The engine's events: services emit, hosts listen. */
import type { EventName, Events } from '../contract/contract.ts';
import type { Emit } from './services.node.ts';

type Listener = <E extends EventName>(event: E, payload: Events[E]) => void;

/** The engine's events: `emit` tells every listener, `onEvent` adds one and returns a function that removes it. */
export function createEvents(): { readonly emit: Emit; onEvent(listener: Listener): () => void } {
  const listeners = new Set<Listener>();
  return {
    emit: (event, payload) => {
      for (const listener of listeners) listener(event, payload);
    },
    onEvent(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
