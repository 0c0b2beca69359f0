/** render: a project to a film, as the export dialog does it. */
import { basename, dirname, extname, resolve } from 'node:path';
import { Option, type Command } from 'commander';
import type { OpenedProject } from '../../contract/contract.ts';
import { FailureError } from '../../contract/errors.ts';
import type { ExportPresetId, Job } from '../../contract/jobs.ts';
import type { Sequence } from '../../document/schema.ts';
import { requireWritableFolder } from '../../disk/wholeFile.node.ts';
import { presets } from '../../engine/render/presets.ts';
import type { Engine } from '../../engine/services.node.ts';
import { readTimecode, type TimecodeProblem } from '../../time/timecode.ts';
import type { TickRange } from '../../time/ticks.ts';
import { withEngine } from '../localEngine.node.ts';
import { runCommand, type CommandContext } from './runCommand.node.ts';

interface RenderOptions {
  readonly output: string;
  readonly preset: ExportPresetId;
  readonly sequence?: string;
  readonly from?: string;
  readonly to?: string;
  readonly json?: boolean;
}

/** Adds the commands that work on a project folder. */
export function addProjectCommands(program: Command): void {
  program
    .command('render <project>')
    .description('export a project')
    .requiredOption('-o, --output <file>', 'where the film goes; a folder for frames-png')
    .addOption(new Option('--preset <id>', 'form of the film').choices(Object.keys(presets)).default('h264-1080p'))
    .option('--sequence <name>', 'sequence to export (default: the one open in the editor)')
    .option('--from <tc>', 'HH:MM:SS:FF, HH:MM:SS;FF (drop-frame) or seconds')
    .option('--to <tc>', 'HH:MM:SS:FF, HH:MM:SS;FF (drop-frame) or seconds; not included')
    .option('--json', 'print one JSON object')
    .action((project: string, options: RenderOptions) =>
      runCommand(options.json === true, (context) => withEngine((engine) => render(engine, project, options, context))),
    );
}

async function render(engine: Engine, project: string, options: RenderOptions, context: CommandContext) {
  const outputPath = resolve(options.output);
  requireContainer(outputPath, options.preset);
  const { projectId, document, notices, missingMediaIds } = await openEvenIfOpenElsewhere(engine, project, context);
  try {
    for (const { text } of notices) context.notice(text);
    for (const mediaId of missingMediaIds)
      context.notice(
        `${document.media[mediaId]?.path ?? mediaId} is missing: find it in the editor, or remove its clips.`,
      );
    const sequence = chooseSequence(
      Object.values(document.sequences),
      document.activeSequenceId,
      options.sequence,
      project,
    );
    await requireWritableFolder(dirname(outputPath));
    const startedMs = Date.now();
    const job = await engine.jobs.submit({
      kind: 'export',
      projectId,
      settings: {
        preset: options.preset,
        outputPath,
        sequenceId: sequence.id,
        range: readRange(options.from, options.to, sequence),
        width: null,
        height: null,
        crf: null,
      },
    });
    const ended = await follow(engine, job.id, context);
    const seconds = (Date.now() - startedMs) / 1000;
    return {
      answer: { outputPath: ended.outputPath ?? outputPath, preset: options.preset, seconds },
      text: ended.outputPath ?? outputPath,
    };
  } finally {
    await engine.projects.close(projectId);
  }
}

/** Refuses a file extension that is not the preset's. Stills go to a folder of any name. */
function requireContainer(outputPath: string, preset: ExportPresetId): void {
  const { container } = presets[preset];
  if (container === 'png' || extname(outputPath).toLowerCase() === `.${container}`) return;
  throw new FailureError(
    'badRequest',
    `${basename(outputPath)}: the preset ${preset} is written as .${container}.`,
    outputPath,
  );
}

/** The editor may have the project open: then it is rendered as last saved, at most a second ago, with a notice. */
async function openEvenIfOpenElsewhere(
  engine: Engine,
  project: string,
  context: CommandContext,
): Promise<OpenedProject> {
  try {
    return await engine.projects.open(resolve(project));
  } catch (error) {
    if (!(error instanceof FailureError) || error.failure.code !== 'locked') throw error;
    context.notice(`${error.message} It is rendered as it was last saved.`);
    return engine.projects.openForReading(project);
  }
}

/** Shows a job's progress until it ends. Throws its failure. */
async function follow(engine: Engine, jobId: string, { signal, progress, notice }: CommandContext): Promise<Job> {
  const said = new Set<string>();
  const stop = engine.onEvent((event, payload) => {
    if (event !== 'job.changed') return;
    const { job } = payload as { job: Job };
    if (job.id !== jobId) return;
    for (const { text } of job.notices.filter((candidate) => !said.has(candidate.text))) {
      said.add(text);
      notice(text);
    }
    if (job.state === 'running') progress.show(job);
  });
  const cancel = () => void engine.jobs.cancel(jobId);
  signal.addEventListener('abort', cancel, { once: true });
  if (signal.aborted) cancel();
  try {
    const job = await engine.jobs.finished(jobId);
    if (job.failure) throw FailureError.of(job.failure);
    if (job.state === 'cancelled') throw new FailureError('cancelled', 'Cancelled.');
    return job;
  } finally {
    stop();
    signal.removeEventListener('abort', cancel);
  }
}

function chooseSequence(
  sequences: readonly Sequence[],
  activeId: string,
  name: string | undefined,
  project: string,
): Sequence {
  const found = sequences.find((sequence) => (name === undefined ? sequence.id === activeId : sequence.name === name));
  if (found) return found;
  const known = sequences.map((sequence) => `'${sequence.name}'`).join(', ');
  throw new FailureError('badRequest', `${project} has no sequence '${name ?? activeId}'; it has ${known}.`, project);
}

const timecodeProblems: Readonly<Record<TimecodeProblem, string>> = {
  notTime: 'is not a time; use HH:MM:SS:FF or seconds.',
  noDropFrame: 'is drop-frame timecode (;), which exists only at 29.97 and 59.94 fps; use HH:MM:SS:FF.',
  droppedLabel: 'does not exist: drop-frame timecode leaves out the first labels of this minute.',
};

/** null = all of it. The end, where it is not given, is the end of the last clip. */
function readRange(from: string | undefined, to: string | undefined, sequence: Sequence): TickRange | null {
  if (from === undefined && to === undefined) return null;
  const read = (option: string, text: string) => {
    const found = readTimecode(text, sequence.rate);
    const ticks = typeof found === 'number' && found < 0 ? 'notTime' : found;
    if (typeof ticks === 'string') throw new FailureError('badRequest', `${option} ${text} ${timecodeProblems[ticks]}`);
    return ticks;
  };
  const startTicks = from === undefined ? 0 : read('--from', from);
  const lastTicks = Math.max(
    0,
    ...sequence.tracks.flatMap((track) => track.clips.map((clip) => clip.startTicks + clip.durationTicks)),
  );
  const end = to === undefined ? lastTicks : read('--to', to);
  if (end <= startTicks)
    throw new FailureError('badRequest', `There is nothing to render from ${from ?? '0'} to ${to ?? 'the end'}.`);
  return { startTicks, durationTicks: end - startTicks };
}
