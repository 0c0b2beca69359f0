/** Where a result of the command line may be written. */
import { basename, dirname, extname, resolve } from 'node:path';
import { FailureError } from '../../contract/errors.ts';
import { sentence } from '../../contract/sentence.ts';
import { guardOutputs, type Kept, type OutputGuard } from '../../disk/outputGuard.node.ts';
import { requireWritableFolder } from '../../disk/wholeFile.node.ts';
import type { FileGeneration } from './fileGeneration.ts';
import { stemPath } from './finishFile.node.ts';

const endings: Readonly<Record<FileGeneration['action'], readonly string[]>> = {
  generate: ['.mp4', '.png'],
  inpaint: ['.mp4', '.mkv', '.png'],
  restyle: ['.mp4', '.mkv', '.png'],
  extend: ['.mp4', '.mkv'],
  bridge: ['.mp4', '.mkv'],
  smooth: ['.mp4', '.mkv'],
  soundtrack: ['.mp4', '.wav'],
  enhance: ['.mp4', '.mkv', '.png'],
  cutOut: ['.mkv', '.png'],
  cleanSpeech: ['.wav', '.mp4', '.mkv'],
};

/**
 * Before anything is made: can the result be written, under a name that says what it is? Returns the guard of what must
 * not be replaced: the inputs, one result by another, and `cacheFolder`.
 */
export async function checkOutput(request: FileGeneration, cacheFolder: string): Promise<OutputGuard> {
  const output = resolve(request.outputPath);
  const allowed = endings[request.action];
  if (!allowed.includes(extname(output).toLowerCase()))
    throw new FailureError(
      'badRequest',
      sentence('cli.wrongEnding', { name: basename(output), allowed: allowed.join(', ') }),
      output,
    );
  const kept: Kept[] = [
    ...inputsOf(request).map((path): Kept => ({ path: resolve(path), as: 'input' })),
    { path: cacheFolder, as: 'cache' },
  ];
  const guard = guardOutputs(kept);
  await guard.check(output);
  await requireWritableFolder(dirname(output));
  if (request.action === 'soundtrack' && request.stemsFolder !== null) {
    const { stemsFolder } = request;
    const beside = guardOutputs([...kept, { path: output, as: 'result' }]);
    for (const stem of request.stems) await beside.check(stemPath(stemsFolder, stem));
  }
  return guard;
}

/** Every file that a request reads. */
function inputsOf(request: FileGeneration): string[] {
  const paths = [
    ...('inputPath' in request ? [request.inputPath] : []),
    ...('nextPath' in request ? [request.nextPath] : []),
    ...('mask' in request && request.mask?.kind === 'file' ? [request.mask.path] : []),
    ...(request.action === 'generate'
      ? [request.firstFramePath, request.lastFramePath, ...request.referencePaths]
      : []),
    ...(request.action === 'soundtrack' ? [request.part?.stemPath ?? null] : []),
  ];
  return paths.filter((path) => path !== null);
}
