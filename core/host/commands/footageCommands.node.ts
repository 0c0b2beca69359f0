/**
 * clean-speech, upscale, denoise, deblock: what makes footage better and changes nothing else of it, on plain
 * files.
 */
import { Option, type Command } from 'commander';
import { wholeAttenuationDb } from '../../actions/cleanSpeech/schema.ts';
import { common, existing, run, withQuality, type CommonOptions } from './generationCommands.node.ts';
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

function addUpscale(program: Command): void {
  const command = footageCommand(program, 'upscale <input>', 'make a film or a picture two or four times as large')
    .addOption(new Option('--scale <n>', 'how many times as wide and high').choices(['2', '4']).default('2'))
    .option('--compressed', 'smooth away what compression left');
  withQuality(command).action(
    (input: string, options: CommonOptions & { scale: string; compressed?: boolean; lossless?: boolean }) =>
      run(options, () => ({
        ...common('', options),
        action: 'enhance',
        inputPath: existing(input),
        scale: options.scale === '4' ? 4 : 2,
        compressed: options.compressed ?? false,
        denoise: 0,
        deflicker: false,
        lossless: options.lossless ?? false,
      })),
  );
}

function addDenoise(program: Command): void {
  const command = footageCommand(program, 'denoise <input>', 'take grain out of a film, and flicker')
    .option('--strength <n>', 'how much of the grain goes, 0 to 1', numberBetween(0, 1), 1)
    .option('--deflicker', 'also even out exposure that swings from frame to frame');
  withQuality(command).action(
    (input: string, options: CommonOptions & { strength: number; deflicker?: boolean; lossless?: boolean }) =>
      run(options, () => ({
        ...common('', options),
        action: 'enhance',
        inputPath: existing(input),
        scale: 1,
        compressed: false,
        denoise: options.strength,
        deflicker: options.deflicker ?? false,
        lossless: options.lossless ?? false,
      })),
  );
}

function addDeblock(program: Command): void {
  const command = footageCommand(
    program,
    'deblock <input>',
    'smooth edges of blocks and rings that compression left in a film or a picture',
  );
  withQuality(command).action((input: string, options: CommonOptions & { lossless?: boolean }) =>
    run(options, () => ({
      ...common('', options),
      action: 'enhance',
      inputPath: existing(input),
      ...{ scale: 1, compressed: false, denoise: 0, deflicker: false, deblock: true },
      lossless: options.lossless ?? false,
    })),
  );
}

/** Adds the commands to the program. */
export function addFootageCommands(program: Command): void {
  addCleanSpeech(program);
  addUpscale(program);
  addDenoise(program);
  addDeblock(program);
}
