import type { LocalEngine } from '../engine/engine.node.ts';
import { appVersion } from './appVersion.node.ts';
import { currentTerminal } from './commands/terminal.node.ts';
import { inferenceScript } from './inferenceScript.node.ts';
import { fileLogger } from './logger.node.ts';
import { enginePaths } from './paths.node.ts';

/** An engine in this process for one command. Loaded only here, so that --help does not wait for it. */
export async function withEngine<T>(work: (engine: LocalEngine) => Promise<T>): Promise<T> {
  const kept = currentTerminal().engine;
  if (kept !== null) return work(kept);
  const [{ createEngine }, { forkInference }] = await Promise.all([
    import('../engine/engine.node.ts'),
    import('../engine/inference/forkInference.node.ts'),
  ]);
  const paths = enginePaths();
  const engine = await createEngine({
    paths,
    logger: fileLogger(paths.home, 'cli'),
    spawnInference: forkInference(inferenceScript()),
    appVersion: appVersion(),
    persistJobs: false,
  });
  try {
    return await work(engine);
  } finally {
    await engine.close();
  }
}
