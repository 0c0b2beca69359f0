/** Every command with its options. */
import { Command, CommanderError } from 'commander';
import { appVersion } from './appVersion.node.ts';
import { addCacheCommands } from './commands/cacheCommands.node.ts';
import { addConvertCommand } from './commands/convertCommand.node.ts';
import { exitCodes } from './commands/exitCodes.ts';
import { addMaskCommands } from './commands/maskCommands.node.ts';
import { addFootageCommands } from './commands/footageCommands.node.ts';
import { addGenerationCommands } from './commands/generationCommands.node.ts';
import { addLookCommand } from './commands/lookCommand.node.ts';
import { openEditor, type OpenOptions } from './commands/openCommand.node.ts';
import { integerBetween } from './commands/optionValues.ts';
import { addProjectCommands } from './commands/projectCommands.node.ts';
import { currentTerminal } from './commands/terminal.node.ts';
import { addTranscribeCommand } from './commands/transcribeCommand.node.ts';
import { addToolCommands } from './commands/toolCommands.node.ts';

/**
 * Runs the command that `words` name. Answers the exit code of help and of a mistake in usage; a command exits by
 * itself.
 */
export async function runProgram(words: readonly string[]): Promise<number | undefined> {
  try {
    await createProgram().parseAsync(words, { from: 'user' });
    return undefined;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    const isHelp = error.exitCode === 0;
    if (!isHelp && words.includes('--json')) {
      const answer = { ok: false, failure: { code: 'usage', message: error.message } };
      currentTerminal().stdout.write(`${JSON.stringify(answer)}\n`);
    }
    return isHelp ? exitCodes.done : exitCodes.usage;
  }
}

function createProgram(): Command {
  const { stdout, stderr } = currentTerminal();
  const program = new Command('framewright')
    .description('An offline video editor with an AI timeline. Without a command it opens the editor.')
    .version(appVersion())
    .enablePositionalOptions()
    .showHelpAfterError("('framewright --help' lists the commands)")
    .configureOutput({ writeOut: (text) => stdout.write(text), writeErr: (text) => stderr.write(text) })
    .exitOverride();
  addOpenOptions(program.argument('[project]', 'project folder to open'))
    .option('--json', 'print the address as one JSON object')
    .action((project: string | undefined, options: OpenOptions) => openEditor(project, options));
  addOpenOptions(program.command('open [project]').description('open the editor (the same as no command)'))
    .option('--json', 'print the address as one JSON object')
    .action((project: string | undefined, options: OpenOptions) => openEditor(project, options));
  addGenerationCommands(program);
  addFootageCommands(program);
  addMaskCommands(program);
  addProjectCommands(program);
  addConvertCommand(program);
  addToolCommands(program);
  addLookCommand(program);
  addTranscribeCommand(program);
  addCacheCommands(program);
  return program;
}

function addOpenOptions(command: Command): Command {
  return command
    .option('--browser', 'open in the browser even where Electron is there')
    .option('--no-open', 'print the address, open nothing')
    .option('--port <n>', 'port on 127.0.0.1 for the browser', integerBetween(0, 65535));
}
