/** transcribe: what is said in a media file, as captions, text or JSON. */
import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { FailureError } from '../../contract/errors.ts';
import { sentence } from '../../contract/sentence.ts';
import type { Transcript } from '../../contract/transcript.ts';
import { guardOutputs, makeOutput } from '../../disk/outputGuard.node.ts';
import { secondsFromTicks } from '../../time/ticks.ts';
import { toPlainText, toSubRip, toWebVtt, transcriptEndings } from '../../transcript/textFiles.ts';
import { withEngine } from '../localEngine.node.ts';
import { integerBetween } from './optionValues.ts';
import { runCommand } from './runCommand.node.ts';

interface TranscribeOptions {
  readonly output?: string;
  readonly language?: string;
  readonly pack?: string;
  readonly sound?: number;
  readonly json?: boolean;
}

/** Adds transcribe to the program. */
export function addTranscribeCommand(program: Command): void {
  program
    .command('transcribe <file>')
    .description('what is said in a media file; needs a Whisper model (framewright packs add)')
    .option(
      '-o, --output <file>',
      `written as its ending says: ${transcriptEndings.map((end) => `.${end}`).join(', ')}`,
    )
    .option('--language <code>', "language, 'en' or 'zh'; without it the model finds out")
    .option('--pack <id>', 'model pack; see `framewright packs list`')
    .option('--sound <n>', 'sound stream by its index in the file', integerBetween(0, 9999))
    .option('--json', 'print one JSON object')
    .action((file: string, options: TranscribeOptions) =>
      runCommand(options.json === true, ({ signal, progress }) =>
        withEngine(async (engine) => {
          const write = options.output === undefined ? null : writerOf(resolve(options.output), engine.paths.cache);
          const wanted = {
            soundStream: options.sound ?? null,
            language: options.language ?? null,
            packId: options.pack ?? null,
          };
          const transcript = await engine.words.transcribe(resolve(file), wanted, {
            signal,
            setDevice: () => undefined,
            report: ({ fraction }) =>
              progress.show({ fraction, stage: 'listening', step: null, stepCount: null, secondsLeft: null }),
          });
          await write?.(transcript, resolve(file));
          const output = options.output === undefined ? {} : { output: resolve(options.output) };
          return {
            answer: { file: resolve(file), ...output, ...inSeconds(transcript) },
            text: options.output === undefined ? toPlainText(transcript.words).trimEnd() : `Written: ${options.output}`,
          };
        }),
      ),
    );
}

/** Throws FailureError 'badRequest' for an ending that is not known, before the work. */
function writerOf(output: string, cache: string): (transcript: Transcript, source: string) => Promise<void> {
  const ending = transcriptEndings.find((each) => output.toLowerCase().endsWith(`.${each}`));
  if (!ending) {
    const allowed = transcriptEndings.map((each) => `.${each}`).join(', ');
    throw new FailureError('badRequest', sentence('cli.wrongEnding', { name: output, allowed }), output);
  }
  return async (transcript, source) => {
    const text = {
      srt: toSubRip,
      vtt: toWebVtt,
      txt: toPlainText,
      json: () => `${JSON.stringify(inSeconds(transcript), null, 1)}\n`,
    }[ending](transcript.words);
    const guard = guardOutputs([
      { path: source, as: 'source' },
      { path: cache, as: 'cache' },
    ]);
    await makeOutput({ path: output, guard }, (to) => writeFile(to, text));
  };
}

/** For other programs: seconds in place of ticks. */
function inSeconds({ language, packId, words, doubtful }: Transcript) {
  const times = ({ fromTicks, toTicks }: { readonly fromTicks: number; readonly toTicks: number }) => ({
    fromSeconds: Math.round(secondsFromTicks(fromTicks) * 1000) / 1000,
    toSeconds: Math.round(secondsFromTicks(toTicks) * 1000) / 1000,
  });
  return {
    ...{ language, packId },
    words: words.map((word) => ({
      text: word.text,
      spaced: word.spaced,
      ...times(word),
      probability: word.probability,
    })),
    doubtful: doubtful.map(times),
  };
}
