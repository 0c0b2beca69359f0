/** clean-speech: what makes footage better and changes nothing else of it, on plain files. */
import type { Command } from 'commander';
import { wholeAttenuationDb } from '../../actions/cleanSpeech/schema.ts';
import { common, existing, run, type CommonOptions } from './generationCommands.node.ts';
import { numberBetween } from './optionValues.ts';

/** dB; see renderer/services/cleanSpeech.ts. */
const usualAttenuationDb = 40;

function footageCommand(program: Command, usage: string, description: string): Command {
  return program
    .command(usage)
    .description(description)
    .requiredOption('-o, --output <file>', 'output file')
    .option('--pack <id>', 'model pack; see `framewright packs list`')
    .option('--json', 'print one JSON object');
}

function addCleanSpeech(program: Command): void {
  footageCommand(
    program,
    'clean-speech <input>',
    'take noise out of speech; writes .wav, or .mp4 and .mkv with the picture',
  )
    .option(
      '--strength <dB>',
      `noise is turned down by at most this, 1 to ${wholeAttenuationDb} (as far as possible)`,
      numberBetween(1, wholeAttenuationDb),
      usualAttenuationDb,
    )
    .action((input: string, options: CommonOptions & { strength: number }) =>
      run(options, () => ({
        ...common('', options),
        action: 'cleanSpeech',
        inputPath: existing(input),
        attenuationDb: options.strength,
      })),
    );
}

/** Adds the commands to the program. */
export function addFootageCommands(program: Command): void {
  addCleanSpeech(program);
}
