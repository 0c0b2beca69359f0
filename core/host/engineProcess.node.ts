/** Program: the engine as a separate process, under the browser host or Electron. */
import { toFailure } from '../contract/errors.ts';
import { createEngine } from '../engine/engine.node.ts';
import { forkInference } from '../engine/inference/forkInference.node.ts';
import { appVersion } from './appVersion.node.ts';
import { serveHost } from './engineRoom.ts';
import { openHostPort } from './hostPort.node.ts';
import { inferenceOverHost } from './inferenceOverHost.node.ts';
import { inferenceScript } from './inferenceScript.node.ts';
import { fileLogger } from './logger.node.ts';
import { enginePaths } from './paths.node.ts';

// Ctrl+C in a terminal reaches the whole group: the host decides when the engine ends
process.on('SIGINT', () => undefined);

const host = openHostPort();
const paths = enginePaths();
const logger = fileLogger(paths.home, 'engine');

process.on('uncaughtException', (error) => {
  // unknown state: let the host start a fresh engine, which recovers everything from the journal
  logger.error({ error: error.stack }, 'uncaught');
  process.stderr.write(`The engine hit a bug and restarts: ${error.stack}\n`);
  process.exit(1);
});

try {
  const inference = inferenceOverHost((message) => host.port.post(message));
  host.port.onMessage((message) => inference.hear(message));
  const engine = await createEngine({
    paths,
    logger,
    spawnInference: host.canFork ? forkInference(inferenceScript()) : inference.spawn,
    appVersion: appVersion(),
  });
  let ending = false;
  const end = () => {
    if (ending) return;
    ending = true;
    void engine.close().finally(() => process.exit(0));
  };
  serveHost(engine, host.port, logger, () => process.exit(0));
  host.onLost(end);
  process.on('SIGTERM', end);
  host.port.post({ type: 'ready' });
} catch (error) {
  logger.error({ error: error instanceof Error ? error.stack : String(error) }, 'start failed');
  host.port.post({ type: 'startFailed', failure: toFailure(error) });
  process.exitCode = 4;
}
