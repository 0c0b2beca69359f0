/** The engine's end of the contract: calls in, answers or failures out, events to every connected window. */
import type { EventName, Events, Handlers, MethodName, OpenedProject, Params } from './contract.ts';
import { FailureError, toFailure } from './errors.ts';
import type { WirePort } from './port.ts';
import { isMethod, parseParams } from './validate.ts';
import type { ServerMessage } from './wire.ts';

export interface ContractServer {
  /** A window connected. */
  addPort(port: WirePort): void;
  emit<E extends EventName>(event: E, payload: Events[E]): void;
  readonly portCount: number;
  close(): void;
}

/** Calls whose answer says that a window has a project now. */
const opensProject = new Set(['project.open', 'project.create', 'project.openDemo']);

/** `onBug` hears of errors that are no expected failures, before they go out as 'internal'. */
export function createServer(
  handlers: Handlers,
  onBug: (error: unknown, method: string) => void = () => {},
): ContractServer {
  const ports = new Set<WirePort>();
  /** Which window has a project: the last that opened it. */
  const owners = new Map<string, WirePort>();

  function takeOver(projectId: string, port: WirePort): void {
    const before = owners.get(projectId);
    owners.set(projectId, port);
    if (before && before !== port && ports.has(before))
      before.send({ type: 'event', name: 'project.lost', payload: { projectId } });
  }

  async function answer(id: number, method: string, params: unknown): Promise<ServerMessage> {
    try {
      return { type: 'answer', id, value: await dispatch(handlers, method, params) };
    } catch (error) {
      const failure = toFailure(error);
      if (failure.code === 'internal') onBug(error, method);
      return { type: 'failure', id, failure };
    }
  }

  return {
    addPort: (port) => {
      ports.add(port);
      port.onClose(() => {
        ports.delete(port);
        for (const [projectId, owner] of owners) if (owner === port) owners.delete(projectId);
      });
      port.onMessage((message) => {
        const call = readCall(message);
        // no id, so there is no call to reply to
        if (!call) return;
        void answer(call.id, call.method, call.params).then((reply) => {
          if (!ports.has(port)) return;
          if (reply.type === 'answer' && opensProject.has(call.method))
            takeOver((reply.value as OpenedProject).projectId, port);
          port.send(reply);
        });
      });
    },
    emit: (name, payload) => {
      const message: ServerMessage = { type: 'event', name, payload };
      for (const port of ports) port.send(message);
    },
    get portCount() {
      return ports.size;
    },
    close: () => {
      for (const port of ports) port.close();
      ports.clear();
    },
  };
}

/** Checks and runs one call. Throws FailureError 'badRequest' for unknown methods and parameters that do not fit. */
export async function dispatch(handlers: Handlers, method: string, params: unknown): Promise<unknown> {
  if (!isMethod(method)) throw new FailureError('badRequest', `The engine knows no method "${method.slice(0, 80)}".`);
  const parsed = parseParams(method, params);
  if (!parsed.ok) throw new FailureError('badRequest', `The parameters of "${method}" do not fit: ${parsed.reason}.`);
  return callHandler(handlers, method, parsed.value);
}

function callHandler<M extends MethodName>(handlers: Handlers, method: M, params: Params<M>): Promise<unknown> {
  const handler: (params: Params<M>) => Promise<unknown> = handlers[method];
  return handler(params);
}

function readCall(message: unknown): { id: number; method: string; params: unknown } | null {
  if (typeof message !== 'object' || message === null) return null;
  const { type, id, method, params } = message as Record<string, unknown>;
  if (type !== 'call' || typeof id !== 'number' || typeof method !== 'string') return null;
  return { id, method, params };
}
