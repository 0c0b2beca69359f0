import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { telemetryOff } from '../../models/runtime/telemetryOff.mjs';
import type { EngineMessage } from './engineMessages.ts';
import type { EngineChild } from './engineSupervisor.ts';

/** The engine as a child of the browser host. Bundled, both lie in dist/host. */
export function forkEngine(log: (line: string) => void): EngineChild<never> {
  const script = fileURLToPath(new URL('./engineProcess.mjs', import.meta.url));
  // a terminal's Ctrl+C reaches children too: the engine ignores it and ends when the host asks or goes away
  const child = fork(script, [], {
    serialization: 'advanced',
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, ...telemetryOff },
  });
  return {
    post: (message) => {
      // a channel that is closing reports by its exit, not here
      if (child.connected) child.send(message, () => undefined);
    },
    onMessage: (listener) => child.on('message', (message) => listener(message as EngineMessage)),
    onExit: (listener) => {
      let told = false;
      const tell = (reason: string) => {
        if (told) return;
        told = true;
        listener(reason);
      };
      child.on('exit', (code, signal) => tell(signal ? `signal ${signal}` : `exit code ${code}`));
      child.on('error', (error) => {
        log(`The engine could not be started: ${error.message}`);
        tell(error.message);
      });
    },
    kill: () => child.kill('SIGKILL'),
  };
}
