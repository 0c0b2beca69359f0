/**
 * A film that takes long is encoded piece by piece, and whole pieces are kept until all of it is there: a job that is
 * cancelled, or whose process dies, goes on after the last of them. The pieces are always as long, so the film is the
 * same whether or not it was made in one go.
 */
import { readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FailureError } from '../../contract/errors.ts';
import { removeLeftovers } from '../../disk/wholeFile.node.ts';
import { concatList, type JoinedFile } from '../../ffmpeg/concatList.ts';
import { FilterGraph } from '../../ffmpeg/filterGraph.ts';
import type { OutputFormat } from '../../ffmpeg/option.ts';
import { requireFrames } from '../../ffmpeg/requireFrames.node.ts';
import { runFfmpeg, type FfmpegResult } from '../../ffmpeg/run.node.ts';
import type { Rate } from '../../time/ticks.ts';

/** Where the pieces of one film are, and how long each is but the last. */
export interface FilmPieces {
  readonly folder: string;
  readonly framesEach: number;
}

/** A piece that begins with frame `first`. */
export function pieceName(first: number, count: number, format: OutputFormat): string {
  return `piece-${String(first).padStart(7, '0')}-${count}.${format === 'mp4' ? 'mp4' : 'mkv'}`;
}

/**
 * The pieces that are there, from the film's first frame on; what a dead process left half-written is removed. All are
 * removed where one is no film of its length or no file: the film would fail at its end, now and at each later attempt.
 */
export async function keptPieces(
  pieces: FilmPieces,
  film: { readonly frameCount: number; readonly rate: Rate; readonly format: OutputFormat },
): Promise<JoinedFile[]> {
  const { folder, framesEach } = pieces;
  await removeLeftovers(folder);
  const found = await readdir(folder, { withFileTypes: true });
  if (found.some((entry) => !entry.isFile())) return forgotten();
  const names = new Set(found.map(({ name }) => name));
  const kept: JoinedFile[] = [];
  for (let first = 0; first + framesEach <= film.frameCount; first += framesEach) {
    const name = pieceName(first, framesEach, film.format);
    if (!names.has(name)) break;
    kept.push({ name, frameCount: framesEach });
  }
  if (kept.length === 0 || (await areWhole(folder, kept, film.rate))) return kept;
  return forgotten();

  async function forgotten(): Promise<[]> {
    await forgetPieces(pieces);
    return [];
  }
}

/** Reads them as they will be joined, without decoding. */
async function areWhole(folder: string, files: readonly JoinedFile[], rate: Rate): Promise<boolean> {
  try {
    requireFrames(await copyJoined(folder, files, rate, null), countOf(files));
    return true;
  } catch (error) {
    if (error instanceof FailureError) return false;
    throw error;
  }
}

const countOf = (files: readonly JoinedFile[]): number => files.reduce((sum, { frameCount }) => sum + frameCount, 0);

/** Removes all pieces, and leaves the folder. */
export async function forgetPieces({ folder }: FilmPieces): Promise<void> {
  for (const name of await readdir(folder)) await rm(join(folder, name), { recursive: true, force: true });
}

/** Puts the pieces together without encoding them again. Throws FailureError as `runFfmpeg`. */
export async function joinPieces(
  { folder }: FilmPieces,
  files: readonly JoinedFile[],
  rate: Rate,
  to: { readonly path: string; readonly format: OutputFormat },
): Promise<void> {
  if (files.length === 1) return rename(join(folder, files[0]!.name), to.path).catch(() => copied());
  return copied();

  async function copied(): Promise<void> {
    requireFrames(await copyJoined(folder, files, rate, to), countOf(files));
  }
}

/** `to` null: written nowhere. */
async function copyJoined(
  folder: string,
  files: readonly JoinedFile[],
  rate: Rate,
  to: { readonly path: string; readonly format: OutputFormat } | null,
): Promise<FfmpegResult> {
  const list = join(folder, 'pieces.txt');
  // a list that is there may be a link
  await rm(list, { recursive: true, force: true });
  await writeFile(list, concatList(files, rate), { flag: 'wx' });
  const graph = new FilterGraph();
  const picture = graph.open({ path: list, format: 'concat' }).first('video');
  return runFfmpeg({
    graph,
    outputs: [
      { to: to?.path ?? null, streams: [picture], format: to?.format ?? 'matroska', options: [['c:v', 'copy']] },
    ],
    about: to?.path ?? list,
  });
}
