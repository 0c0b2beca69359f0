/**
 * How every command runs: its answer on stdout (one JSON object with --json), everything else on stderr, an exit code,
 * and Ctrl+C that ends it within a second.
 */
import { FailureError, toFailure, type Failure } from '../../contract/errors.ts';
import { exitCodeOf, exitCodes } from './exitCodes.ts';
import { progressLine, type ProgressLine } from './progressLine.ts';
import { currentTerminal, type Terminal } from './terminal.node.ts';

export interface CommandContext {
  /** Aborts on Ctrl+C and SIGTERM. */
  readonly signal: AbortSignal;
  readonly progress: ProgressLine;
  /** Printed at once on stderr, and again in the JSON result. */
  notice(sentence: string): void;
}

export interface CommandOutcome {
  /** For --json. */
  readonly answer: object;
  /** Text for people. */
  readonly text: string;
  /** Another exit code than 0, for commands whose answer is itself a verdict. */
  readonly exitCode?: number;
}

/** After an abort the command has this long to end by itself; a second is promised. */
const abortMs = 850;

/** Runs a command, prints its result as text or JSON, and exits with the matching code. Ctrl+C cancels it. */
export async function runCommand(
  json: boolean,
  work: (context: CommandContext) => Promise<CommandOutcome>,
): Promise<void> {
  const terminal = currentTerminal();
  const controller = new AbortController();
  const progress = progressLine(terminal.stderr);
  const notices: string[] = [];
  const context: CommandContext = {
    signal: controller.signal,
    progress,
    notice: (sentence) => {
      notices.push(sentence);
      progress.say(sentence);
    },
  };
  const cancelled = new FailureError('cancelled', 'Cancelled.');
  const stop = new Promise<never>((_resolve, reject) => {
    const abort = () => {
      if (controller.signal.aborted) return;
      controller.abort(cancelled);
      setTimeout(() => reject(cancelled), abortMs);
    };
    terminal.onInterrupt(abort);
  });

  let code: number;
  try {
    const outcome = await Promise.race([work(context), stop]);
    progress.end();
    await write(terminal.stdout, json ? JSON.stringify({ ok: true, ...outcome.answer, notices }) : outcome.text);
    code = outcome.exitCode ?? exitCodes.done;
  } catch (error) {
    progress.end();
    code = await fail(terminal, json, controller.signal.aborted ? cancelled.failure : toFailure(error), error);
  }
  terminal.exit(code);
}

async function fail({ stdout, stderr }: Terminal, json: boolean, failure: Failure, error: unknown): Promise<number> {
  if (json) await write(stdout, JSON.stringify({ ok: false, failure }));
  await write(stderr, failure.message);
  // a bug of ours, not a failure of the user's file: where it happened belongs in the report
  if (failure.code === 'internal' && process.env.FRAMEWRIGHT_DEBUG && error instanceof Error)
    await write(stderr, error.stack ?? '');
  return exitCodeOf(failure.code);
}

/** process.exit drops output that a pipe has not taken yet, so wait for it. */
function write(stream: NodeJS.WritableStream, text: string): Promise<void> {
  return new Promise((resolve) => {
    // the reader has closed the pipe (`| head`)
    stream.once('error', () => resolve());
    stream.write(`${text}\n`, () => resolve());
  });
}
