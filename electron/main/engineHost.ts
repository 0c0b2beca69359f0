/** The engine as a utility process, with inference processes that main starts for it, so runAsNode stays fused off. */
import { utilityProcess, type MessagePortMain, type UtilityProcess } from 'electron';
import { join } from 'node:path';
import { telemetryOff } from '../../models/runtime/telemetryOff.mjs';
import type { Failure } from '../../core/contract/errors.ts';
import type { FromChild } from '../../core/engine/inference/protocol.ts';
import type { EngineMessage } from '../../core/host/engineMessages.ts';
import { EngineSupervisor, type EngineChild } from '../../core/host/engineSupervisor.ts';

export interface EngineHostOptions {
  /** dist/host */
  readonly scriptFolder: string;
  readonly env: NodeJS.ProcessEnv;
  log(line: string): void;
  onStartFailed(failure: Failure): void;
}

/** Starts the engine as a utility process and supervises it. */
export function startEngineHost(options: EngineHostOptions): EngineSupervisor<MessagePortMain> {
  const inference = new Map<number, UtilityProcess>();
  const start = (script: string, serviceName: string) =>
    utilityProcess.fork(join(options.scriptFolder, script), [], {
      serviceName,
      stdio: 'inherit',
      env: { ...options.env, ...telemetryOff },
    });

  const startInference = (childId: number) => {
    const child = start('inferenceProcess.mjs', 'Framewright inference');
    inference.set(childId, child);
    child.on('message', (message: FromChild) => supervisor.post({ type: 'fromInference', childId, message }));
    child.on('exit', (code) => {
      inference.delete(childId);
      supervisor.post({ type: 'inferenceEnded', childId, code });
    });
  };

  const supervisor: EngineSupervisor<MessagePortMain> = new EngineSupervisor<MessagePortMain>({
    start: () => asEngineChild(start('engineProcess.mjs', 'Framewright engine')),
    log: options.log,
    onStartFailed: options.onStartFailed,
    onMessage: (message) => {
      if (message.type === 'startInference') startInference(message.childId);
      else if (message.type === 'toInference') inference.get(message.childId)?.postMessage(message.message);
      else if (message.type === 'killInference') killNow(inference.get(message.childId));
    },
  });
  // the next engine starts its own: what the dead one had asked for would only use memory
  supervisor.onLost(() => {
    for (const child of inference.values()) killNow(child);
  });
  return supervisor;
}

/** A running graph blocks its thread, and with it every gentler signal than SIGKILL. */
function killNow(child: UtilityProcess | undefined): void {
  if (child?.pid === undefined) child?.kill();
  else process.kill(child.pid, 'SIGKILL');
}

function asEngineChild(child: UtilityProcess): EngineChild<MessagePortMain> {
  return {
    post: (message, ports) => child.postMessage(message, [...ports]),
    onMessage: (listener) => child.on('message', (message: EngineMessage) => listener(message)),
    onExit: (listener) => child.once('exit', (code) => listener(`exit code ${code}`)),
    kill: () => killNow(child),
  };
}
