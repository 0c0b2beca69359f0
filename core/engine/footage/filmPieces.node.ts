/**
 * A film that takes long is encoded piece by piece, and whole pieces are kept until all of it is there: a job that is
 * cancelled, or whose process dies, goes on after the last of them. The pieces are always as long, so the film is the
 * same whether or not it was made in one go.
 */
import { readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { removeLeftovers } from '../../disk/wholeFile.node.ts';
import { concatList, type JoinedFile } from '../../ffmpeg/concatList.ts';
import { FilterGraph } from '../../ffmpeg/filterGraph.ts';
import type { OutputFormat } from '../../ffmpeg/option.ts';
import { requireFrames } from '../../ffmpeg/requireFrames.node.ts';
import { runFfmpeg } from '../../ffmpeg/run.node.ts';
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

/** The pieces that are there, from the film's first frame on; what a dead process left half-written is removed. */
export async function keptPieces({ folder, framesEach }: FilmPieces, format: OutputFormat): Promise<JoinedFile[]> {
  await removeLeftovers(folder);
  const names = new Set(await readdir(folder));
  const kept: JoinedFile[] = [];
  for (let first = 0; ; first += framesEach) {
    const name = pieceName(first, framesEach, format);
    if (!names.has(name)) return kept;
    kept.push({ name, frameCount: framesEach });
  }
}

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
    const list = join(folder, 'pieces.txt');
    await writeFile(list, concatList(files, rate));
    const graph = new FilterGraph();
    const picture = graph.open({ path: list, format: 'concat' }).first('video');
    const result = await runFfmpeg({
      graph,
      outputs: [{ to: to.path, streams: [picture], format: to.format, options: [['c:v', 'copy']] }],
      about: to.path,
    });
    requireFrames(
      result,
      files.reduce((sum, { frameCount }) => sum + frameCount, 0),
    );
  }
}
