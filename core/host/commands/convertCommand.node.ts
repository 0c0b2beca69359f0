/** convert: a project to the files of other editors and back. */
import { existsSync } from 'node:fs';
import { lstat, mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, extname, resolve } from 'node:path';
import type { Command } from 'commander';
import { FailureError } from '../../contract/errors.ts';
import { sentence } from '../../contract/sentence.ts';
import {
  InterchangeError,
  exportOtio,
  importOtioWithNotices,
  patchedClips,
  type KnownMedia,
} from '../../document/interchange/otio.ts';
import type { MediaItem, ProjectDocument } from '../../document/schema.ts';
import { addBackup, writeSnapshot } from '../../disk/projectFile.node.ts';
import { parseTimecode } from '../../time/timecode.ts';
import { projectFolder, projectSuffix } from '../../disk/projectFolder.node.ts';
import { errorCode, fsFailure, nodeFs } from '../../disk/projectFs.node.ts';
import { guardProjects } from '../../disk/keptFiles.node.ts';
import { guardOutputs, makeOutput } from '../../disk/outputGuard.node.ts';
import { decodeText } from '../../disk/textBytes.ts';
import { removeLeft } from '../../disk/wholeFile.node.ts';
import { recoverProject } from '../../disk/recoverProject.node.ts';
import type { MediaService } from '../../engine/services.node.ts';
import { enginePaths } from '../paths.node.ts';
import { withEngine } from '../localEngine.node.ts';
import { runCommand, type CommandContext, type CommandOutcome } from './runCommand.node.ts';

type Conversion = (input: string, output: string, context: CommandContext) => Promise<void>;

/** From ending to ending. */
const conversions: Readonly<Record<string, Conversion>> = {
  [`${projectSuffix} .otio`]: projectToOtio,
  [`.otio ${projectSuffix}`]: otioToProject,
};

/** Adds `framewright convert`, between projects and OpenTimelineIO. */
export function addConvertCommand(program: Command): void {
  program
    .command('convert <input>')
    .description('.fwproj to .otio (OpenTimelineIO) and back')
    .requiredOption('-o, --output <file>', 'where the result goes')
    .option('--json', 'print one JSON object')
    .action((input: string, options: { output: string; json?: boolean }) =>
      runCommand(options.json === true, (context) => convert(resolve(input), resolve(options.output), context)),
    );
}

async function convert(input: string, output: string, context: CommandContext): Promise<CommandOutcome> {
  const pair = `${extname(input).toLowerCase()} ${extname(output).toLowerCase()}`;
  const conversion = conversions[pair];
  if (!conversion) {
    const known = Object.keys(conversions).map((key) => key.replace(' ', ' to '));
    throw new FailureError(
      'unsupported',
      `${basename(input)} cannot be converted into ${basename(output)}; supported: ${known.join(' and ')}.`,
      input,
    );
  }
  if (!existsSync(input))
    throw new FailureError('notFound', sentence('file.missing', { path: basename(input) }), input);
  await conversion(input, output, context);
  return { answer: { outputPath: output }, text: output };
}

/** Reads without locking: an editor may have the project open; what its journal holds by now is converted. */
async function projectToOtio(input: string, output: string, context: CommandContext): Promise<void> {
  const { document, notices } = await recoverProject(nodeFs, projectFolder(input));
  for (const { text } of notices) context.notice(text);
  const guard = await guardProjects([{ document, folder: input }], enginePaths().cache);
  await guard.check(output);
  const text = exportOtio(document, document.activeSequenceId, input);
  const others = Object.keys(document.sequences).length - 1;
  if (others > 0) context.notice(`An .otio file holds one sequence: ${others} other of ${document.name} stayed out.`);
  const patched = patchedClips(document, document.activeSequenceId);
  if (patched.length > 0)
    context.notice(
      'OpenTimelineIO cannot describe masked edits, which are laid over footage: other programs show ' +
        `${patched.map((clip) => `'${clip.name}'`).join(', ')} without them. Render to keep them in the picture.`,
    );
  await makeOutput({ path: output, guard }, (to) => writeFile(to, text));
}

async function otioToProject(input: string, output: string, context: CommandContext): Promise<void> {
  if (await lstat(output).catch(() => null)) throw alreadyThere(output);
  await guardOutputs([{ path: input, as: 'input' }]).check(output);
  const bytes = await readFile(input).catch((error: unknown) => {
    throw fsFailure(error, input, 'read');
  });
  const text = decodeText(bytes);
  const paths = Object.values(readOtio(text, input).document.media).map(({ path }) => path);
  const looked = await withEngine((engine) => lookAtMedia(new Set(paths), engine.media, context));
  const { document, notices } = readOtio(text, input, looked);
  for (const sentence of notices) context.notice(sentence);
  const media = Object.values(document.media).map((item) => {
    const found = looked.get(item.path)?.item;
    return [item.id, found ? { ...found, id: item.id, name: item.name } : item] as const;
  });
  const name = basename(output, projectSuffix);
  await writeProject(output, { ...document, name, media: Object.fromEntries(media) });
}

function readOtio(text: string, path: string, known?: ReadonlyMap<string, KnownMedia>) {
  try {
    return importOtioWithNotices(text, basename(path), { baseFolder: dirname(path), known });
  } catch (error) {
    if (error instanceof InterchangeError) throw new FailureError(error.code, error.message, path);
    throw error;
  }
}

interface LookedAt extends KnownMedia {
  readonly item: MediaItem;
}

/** What the files themselves say takes the place of what the timeline says of them; the others stay missing. */
async function lookAtMedia(
  paths: ReadonlySet<string>,
  media: MediaService,
  context: CommandContext,
): Promise<ReadonlyMap<string, LookedAt>> {
  const looked = new Map<string, LookedAt>();
  for (const path of paths) {
    // the timeline names no file: its importer says so
    if (path === '') continue;
    if (!existsSync(path)) {
      context.notice(`${path} is not there; the project shows it as missing until it is found.`);
      continue;
    }
    try {
      const { details, ...item } = await media.probe(path);
      const { timecode } = details;
      const rate = item.video?.rate ?? { num: 25, den: 1 };
      const timecodeTicks = typeof timecode === 'string' ? parseTimecode(timecode, rate) : null;
      looked.set(path, { item, timecodeTicks, durationTicks: item.durationTicks });
    } catch (error) {
      if (!(error instanceof FailureError)) throw error;
      context.notice(error.message);
    }
  }
  return looked;
}

function alreadyThere(path: string): FailureError {
  return new FailureError('notWritable', `${basename(path)} already exists; a project is never overwritten.`, path);
}

async function writeProject(path: string, document: ProjectDocument): Promise<void> {
  const folder = projectFolder(path);
  try {
    await mkdir(dirname(path), { recursive: true });
    await mkdir(path);
  } catch (error) {
    throw errorCode(error) === 'EEXIST' ? alreadyThere(path) : fsFailure(error, path, 'created');
  }
  try {
    await mkdir(folder.takes);
    await addBackup(nodeFs, folder, 0, document);
    await writeSnapshot(nodeFs, folder, 0, document);
  } catch (error) {
    await removeLeft(path);
    throw fsFailure(error, path, 'created');
  }
}
