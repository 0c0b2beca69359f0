/** mask, cut-out: what words name in a file, as a mask or as a picture with alpha. */
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, extname, join, resolve } from 'node:path';
import type { Command } from 'commander';
import { FailureError } from '../../contract/errors.ts';
import { sentence } from '../../contract/sentence.ts';
import { guardOutputs, makeOutput } from '../../disk/outputGuard.node.ts';
import { requireWritableFolder } from '../../disk/wholeFile.node.ts';
import type { FileMask } from '../../engine/generation/fileGeneration.ts';
import type { FileMaskFound } from '../../engine/footage/select/maskOfFile.node.ts';
import type { LocalEngine } from '../../engine/engine.node.ts';
import { secondsFromTicks } from '../../time/ticks.ts';
import { withEngine } from '../localEngine.node.ts';
import { common, existing, type CommonOptions } from './generationCommands.node.ts';
import { numberBetween, readMask } from './optionValues.ts';
import { runCommand, type CommandContext } from './runCommand.node.ts';

interface MaskOptions {
  readonly output: string;
  readonly words: string;
  readonly at: number;
  readonly still?: boolean;
  readonly json?: boolean;
}

const longestSeconds = 24 * 3600;
const wordsHelp = 'what to select, in English or Chinese: "the dog", "all people", "everything but the sky"';
const stillHelp = 'the mask of that frame for the whole film, without following';
const atHelp = 'seconds: the frame that is looked at';

/** Selects and follows, and says where the thing was lost. */
async function findMask(
  engine: LocalEngine,
  path: string,
  { words, at, still }: Pick<MaskOptions, 'words' | 'at' | 'still'>,
  { signal, progress, notice }: CommandContext,
): Promise<FileMaskFound> {
  const { maskOfFile } = await import('../../engine/footage/select/maskOfFile.node.ts');
  const found = await maskOfFile({ path, words, atSeconds: at, follows: still !== true }, engine, {
    ...{ signal, setDevice: () => undefined },
    report: ({ fraction, stage }) => progress.show({ fraction, stage, step: null, stepCount: null, secondsLeft: null }),
  });
  for (const { fromTicks, toTicks } of found.lost) {
    const [from, to] = [fromTicks, toTicks].map((ticks) => secondsFromTicks(ticks).toFixed(2));
    notice(sentence('mask.lostAt', { from: from!, to: to! }).text);
  }
  return found;
}

const bytesOf = (dataUrl: string): Buffer => Buffer.from(dataUrl.slice(dataUrl.indexOf(',') + 1), 'base64');

function addMask(program: Command): void {
  program
    .command('mask <input>')
    .description('find what words name, follow it, and write its mask: a film of masks (.mkv), or one picture (.png)')
    .requiredOption('--words <words>', wordsHelp)
    .requiredOption('-o, --output <file>', 'output file: .mkv, or .png for the mask of one frame')
    .option('--at <seconds>', atHelp, numberBetween(0, longestSeconds), 0)
    .option('--json', 'print one JSON object')
    .action((input: string, options: MaskOptions) =>
      runCommand(options.json === true, async (context) => {
        const path = resolve(existing(input));
        const output = resolve(options.output);
        const ending = extname(output).toLowerCase();
        if (ending !== '.mkv' && ending !== '.png')
          throw new FailureError(
            'badRequest',
            sentence('cli.wrongEnding', { name: basename(output), allowed: '.mkv, .png' }),
            output,
          );
        await requireWritableFolder(dirname(output));
        return withEngine(async (engine) => {
          const guard = guardOutputs([
            { path, as: 'input' },
            { path: engine.cache.root, as: 'cache' },
          ]);
          await guard.check(output);
          const found = await findMask(engine, path, { ...options, still: ending === '.png' }, context);
          const { filmPath, png, lost } = found;
          if (ending === '.mkv' && filmPath === null)
            throw new FailureError('badRequest', sentence('mask.stillOutput', { name: basename(path) }), output);
          await makeOutput({ path: output, guard }, (to) =>
            filmPath === null ? writeFile(to, bytesOf(png)) : copyFile(filmPath, to),
          );
          const spans = lost.map(({ fromTicks, toTicks, reason }) => ({
            ...{ fromSeconds: secondsFromTicks(fromTicks), toSeconds: secondsFromTicks(toTicks), reason },
          }));
          return { answer: { outputPath: output, lost: spans }, text: output };
        });
      }),
    );
}

type CutOutOptions = CommonOptions & Partial<MaskOptions> & Pick<MaskOptions, 'output' | 'at'> & { mask?: FileMask };

function addCutOut(program: Command): void {
  program
    .command('cut-out <input>')
    .description('cut out what words name or a mask covers: FFV1 with alpha (.mkv), or a picture (.png)')
    .option('--words <words>', wordsHelp)
    .option('--mask <mask>', 'm.png or m.mkv (white stays), or box:x,y,w,h in pixels', readMask)
    .requiredOption('-o, --output <file>', 'output file: .mkv or .png')
    .option('--at <seconds>', atHelp, numberBetween(0, longestSeconds), 0)
    .option('--still', stillHelp)
    .option('--json', 'print one JSON object')
    .action((input: string, options: CutOutOptions) =>
      runCommand(options.json === true, async (context) => {
        const path = resolve(existing(input));
        if ((options.words === undefined) === (options.mask === undefined))
          throw new FailureError('badRequest', sentence('cli.wordsOrMask'));
        if (options.mask?.kind === 'file') existing(options.mask.path);
        const { runGenerationOnFiles } = await import('../../engine/generation/standalone.node.ts');
        return withEngine(async (engine) => {
          const folder = await mkdtemp(join(tmpdir(), 'framewright-mask-'));
          try {
            const mask = options.mask ?? (await maskOfWords(engine, path, options, folder, context));
            const { notices: _said, ...answer } = await runGenerationOnFiles(
              engine,
              { ...common('', options), action: 'cutOut', inputPath: path, mask, featherPx: 0 },
              {
                signal: context.signal,
                onProgress: (step) => context.progress.show(step),
                onNotice: context.notice,
              },
            );
            return { answer, text: answer.files.join('\n') };
          } finally {
            await rm(folder, { recursive: true, force: true });
          }
        });
      }),
    );
}

async function maskOfWords(
  engine: LocalEngine,
  path: string,
  { words = '', at, still }: CutOutOptions,
  folder: string,
  context: CommandContext,
): Promise<FileMask> {
  const { filmPath, png } = await findMask(engine, path, { words, at, ...(still ? { still } : {}) }, context);
  if (filmPath !== null) return { kind: 'file', path: filmPath };
  const picture = join(folder, 'mask.png');
  await writeFile(picture, bytesOf(png));
  return { kind: 'file', path: picture };
}

/** Adds the commands to the program. */
export function addMaskCommands(program: Command): void {
  addMask(program);
  addCutOut(program);
}
