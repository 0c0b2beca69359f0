/** Opens a project through a whole engine, as a window does, and asks for everything that its content reaches. */
import type { OpenedProject } from '../../../contract/contract.ts';
import { FailureError } from '../../../contract/errors.ts';
import type { LocalEngine } from '../../engine.node.ts';

/** What came of opening a project. */
export interface Outcome {
  /** null: refused. */
  readonly opened: OpenedProject | null;
  /** Sentences: why it was refused, what was repaired, and what could not be used. */
  readonly reasons: readonly string[];
  /** Errors that are not failures in words: bugs. */
  readonly bugs: readonly string[];
}

/** `generates`: also runs what the clips ask of the AI. Never throws: what is thrown is in the outcome. */
export async function openHostile(engine: LocalEngine, folder: string, generates = false): Promise<Outcome> {
  const reasons: string[] = [];
  const bugs: string[] = [];
  const ask = async <T>(what: string, work: () => Promise<T>): Promise<T | null> => {
    try {
      return await work();
    } catch (error) {
      if (error instanceof FailureError && error.failure.code !== 'internal') reasons.push(error.message);
      else bugs.push(`${what}: ${error instanceof Error ? error.stack : String(error)}`);
      return null;
    }
  };
  const opened = await ask('open', () => engine.handlers['project.open']({ folder }));
  if (opened) {
    reasons.push(...opened.notices.map(({ text }) => text));
    await askForEverything(engine, opened, ask, reasons);
    if (generates) await generate(engine, opened, ask);
    reasons.push(...(await failuresOfJobs(engine, opened.projectId)));
    bugs.push(...(await answersToEvilIds(engine, opened.projectId)));
    await editAndClose(engine, opened, ask);
  }
  return { opened, reasons, bugs };
}

type Ask = <T>(what: string, work: () => Promise<T>) => Promise<T | null>;

async function askForEverything(
  engine: LocalEngine,
  opened: OpenedProject,
  ask: Ask,
  reasons: string[],
): Promise<void> {
  const { projectId, document } = opened;
  const { handlers } = engine;
  for (const mediaId of Object.keys(document.media)) {
    const assets = await ask('assets', () => handlers['media.assets']({ projectId, mediaIds: [mediaId] }));
    reasons.push(...(assets ?? []).flatMap(({ problem }) => problem?.text ?? []));
  }
  for (const takeId of Object.keys(document.takes)) {
    const assets = await ask('takes', () => handlers['takes.assets']({ projectId, takeIds: [takeId] }));
    reasons.push(...(assets ?? []).flatMap(({ problem }) => problem?.text ?? []));
    await ask('recipe', () => handlers['takes.recipe']({ projectId, takeId }));
  }
  for (const sequence of Object.values(document.sequences)) {
    await ask('frame', () => handlers['render.frame']({ projectId, sequenceId: sequence.id, ticks: 0 }));
    for (const { generation } of sequence.tracks.flatMap((track) => track.clips)) {
      if (!generation) continue;
      const { request } = generation;
      await ask('hash', () => handlers['generation.hash']({ projectId, requests: [request] }));
      await ask('estimate', () => handlers['generation.estimate']({ projectId, request }));
    }
  }
  const files = ['original', 'proxy.mp4', 'facts.json', '..%2fproject.json', 'poster.jpg'];
  for (const room of ['media/film', 'takes/made1'])
    for (const file of files)
      await ask('address', () => engine.resolveFile(`/files/${encodeURIComponent(projectId)}/${room}/${file}`));
}

async function generate(engine: LocalEngine, { projectId, document }: OpenedProject, ask: Ask): Promise<void> {
  for (const clip of Object.values(document.sequences).flatMap(({ tracks }) => tracks.flatMap(({ clips }) => clips))) {
    if (!clip.generation) continue;
    const { request } = clip.generation;
    const spec = { kind: 'generation' as const, projectId, clipId: clip.id, request };
    await ask('generate', () => engine.handlers['jobs.submit']({ spec }));
  }
}

async function failuresOfJobs(engine: LocalEngine, projectId: string): Promise<string[]> {
  const jobs = await Promise.all(engine.jobs.list(projectId).map(({ id }) => engine.jobs.finished(id)));
  await engine.jobs.clear(jobs.map(({ id }) => id));
  return jobs.flatMap(({ failure }) => failure?.message ?? []);
}

async function editAndClose(engine: LocalEngine, { projectId, nextSeq }: OpenedProject, ask: Ask): Promise<void> {
  const patches = [{ op: 'replace' as const, path: ['name'], value: 'Renamed' }];
  const entry = { seq: nextSeq, kind: 'command' as const, label: 'renameProject', patches, inverse: [], target: null };
  await ask('append', () => engine.handlers['project.append']({ projectId, entries: [{ ...entry, at: 'now' }] }));
  await ask('close', () => engine.handlers['project.close']({ projectId }));
}

/** Ids that every object inherits name nothing. Returns those that something was found under. */
async function answersToEvilIds(engine: LocalEngine, projectId: string): Promise<string[]> {
  const found: string[] = [];
  for (const id of ['__proto__', 'constructor', '../x']) {
    const asked = [
      engine.media.assets(projectId, [id]),
      engine.media.takeAssets(projectId, [id]),
      engine.projects.readRecipe(projectId, id),
    ];
    for (const result of await Promise.allSettled(asked))
      if (result.status === 'fulfilled' || !(result.reason instanceof FailureError)) found.push(id);
  }
  return found;
}
