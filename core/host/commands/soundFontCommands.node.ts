/** soundfont: what music is played with, and the one command that fetches something from the network. */
import { mkdir, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import type { SoundFontStatus } from '../../contract/contract.ts';
import type { LocalEngine } from '../../engine/engine.node.ts';
import { withEngine } from '../localEngine.node.ts';
import { runCommand, type CommandContext } from './runCommand.node.ts';

interface JsonOption {
  readonly json?: boolean;
}

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(0)} MB`;

export function soundFontLine({ font, problem }: SoundFontStatus): string {
  if (font)
    return `${font.name}  ${megabytes(font.sizeBytes)}  ${font.licence || 'licence not stated'}  ${font.origin}: ${font.fileName}`;
  return problem === null
    ? "the built-in instruments (no SoundFont; 'framewright soundfont get' fetches one)"
    : `the built-in instruments: ${problem}`;
}

export function addSoundFontCommands(program: Command): void {
  const soundFont = program.command('soundfont').description('the SoundFont that music is played with');
  const add = (
    usage: string,
    description: string,
    work: (engine: LocalEngine, context: CommandContext, argument: string | undefined) => Promise<SoundFontStatus>,
  ): void => {
    soundFont
      .command(usage)
      .description(description)
      .option('--json', 'print one JSON object')
      .action((first: string | JsonOption, second?: JsonOption) => {
        const [argument, options] = typeof first === 'string' ? [first, second] : [undefined, first];
        return runCommand(options?.json === true, (context) =>
          withEngine(async (engine) => {
            const status = await work(engine, context, argument);
            return { answer: { soundFont: status }, text: `Music is played by ${soundFontLine(status)}` };
          }),
        );
      });
  };
  add('status', 'what is there, and from where', (engine) => engine.soundFonts.status());
  add('add <file>', 'use an .sf2 or .sf3 of your own', (engine, _context, file) =>
    engine.soundFonts.install(resolve(file ?? '')),
  );
  add('remove', 'forget it; the built-in instruments play', (engine) => engine.soundFonts.remove());

  soundFont
    .command('get')
    .description('download MuseScore General Lite (34 MB, MIT) from the Debian archive')
    .option('--into <folder>', 'only put the file there: for the installers')
    .option('--json', 'print one JSON object')
    .action((options: JsonOption & { into?: string }) =>
      runCommand(options.json === true, async (context) => {
        const [{ knownSoundFont: known }, { downloadSoundFont }] = await Promise.all([
          import('../../engine/soundfont/knownSoundFont.ts'),
          import('../../engine/soundfont/downloadSoundFont.node.ts'),
        ]);
        context.progress.say(
          `${known.name}, ${known.licence}, ${megabytes(known.archive.sizeBytes)} from ${known.urls[0]}\nsha256 ${known.archive.sha256}`,
        );
        const show = (fraction: number) =>
          context.progress.show({ fraction, stage: 'download', step: null, stepCount: null, secondsLeft: null });
        if (options.into !== undefined) {
          const folder = resolve(options.into);
          const staging = join(folder, `.incoming-${process.pid}`);
          await mkdir(folder, { recursive: true });
          try {
            await downloadSoundFont(known, staging, { signal: context.signal, onFraction: show });
            await rename(staging, join(folder, known.fileName));
          } finally {
            await rm(staging, { force: true });
          }
          return { answer: { path: join(folder, known.fileName) }, text: join(folder, known.fileName) };
        }
        return withEngine(async (engine) => {
          engine.onEvent((event, payload) => {
            if (event === 'soundFont.changed' && 'status' in payload) show(payload.status.downloading ?? 1);
          });
          const status = await engine.soundFonts.download(context.signal);
          return { answer: { soundFont: status }, text: `Music is played by ${soundFontLine(status)}` };
        });
      }),
    );
}
