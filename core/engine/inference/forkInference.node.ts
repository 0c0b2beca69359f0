/** The child by `fork`: what the browser host, the command line and the tests use. */
import { fork } from 'node:child_process';
import { telemetryOff } from '../../../models/runtime/telemetryOff.mjs';
import type { InferenceChild, SpawnInference } from './inferenceChild.ts';
import type { FromChild } from './protocol.ts';

/** `entryPath`: the bundled inferenceProcess.mjs. `environment` is added to this process' own. */
export function forkInference(entryPath: string, environment: Readonly<Record<string, string>> = {}): SpawnInference {
  return (): InferenceChild => {
    // drivers and onnxruntime talk a lot on stderr; what matters comes as a message
    const stderr = process.env['FRAMEWRIGHT_DEBUG'] ? 'inherit' : 'ignore';
    // 'advanced' keeps typed arrays; as JSON a megabyte takes a second
    const child = fork(entryPath, [], {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', stderr, 'ipc'],
      execArgv: [],
      env: { ...process.env, ...environment, ...telemetryOff },
    });
    let ended: { code: number | null; signal: string | null } | null = null;
    const exitListeners: ((exit: { code: number | null; signal: string | null }) => void)[] = [];
    const end = (exit: { code: number | null; signal: string | null }): void => {
      if (ended) return;
      ended = exit;
      for (const listener of exitListeners) listener(exit);
    };
    child.on('exit', (code, signal) => end({ code, signal }));
    // could not be started at all, or a message met a channel that had just closed
    child.on('error', () => {
      if (child.pid === undefined) end({ code: null, signal: null });
    });
    return {
      pid: child.pid ?? null,
      send(message) {
        if (child.connected) child.send(message, () => undefined);
      },
      onMessage: (listener) => void child.on('message', (message) => listener(message as FromChild)),
      onExit(listener) {
        if (ended) listener(ended);
        else exitListeners.push(listener);
      },
      kill: () => void child.kill('SIGKILL'),
    };
  };
}
