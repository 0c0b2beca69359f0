/**
 * Runs commands in this process, at a terminal that a test reads: what a command does, without the start of a process
 * for each. That the program starts, exits and obeys Ctrl+C is proved with the built one (builtCli.node.ts).
 */
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { createEngine } from '../../engine/engine.node.ts';
import { forkInference } from '../../engine/inference/forkInference.node.ts';
import { atTerminal, type Terminal } from '../commands/terminal.node.ts';
import { silentLogger } from '../logger.node.ts';
import { appRoot, enginePathsIn } from '../paths.node.ts';
import { runProgram } from '../program.node.ts';
import type { Ended } from './builtCli.node.ts';

export interface CommandLine {
  /** Runs one command to its end. */
  run(words: readonly string[]): Promise<Ended>;
  /** Ends the engine that the commands have shared. */
  close(): Promise<void>;
}

/**
 * A command line in `folder`, which becomes this process's working folder, with its home in `<folder>/home`. All
 * commands share one engine and its loaded models. Needs `buildHost` for generations.
 */
export async function openCommandLine(folder: string): Promise<CommandLine> {
  const home = join(folder, 'home');
  process.chdir(folder);
  process.env['FRAMEWRIGHT_HOME'] = home;
  const engine = await createEngine({
    paths: enginePathsIn(home),
    logger: silentLogger,
    spawnInference: forkInference(join(appRoot(), 'dist/host/inferenceProcess.mjs')),
    appVersion: '0.0.0-test',
    persistJobs: false,
  });
  return {
    async run(words) {
      const [stdout, stderr] = [new Collected(), new Collected()];
      let code: number | null = null;
      const exit = (ended: number) => void (code = ended);
      const terminal: Terminal = { stdout, stderr, engine, onInterrupt: () => undefined, exit };
      const usage = await atTerminal(terminal, () => runProgram(words));
      return { code: usage ?? code, stdout: stdout.text, stderr: stderr.text };
    },
    close: () => engine.close(),
  };
}

class Collected extends Writable {
  text = '';
  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}
