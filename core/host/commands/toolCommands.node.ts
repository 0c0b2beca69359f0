/** probe, packs and doctor: what a file, a pack and this machine are. */
import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { Sentence } from '../../contract/sentence.ts';
import type { DoctorReport, PackInfo } from '../../contract/contract.ts';
import { mediaFactsSchema } from '../../disk/facts.ts';
import { formatDuration } from '../../time/timecode.ts';
import { formatRate, secondsFromTicks } from '../../time/ticks.ts';
import { withEngine } from '../localEngine.node.ts';
import { exitCodes } from './exitCodes.ts';
import { runCommand } from './runCommand.node.ts';
import { addSoundFontCommands, soundFontLine } from './soundFontCommands.node.ts';

interface JsonOption {
  readonly json?: boolean;
}

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`;
const gigabytes = (bytes: number) => `${(bytes / 2 ** 30).toFixed(1)} GB`;

/** Adds probe, packs, soundfont and doctor to the program. */
export function addToolCommands(program: Command): void {
  addProbe(program);
  addPacks(program);
  addSoundFontCommands(program);
  addDoctor(program);
}

function addProbe(program: Command): void {
  program
    .command('probe <file>')
    .description('what a media file holds')
    .option('--json', 'print one JSON object')
    .action((file: string, options: JsonOption) =>
      runCommand(options.json === true, ({ notice }) =>
        withEngine(async (engine) => {
          const { id: _id, importedAt: _importedAt, ...item } = await engine.media.probe(resolve(file));
          const parts = [
            item.kind,
            formatDuration(secondsFromTicks(item.durationTicks)),
            item.video &&
              `${item.video.width}x${item.video.height} ${item.video.codec} ${formatRate(item.video.rate)} fps`,
            item.audio && `${item.audio.codec} ${item.audio.sampleRateHz} Hz ${item.audio.channels} ch`,
            megabytes(item.sizeBytes),
          ];
          for (const { text } of wordsOn(item.details)) notice(text);
          return { answer: item, text: `${item.name}: ${parts.filter(Boolean).join(', ')}` };
        }),
      ),
    );
}

/** What the user should know about a file. */
function wordsOn(details: Record<string, unknown>): readonly Sentence[] {
  const { remarks, damage } = mediaFactsSchema.pick({ remarks: true, damage: true }).parse(details);
  return [...remarks, ...damage.map(({ what }) => what)];
}

function addPacks(program: Command): void {
  const packs = program.command('packs').description('model packs on this machine');
  packs
    .command('list')
    .option('--json', 'print one JSON object')
    .action((options: JsonOption) =>
      runCommand(options.json === true, () =>
        withEngine(async (engine) => {
          const found = await engine.handlers['packs.list']({});
          return {
            answer: { packs: found },
            text: found.length === 0 ? 'No packs are installed.' : found.map(packLine).join('\n'),
          };
        }),
      ),
    );
  packs
    .command('add <path>')
    .description('install a pack from a folder or a .zip')
    .option('--json', 'print one JSON object')
    .action((path: string, options: JsonOption) =>
      runCommand(options.json === true, () =>
        withEngine(async (engine) => {
          const pack = await engine.handlers['packs.add']({ path: resolve(path) });
          return { answer: { pack }, text: `Installed ${packLine(pack)}` };
        }),
      ),
    );
  packs
    .command('verify <id>')
    .description('compare every file of a pack with its hash')
    .option('--json', 'print one JSON object')
    .action((packId: string, options: JsonOption) =>
      runCommand(options.json === true, () =>
        withEngine(async (engine) => {
          const verdict = await engine.handlers['packs.verify']({ packId });
          return {
            answer: { packId, whole: verdict.ok, problems: verdict.problems.map(({ text }) => `${text}.`) },
            text: verdict.ok
              ? `${packId}: every file is whole.`
              : verdict.problems.map(({ text }) => `${text}.`).join('\n'),
            exitCode: verdict.ok ? exitCodes.done : exitCodes.badInput,
          };
        }),
      ),
    );
  packs
    .command('remove <id>')
    .description('delete an installed pack')
    .option('--json', 'print one JSON object')
    .action((packId: string, options: JsonOption) =>
      runCommand(options.json === true, () =>
        withEngine(async (engine) => {
          await engine.handlers['packs.remove']({ packId });
          return { answer: { packId }, text: `Removed ${packId}.` };
        }),
      ),
    );
}

function addDoctor(program: Command): void {
  program
    .command('doctor')
    .description('what this machine can run, and why not more')
    .option('--json', 'print one JSON object')
    .action((options: JsonOption) =>
      runCommand(options.json === true, () =>
        withEngine(async (engine) => {
          const report = await engine.handlers['app.doctor']({});
          return { answer: inEnglish(report), text: doctorText(report) };
        }),
      ),
    );
}

function packLine(pack: PackInfo): string {
  const columns = [`${pack.id} ${pack.version}`, pack.families.join(', '), megabytes(pack.sizeBytes), pack.licence];
  if (pack.builtIn) columns.push('built in');
  if (pack.problem) columns.push(`PROBLEM: ${pack.problem.text}`);
  return columns.join('  ');
}

const telemetrySentences: Readonly<Record<DoctorReport['runtimeTelemetry'], string>> = {
  off: "The model runtime's own telemetry is switched off (ORT_DISABLE_TELEMETRY=1).",
  systemEvents:
    "The model runtime (onnxruntime) writes events to Windows' event tracing. Windows may send them to Microsoft, as " +
    'its diagnostic data settings allow. The Node package has no switch for this.',
};

/** The report for other programs: sentences as their English text. */
function inEnglish(report: DoctorReport): Record<string, unknown> {
  const plain = <R extends { readonly reason: Sentence }>(each: R) => ({ ...each, reason: each.reason.text });
  return {
    ...report,
    ffmpeg: { ...report.ffmpeg, problem: report.ffmpeg.problem?.text ?? null },
    encoders: report.encoders.map(plain),
    providers: report.providers.map(plain),
    soundFont: { ...report.soundFont, problem: report.soundFont.problem?.text ?? null },
  };
}

function doctorText(report: DoctorReport): string {
  const mark = (usable: boolean) => (usable ? 'yes' : 'no ');
  const { ffmpeg } = report;
  return [
    `Framewright ${report.app}, Node ${report.node}, ${report.platform}`,
    `Processor  ${report.cpu.model}, ${report.cpu.cores} cores`,
    `Memory     ${gigabytes(report.memory.freeBytes)} free of ${gigabytes(report.memory.totalBytes)}`,
    `ffmpeg     ${ffmpeg.problem?.text ?? `${ffmpeg.version} (${ffmpeg.source}: ${ffmpeg.path})`}`,
    'Runs models on',
    ...report.providers.map(({ provider, usable, reason }) => `  ${mark(usable)}  ${provider.padEnd(8)}${reason.text}`),
    `  ${telemetrySentences[report.runtimeTelemetry]}`,
    'Encodes with',
    ...report.encoders.map(({ name, usable, reason }) => `  ${mark(usable)}  ${name.padEnd(20)}${reason.text}`),
    'Music is played by',
    `  ${soundFontLine(report.soundFont)}`,
    'Packs',
    ...(report.packs.length === 0 ? ['  none'] : report.packs.map((pack) => `  ${packLine(pack)}`)),
  ].join('\n');
}
