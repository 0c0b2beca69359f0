/** generate, inpaint, restyle, smooth, extend, bridge, soundtrack: the AI actions on plain files. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { Option, type Command } from 'commander';
import { loudnessPresets } from '../../../models/families/soundtrack/mix.ts';
import type { StemKind } from '../../../models/families/soundtrack/contract.ts';
import { FailureError } from '../../contract/errors.ts';
import { sentence } from '../../contract/sentence.ts';
import { namesOfLooks } from '../../actions/restyle/looks.ts';
import { bridgeWays, usualBridge, type BridgeWay } from '../../actions/fillGap/ways.ts';
import { longestPrompt } from '../../actions/requestBase.ts';
import { wordsOf } from '../../engine/generation/wordLists.ts';
import { usualCrf } from '../../engine/generation/outputEncoding.ts';
import type { FileGeneration, FileMask } from '../../engine/generation/fileGeneration.ts';
import { withEngine } from '../localEngine.node.ts';
import { mostGrowthPx } from '../../actions/inpaint/schema.ts';
import { collect, editOf, integerBetween, numberBetween, readMask, readRange, readSize } from './optionValues.ts';
import { placementOf, withPicture, type PictureOptions } from './pictureOptions.ts';
import { runCommand } from './runCommand.node.ts';
import { describeWords } from './describeWords.ts';

/** Options that all commands of AI actions have. */
export interface CommonOptions {
  readonly output: string;
  readonly seed?: number;
  readonly steps?: number;
  readonly guidance?: number;
  readonly pack?: string;
  readonly json?: boolean;
}

const longestSeconds = 600;

function collectSeconds(text: string, before: readonly number[]): readonly number[] {
  return [...before, numberBetween(0, 3600)(text)];
}

function generationCommand(program: Command, usage: string, description: string): Command {
  return program
    .command(usage)
    .description(description)
    .requiredOption('-o, --output <file>', 'output file')
    .option('--seed <n>', 'the same seed makes the same result', integerBetween(0, 0xffffffff))
    .option('--steps <n>', 'denoise steps', integerBetween(1, 200))
    .option('--guidance <n>', 'how closely the words are followed', numberBetween(0, 30))
    .option('--pack <id>', 'model pack; see `framewright packs list`')
    .option('--json', 'print one JSON object');
}

/** What every request has. */
export function common(prompt: string, options: CommonOptions) {
  if (prompt.length > longestPrompt) {
    const [length, most] = [prompt.length, longestPrompt].map((count) => count.toLocaleString('en'));
    throw new FailureError('badRequest', `The prompt has ${length} characters; at most ${most} are allowed.`);
  }
  return {
    prompt,
    outputPath: resolve(options.output),
    seed: options.seed ?? null,
    steps: options.steps ?? null,
    guidance: options.guidance ?? null,
    packId: options.pack ?? null,
  };
}

/** Returns the path; throws 'notFound' before an engine is started for nothing. */
export function existing<P extends string | undefined>(path: P): P {
  if (path !== undefined && !existsSync(path))
    throw new FailureError('notFound', sentence('file.missing', { path }), resolve(path));
  return path;
}

function existingMask(mask: FileMask | undefined): FileMask | null {
  if (mask?.kind === 'file') existing(mask.path);
  return mask ?? null;
}

/** The file is written once: in the input's size, rate, depth and colours. */
export function withQuality(command: Command): Command {
  return command.option(
    '--lossless',
    `keep every sample: FFV1 in .mkv, H.264 or HEVC in .mp4; without it the film is encoded at constant quality ${usualCrf} (H.264, HEVC for 10 bits)`,
  );
}

/** --from and --range belong together. */
function partOf({
  from,
  range,
}: {
  from?: string;
  range?: { fromSeconds: number; toSeconds: number };
}): { stemPath: string; fromSeconds: number; toSeconds: number } | null {
  if (from === undefined && range === undefined) return null;
  if (from === undefined) throw new FailureError('badRequest', '--range needs --from, the stem it is part of.');
  if (range === undefined) throw new FailureError('badRequest', '--from needs --range, the part to regenerate.');
  return { stemPath: resolve(existing(from)), ...range };
}

/** With --seconds the only argument is the prompt: there is no input file. */
function soundWords(
  input: string | undefined,
  prompt: string | undefined,
  { seconds, from }: { seconds?: number; from?: string },
): string | undefined {
  if (seconds === undefined && input === undefined)
    throw new FailureError('badRequest', 'Give a film or a sound to make a soundtrack for, or --seconds and words.');
  if (seconds !== undefined && prompt !== undefined)
    throw new FailureError(
      'badRequest',
      '--seconds is for sound from words alone: a soundtrack is as long as its input.',
    );
  if (seconds !== undefined && from !== undefined)
    throw new FailureError('badRequest', '--from needs the input that the stem was made for, and no --seconds.');
  return seconds === undefined ? prompt : input;
}

/** `make` runs inside the command, so that what it refuses is reported like any other bad input. */
export function run(options: CommonOptions, make: () => FileGeneration): Promise<void> {
  return runCommand(options.json === true, async ({ signal, progress, notice }) => {
    const request = make();
    const { runGenerationOnFiles } = await import('../../engine/generation/standalone.node.ts');
    return withEngine(async (engine) => {
      const result = await runGenerationOnFiles(engine, request, {
        signal,
        onProgress: (step) => progress.show(step),
        onNotice: notice,
      });
      const withoutMask = request.action === 'inpaint' && !request.mask && !request.placement;
      for (const sentence of describeWords(wordsOf(result), withoutMask)) notice(sentence);
      const { notices: _said, ...answer } = result;
      return { answer, text: result.files.join('\n') };
    });
  });
}

function addGenerate(program: Command): void {
  generationCommand(program, 'generate <prompt>', 'make a clip or a picture from words')
    .option('--seconds <n>', 'length of the clip', numberBetween(0.1, longestSeconds), 5)
    .option('--image <file>', 'first frame')
    .option('--last <file>', 'last frame')
    .option('--reference <file>', 'picture of a person or thing to show; may be repeated', collect, [])
    .option('--size <WxH>', 'size in pixels', readSize)
    .option('--upscale', "four times as wide and high, by the pack's upscaler")
    .option('--painted', "painted by the pack's network instead of drawn by the stage; with pictures, always")
    .action(
      (
        prompt: string,
        options: CommonOptions & {
          upscale?: boolean;
          painted?: boolean;
          seconds: number;
          image?: string;
          last?: string;
          reference: readonly string[];
          size?: { width: number; height: number };
        },
      ) =>
        run(options, () => ({
          ...common(prompt, options),
          action: 'generate',
          seconds: options.seconds,
          firstFramePath: existing(options.image) ?? null,
          lastFramePath: existing(options.last) ?? null,
          referencePaths: options.reference.map((path) => existing(path)),
          size: options.size ?? null,
          upscale: options.upscale ? 4 : null,
          drawn: isDrawn(options),
        })),
    );
}

/** The stage draws from words alone. */
const isDrawn = ({ image, last, painted, reference, upscale }: Painting): boolean =>
  !painted && !upscale && image === undefined && last === undefined && reference.length === 0;

interface Painting {
  readonly painted?: boolean;
  readonly upscale?: boolean;
  readonly image?: string;
  readonly last?: string;
  readonly reference: readonly string[];
}

function addInpaint(program: Command): void {
  const command = withQuality(
    generationCommand(program, 'inpaint <input> [instruction]', 'add, remove or replace what a mask covers'),
  )
    .option('--mask <mask>', 'm.png or m.mp4 (white is regenerated), or box:x,y,w,h in pixels', readMask)
    .option('--feather <px>', 'soft edge of the mask', numberBetween(0, 200), 8)
    .option('--grow <px>', 'footage: how far the mask of a removal grows', integerBetween(0, mostGrowthPx), 0)
    .addOption(
      new Option('--edit <what>', 'what the instruction asks for; by default told from its first word').choices([
        'replace',
        'add',
        'remove',
      ]),
    );
  withPicture(command).action(
    (
      input: string,
      instruction: string | undefined,
      options: CommonOptions &
        PictureOptions & {
          mask?: FileMask;
          feather: number;
          grow: number;
          edit?: 'replace' | 'add' | 'remove';
          lossless?: boolean;
        },
    ) =>
      run(options, () => ({
        ...common(instruction ?? '', options),
        action: 'inpaint',
        inputPath: existing(input),
        mask: existingMask(options.mask),
        featherPx: options.feather,
        edit: options.edit ?? editOfWords(instruction, options),
        placement: placementOf(options, existing, existingMask),
        lossless: options.lossless ?? false,
      })),
  );
}

/** A picture without words is added; without either there is nothing to do. */
function editOfWords(instruction: string | undefined, { picture }: PictureOptions): 'replace' | 'add' | 'remove' {
  if (instruction !== undefined && instruction.trim() !== '') return editOf(instruction);
  if (picture === undefined) throw new FailureError('badRequest', 'Give an instruction, or --picture.');
  return 'add';
}

function addRestyle(program: Command): void {
  withQuality(generationCommand(program, 'restyle <input> [style]', 'give a clip another look'))
    .option('--strength <n>', 'how strong a look of footage is, 0 to 1', numberBetween(0, 1), 1)
    .option('--keep-shapes <n>', 'made clips: how strongly shapes are kept, 0 to 1', numberBetween(0, 1), 0.7)
    .option('--reference <picture>', 'footage: learn the look of a picture; the style may then be left out')
    .option('--keep-faces', 'footage: leave faces and hands nearly as they are')
    .addHelpText('after', `\nLooks for footage: ${namesOfLooks('en')}.`)
    .addOption(
      new Option('--scope <what>', 'what changes')
        .choices(['everything', 'background', 'masked'])
        .default('everything'),
    )
    .option('--mask <mask>', 'm.png, m.mp4 or box:x,y,w,h', readMask)
    .option('--feather <px>', 'soft edge of the mask', numberBetween(0, 200), 8)
    .action(
      (
        input: string,
        style: string | undefined,
        options: CommonOptions & {
          strength: number;
          reference?: string;
          keepFaces?: boolean;
          keepShapes: number;
          scope: 'everything' | 'background' | 'masked';
          mask?: FileMask;
          feather: number;
          lossless?: boolean;
        },
      ) =>
        run(options, () => ({
          ...common(style ?? '', options),
          action: 'restyle',
          inputPath: existing(input),
          strength: options.strength,
          referencePath: options.reference === undefined ? null : existing(options.reference),
          keepFaces: options.keepFaces ?? false,
          keepShapes: options.keepShapes,
          scope: options.scope,
          mask: existingMask(options.mask),
          featherPx: options.feather,
          lossless: options.lossless ?? false,
        })),
    );
}

function addSmooth(program: Command): void {
  const command = program
    .command('smooth <input>')
    .description('add frames in between: a higher rate, or slow motion without judder')
    .requiredOption('-o, --output <file>', 'output file')
    .addOption(new Option('--fps <n>', 'frames a second, at the same speed').argParser(numberBetween(1, 1000)))
    .addOption(
      new Option('--speed <percent>', 'slow motion: the speed, at the same frames a second; the sound is left out')
        .argParser(numberBetween(1, 99))
        .conflicts('fps'),
    )
    .option('--pack <id>', 'model pack; see `framewright packs list`')
    .option('--json', 'print one JSON object');
  withQuality(command).action(
    (input: string, options: CommonOptions & { fps?: number; speed?: number; lossless?: boolean }) =>
      run(options, () => {
        const { fps, speed } = options;
        if (fps === undefined && speed === undefined)
          throw new FailureError('badRequest', 'Give --fps for a higher rate, or --speed for slow motion.');
        return {
          ...common('', options),
          action: 'smooth',
          inputPath: existing(input),
          to: fps === undefined ? { kind: 'speed', percent: speed! } : { kind: 'rate', fps },
          lossless: options.lossless ?? false,
        };
      }),
  );
}

/** Ways of continuing footage by their names on the command line. */
function addBridge(program: Command): void {
  withQuality(generationCommand(program, 'bridge <first> <second>', 'join two films by a bridge between them'))
    .option('--seconds <n>', 'how long the bridge is', numberBetween(0.1, 10), 1)
    .addOption(
      new Option(
        '--way <how>',
        'blend: a dissolve in which one camera motion turns into the other; whip: a fast pan; zoom: into one, out of the other; morph: frames in between, where both are alike',
      )
        .choices([...bridgeWays])
        .default(usualBridge),
    )
    .action((first: string, second: string, options: CommonOptions & BridgeOptions) =>
      run(options, () => ({
        ...common('', options),
        action: 'bridge',
        inputPath: existing(first),
        nextPath: existing(second),
        seconds: options.seconds,
        way: options.way,
        lossless: options.lossless ?? false,
      })),
    );
}

interface BridgeOptions {
  readonly seconds: number;
  readonly way: BridgeWay;
  readonly lossless?: boolean;
}

const waysByName = { hold: 'hold', slow: 'slow', 'carry-on': 'carryOn', 'ping-pong': 'pingPong' } as const;

function addExtend(program: Command): void {
  withQuality(generationCommand(program, 'extend <input> [prompt]', 'continue a clip past its end'))
    .requiredOption('--seconds <n>', 'how much longer', numberBetween(0.1, longestSeconds))
    .option('--backward', 'extend before its start instead')
    .addOption(
      new Option(
        '--way <how>',
        'footage: hold the last frame with living grain, slow the last second, carry the motion on to rest, or play back and forth',
      )
        .choices(['hold', 'slow', 'carry-on', 'ping-pong'])
        .default('hold'),
    )
    .addOption(
      new Option('--sound <what>', 'footage: what is heard beside the new frames')
        .choices(['room-tone', 'silence'])
        .default('silence'),
    )
    .action(
      (
        input: string,
        prompt: string | undefined,
        options: CommonOptions & {
          seconds: number;
          backward?: boolean;
          way: keyof typeof waysByName;
          sound: 'room-tone' | 'silence';
          lossless?: boolean;
        },
      ) =>
        run(options, () => ({
          ...common(prompt ?? '', options),
          action: 'extend',
          inputPath: existing(input),
          seconds: options.seconds,
          direction: options.backward ? 'backward' : 'forward',
          way: waysByName[options.way],
          sound: options.sound === 'room-tone' ? 'roomTone' : 'silence',
          lossless: options.lossless ?? false,
        })),
    );
}

function addSoundtrack(program: Command): void {
  generationCommand(
    program,
    'soundtrack [input] [prompt]',
    'make sound in sync with the picture; with --seconds and no input, from words alone',
  )
    .option('--seconds <n>', 'without an input: length of the sound', numberBetween(0.5, 3600))
    .option('--stems <folder>', 'also write each stem as a .wav here')
    .addOption(new Option('--only <stem>', 'one stem only').choices(['music', 'foley', 'ambience']))
    .option('--tempo <bpm>', 'tempo of the music', numberBetween(40, 240))
    .option('--hit <seconds>', 'a moment that music and foley strike; may be repeated', collectSeconds, [])
    .option('--from <stem>', 'an existing stem (.wav): regenerate only --range of it and keep the rest')
    .option('--range <from-to>', 'seconds of the stem to regenerate, like 2-5.5', readRange)
    .addOption(
      new Option('--loudness <lufs>', 'loudness of the mix, LUFS')
        .choices(loudnessPresets.map(String))
        .default(String(loudnessPresets[0])),
    )
    .action(
      (
        input: string | undefined,
        prompt: string | undefined,
        options: CommonOptions & {
          seconds?: number;
          stems?: string;
          only?: StemKind;
          tempo?: number;
          hit: readonly number[];
          loudness: string;
          from?: string;
          range?: { fromSeconds: number; toSeconds: number };
        },
      ) =>
        run(options, () => ({
          ...common(soundWords(input, prompt, options) ?? '', options),
          action: 'soundtrack',
          inputPath: options.seconds === undefined ? existing(input ?? '') : null,
          seconds: options.seconds ?? null,
          stems: options.only ? [options.only] : ['ambience', 'foley', 'music'],
          stemsFolder: options.stems ?? null,
          tempoBpm: options.tempo ?? null,
          hitSeconds: options.hit,
          loudnessLufs: Number(options.loudness),
          part: partOf(options),
        })),
    );
}

/** Adds the six AI actions to the program. */
export function addGenerationCommands(program: Command): void {
  addGenerate(program);
  addInpaint(program);
  addRestyle(program);
  addSmooth(program);
  addExtend(program);
  addBridge(program);
  addSoundtrack(program);
}
