/** Filmstrips of the engine: a JPEG of tiles and a JSON with their layout. */
import type { FilmstripInfo } from '../../../../core/contract/contract.ts';
import { createLoadedCache } from './loaded.ts';
import { peaksFromBytes, type Peaks } from './peaks.ts';

export interface Filmstrip {
  readonly info: FilmstripInfo;
  readonly image: ImageBitmap;
}

/** `x.jpg?token=..` has its description at `x.jpg.json?token=..` or `x.json?token=..`: the extension is replaced. */
export function filmstripInfoUrl(url: string): string {
  const [path, query] = url.split('?', 2) as [string, string | undefined];
  const json = path.replace(/\.[a-z]+$/i, '.json');
  return query === undefined ? json : `${json}?${query}`;
}

async function loadFilmstrip(url: string): Promise<Filmstrip> {
  const [picture, description] = await Promise.all([fetch(url), fetch(filmstripInfoUrl(url))]);
  if (!picture.ok || !description.ok)
    throw new Error(`The filmstrip ${url} answered ${picture.status}, its description ${description.status}.`);
  const info = (await description.json()) as FilmstripInfo;
  return { info, image: await createImageBitmap(await picture.blob()) };
}

/** A still as a filmstrip of one tile: the same picture all along. */
async function loadPoster(url: string): Promise<Filmstrip> {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`The picture ${url} answered ${answer.status}.`);
  const image = await createImageBitmap(await answer.blob());
  return { info: { count: 1, columns: 1, intervalTicks: 1, tileWidth: image.width, tileHeight: image.height }, image };
}

async function loadPeaks(url: string): Promise<Peaks> {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`The peaks ${url} answered ${answer.status}.`);
  return peaksFromBytes(new Int8Array(await answer.arrayBuffer()));
}

// a filmstrip bitmap may take some 10 MB: keep those of a screenful of sources
/** Filmstrips by URL, the 48 used last. */
export const filmstrips = createLoadedCache(loadFilmstrip, 48);
/** Poster frames by URL, the 48 used last. */
export const posters = createLoadedCache(loadPoster, 48);
/** Waveform peaks by URL, the 64 used last. */
export const peakFiles = createLoadedCache(loadPeaks, 64);
