/** The engine's side of films that can be continued: a later attempt at the same film goes on where one ended. */
import { createHash } from 'node:crypto';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { sentence } from '../../contract/sentence.ts';
import type { MakerContext, MakerDependencies } from '../generation/made.ts';
import { beforeRecipe, reportShare } from '../inference/reportShare.ts';
import { leftByTheDead, newInstanceName } from '../instanceFolder.node.ts';
import type { EnhanceRun } from './enhance/enhanceRun.ts';
import type { InterpolateRun } from './interpolate/interpolateRun.ts';
import type { FootageMethod } from './methods.ts';
import { runFootage } from './runFootage.node.ts';

/** Tasks whose films are made in pieces. */
type FilmRun = InterpolateRun | EnhanceRun;

/** Folders that attempts of this process write into. */
const ownNames: string[] = [];

/**
 * Makes the film of a task. What a cancelled or broken attempt has made stays in the cache. Throws as `runFootage`, and
 * what the file system throws.
 */
export async function runFilm<T extends FilmRun>(
  run: T,
  scratchFolder: string,
  method: FootageMethod,
  dependencies: MakerDependencies,
  context: MakerContext,
) {
  // all that the film depends on; the scratch folder has another name in each attempt
  const inScratch = JSON.stringify(scratchFolder).slice(1, -1);
  const asked = JSON.stringify({ run, method, appVersion: dependencies.appVersion }).replaceAll(inScratch, '');
  const film = dependencies.cache.unfinishedFolder(createHash('sha256').update(asked).digest('hex'));
  const own = await claimFolder(film);
  try {
    const done = await runFootage(
      { ...run, piecesFolder: own.path },
      scratchFolder,
      dependencies,
      context,
      reportShare(context, beforeRecipe),
    );
    await rm(own.path, { recursive: true, force: true });
    const kept = 'kept' in done.result ? done.result.kept : 0;
    if (kept > 0) context.notice(sentence('generation.continued', { count: kept }));
    return done;
  } finally {
    own.release();
  }
}

/** What an attempt left that has ended, under a name of this one; else a new folder. */
async function claimFolder(film: string): Promise<{ readonly path: string; release(): void }> {
  const name = newInstanceName();
  ownNames.push(name);
  const path = join(film, name);
  const left = await leftByTheDead(film, ownNames);
  // of two attempts that begin at once, one gets it
  const taken = await Promise.any(left.map((folder) => rename(folder, path))).then(
    () => true,
    () => false,
  );
  if (!taken) await mkdir(path, { recursive: true });
  return { path, release: () => void ownNames.splice(ownNames.indexOf(name), 1) };
}
