#!/usr/bin/env node
/** The command line: the same engine, no window. Exit codes: 0 done, 2 usage, 3 bad input, 4 failed, 130 cancelled. */
import { Command, CommanderError } from 'commander';
import { appVersion } from './appVersion.node.ts';
import { addCacheCommands } from './commands/cacheCommands.node.ts';
import { addConvertCommand } from './commands/convertCommand.node.ts';
import { exitCodes } from './commands/exitCodes.ts';
import { addGenerationCommands } from './commands/generationCommands.node.ts';
import { openEditor, type OpenOptions } from './commands/openCommand.node.ts';
import { integerBetween } from './commands/optionValues.ts';
import { addProjectCommands } from './commands/projectCommands.node.ts';
import { addToolCommands } from './commands/toolCommands.node.ts';

function addOpenOptions(command: Command): Command {
  return command
    .option('--browser', 'open in the browser even where Electron is there')
    .option('--no-open', 'print the address, open nothing')
    .option('--port <n>', 'port on 127.0.0.1 for the browser', integerBetween(0, 65535));
}

const program = new Command('framewright')
  .description('An offline video editor with an AI timeline. Without a command it opens the editor.')
  .version(appVersion())
  .enablePositionalOptions()
  .showHelpAfterError("('framewright --help' lists the commands)")
  .exitOverride();

addOpenOptions(program.argument('[project]', 'project folder to open'))
  .option('--json', 'print the address as one JSON object')
  .action((project: string | undefined, options: OpenOptions) => openEditor(project, options));
addOpenOptions(program.command('open [project]').description('open the editor (the same as no command)'))
  .option('--json', 'print the address as one JSON object')
  .action((project: string | undefined, options: OpenOptions) => openEditor(project, options));
addGenerationCommands(program);
addProjectCommands(program);
addConvertCommand(program);
addToolCommands(program);
addCacheCommands(program);

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  const isHelp = error.exitCode === 0;
  if (!isHelp && process.argv.includes('--json')) {
    process.stdout.write(`${JSON.stringify({ ok: false, failure: { code: 'usage', message: error.message } })}\n`);
  }
  process.exitCode = isHelp ? exitCodes.done : exitCodes.usage;
}
