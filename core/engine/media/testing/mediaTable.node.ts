/** The files of a folder, imported (and, on request, cached) one by one, against the folder's manifest.json. */
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createProject } from '../../../document/create.ts';
import type { MediaItem } from '../../../document/schema.ts';
import { secondsFromTicks } from '../../../time/ticks.ts';
import { recordedContext, renderAlone } from '../../render/testing/renderAlone.node.ts';
import { FailureError } from '../../../contract/errors.ts';
import type { ManifestEntry } from './ownMedia.node.ts';

/** What became of one file. */
export interface MediaRow {
  readonly file: string;
  readonly outcome: 'imported' | 'refused';
  /** Facts, or the sentence of the refusal. */
  readonly what: string;
  /** How it is played: 'original', 'proxy: why', or what failed. */
  readonly played: string;
  /** What contradicts the manifest; empty = right. */
  readonly wrong: readonly string[];
}

/** ../shared/media beside the project, seen from the sources or from a bundle in node_modules. */
export function sharedMedia(): string | null {
  for (let folder = dirname(fileURLToPath(import.meta.url)); dirname(folder) !== folder; folder = dirname(folder)) {
    const media = join(folder, 'shared/media');
    if (existsSync(join(media, 'manifest.json'))) return media;
  }
  return null;
}

/** `withCache` makes proxies, peaks and strips too, in `workFolder`. */
export async function mediaTable(
  media: string,
  workFolder: string,
  assets: string,
  withCache: boolean,
  onRow?: (row: MediaRow) => void,
): Promise<MediaRow[]> {
  const manifest = JSON.parse(readFileSync(join(media, 'manifest.json'), 'utf8')) as ManifestEntry[];
  mkdirSync(workFolder, { recursive: true });
  const document = createProject('Table');
  const alone = renderAlone(document, workFolder, assets);
  const { imported, refused } = await alone.media.import(
    document.id,
    manifest.map((entry) => join(media, entry.file)),
  );
  const rows: MediaRow[] = [];
  for (const entry of manifest) {
    const path = join(media, entry.file);
    const item = imported.find((each) => each.path === path);
    const refusal = refused.find((each) => each.path === path);
    let row: MediaRow;
    if (item) {
      document.media[item.id] = item;
      row = {
        file: entry.file,
        outcome: 'imported',
        what: factsText(item),
        played: withCache ? await playedAs(alone, document.id, item) : '',
        wrong: contradictions(entry, item),
      };
    } else {
      row = {
        file: entry.file,
        outcome: 'refused',
        what: refusal?.message ?? 'no answer',
        played: '',
        wrong: refusalContradictions(entry, refusal?.code ?? 'none'),
      };
    }
    rows.push(row);
    onRow?.(row);
  }
  return rows;
}

async function playedAs(
  { media }: ReturnType<typeof renderAlone>,
  projectId: string,
  item: MediaItem,
): Promise<string> {
  try {
    await media.runMediaCache({ kind: 'mediaCache', projectId, mediaId: item.id }, recordedContext());
  } catch (error) {
    if (!(error instanceof FailureError)) throw error;
    return `FAILED: ${error.message}`;
  }
  const [assets] = await media.assets(projectId, [item.id]);
  const parts = [assets!.peaksUrl && 'peaks', assets!.filmstripUrl && 'filmstrip', assets!.posterUrl && 'poster']
    .filter(Boolean)
    .join(', ');
  const proxy = assets!.proxyUrl ? `proxy (${assets!.proxyReason})` : 'NOT PLAYABLE';
  return `${assets!.originalPlayable ? 'original' : proxy}; ${parts}`;
}

function factsText(item: MediaItem): string {
  const { video } = item;
  const fps = video && item.kind === 'video' ? ` ${(video.rate.num / video.rate.den).toFixed(2)} fps` : '';
  const picture = video && `${video.width}x${video.height}${fps} ${video.codec}`;
  const sound = item.audio && `${item.audio.codec} ${item.audio.sampleRateHz} Hz x${item.audio.channels}`;
  return [item.kind === 'image' ? 'still' : `${secondsFromTicks(item.durationTicks).toFixed(2)} s`, picture, sound]
    .filter(Boolean)
    .join(', ');
}

/** Files that hold no picture or sound. */
function shouldBeRefused(entry: ManifestEntry): boolean {
  return entry.streams.length === 0;
}

/** Files whose end is missing: imported as far as they go, or refused where the index is what is missing. */
function isTruncated(entry: ManifestEntry): boolean {
  return /TRUNCATED/.test(entry.note);
}

function refusalContradictions(entry: ManifestEntry, code: string): string[] {
  if (!shouldBeRefused(entry) && !isTruncated(entry))
    return [`refused (${code}), but the manifest has ${entry.streams.join(', ')}`];
  const expected = entry.refusal ?? (/\.(srt|ssa|vtt|heic)$/.test(entry.file) ? 'unsupported' : 'damaged');
  return code === expected ? [] : [`refused as '${code}', not as '${expected}'`];
}

function contradictions(entry: ManifestEntry, item: MediaItem): string[] {
  if (shouldBeRefused(entry)) return ['imported, but should have been refused'];
  const wrong: string[] = [];
  // 'video h264 1280 720 yuv420p 30000/1001', 'audio aac 2'; cover art of sound files is no picture
  const picture = entry.streams.find((stream) => stream.startsWith('video'))?.split(' ');
  const sound = entry.streams.find((stream) => stream.startsWith('audio'))?.split(' ');
  const isCover = /cover art/.test(entry.note);
  if (picture && !isCover) {
    const codec = picture[1] === 'mjpeg' && item.kind === 'image' ? 'jpeg' : picture[1];
    if (item.video?.codec !== codec) wrong.push(`codec ${item.video?.codec}, not ${codec}`);
    const sides = [Number(picture[2]), Number(picture[3])];
    const shown = item.video ? [item.video.width, item.video.height] : [];
    const turned = (item.video?.rotationDegrees ?? 0) % 180 !== 0;
    const upright = turned ? sides.toReversed() : sides;
    // the manifest has the coded size only
    const oblong = /SAR|321x181/.test(entry.note) || entry.file === 'mb_no-initial-keyframe.ts';
    if (!oblong && shown.join('x') !== upright.join('x'))
      wrong.push(`size ${shown.join('x')}, not ${upright.join('x')}`);
    if (oblong && shown[0]! * shown[1]! <= upright[0]! * upright[1]!)
      wrong.push(`oblong pixels not applied: ${shown.join('x')}`);
  } else if (item.video) wrong.push('a picture that the manifest has not');
  const channels = Number(sound?.[2] ?? 0);
  if ((item.audio?.channels ?? 0) !== channels) wrong.push(`${item.audio?.channels ?? 0} channels, not ${channels}`);
  const seconds = Number(entry.duration);
  const isShorter = secondsFromTicks(item.durationTicks) < seconds - 0.25;
  if (isTruncated(entry)) return isShorter ? wrong : [...wrong, `as long as announced: ${seconds} s`];
  if (item.kind !== 'image' && Math.abs(secondsFromTicks(item.durationTicks) - seconds) > 0.25)
    wrong.push(`${secondsFromTicks(item.durationTicks)} s, not ${seconds} s`);
  return wrong;
}

export function markdownTable(rows: readonly MediaRow[]): string {
  const cell = (text: string) => text.replaceAll('|', '\\|');
  const verdict = ({ wrong }: MediaRow) => (wrong.length === 0 ? 'right' : `WRONG: ${cell(wrong.join('; '))}`);
  const lines = rows.map(
    (row) => `| ${row.file} | ${row.outcome} | ${cell(row.what)} | ${cell(row.played)} | ${verdict(row)} |`,
  );
  return [
    '| file | outcome | facts or reason | played as | against the manifest |',
    '|---|---|---|---|---|',
    ...lines,
  ].join('\n');
}
