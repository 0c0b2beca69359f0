/** What the models screen shows of a pack. */
import { realpath } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { FootageFamily, PackManifest } from '../../../models/families/pack.ts';
import { canUpscale, upscaleFactor } from '../../../models/families/video/upscale.ts';
import type { PackInfo } from '../../contract/contract.ts';
import { isInside } from '../../disk/plainFile.node.ts';
import { joinProblems } from './problems.ts';
import { readPackText } from './readPackText.node.ts';
import { sizeProblems } from './checkFiles.node.ts';
import { stageSize } from '../stage/stageRun.ts';
import type { FoundPack, LoadedPack } from './scanPacks.node.ts';

/** File sizes are checked, hashes are not: this is asked for every time the screen opens. */
export async function describePack(found: FoundPack): Promise<PackInfo> {
  return found.pack ? describeLoaded(found.pack) : describeBroken(found);
}

function describeBroken({ folder, builtIn, problem }: FoundPack): PackInfo {
  const id = basename(folder);
  return {
    id,
    name: id,
    version: '',
    licence: '',
    sizeBytes: 0,
    memoryBytes: 0,
    families: [],
    can: [],
    cannot: [],
    card: '',
    builtIn,
    problem,
    video: null,
    soundtrack: null,
    footage: null,
  };
}

async function describeLoaded({ manifest, folder, builtIn }: LoadedPack): Promise<PackInfo> {
  const soundtrack = manifest.families.find((family) => family.family === 'soundtrack');
  const words = manifest.families.find((family) => family.family === 'words');
  const footage = manifest.families.find((family) => family.family === 'footage');
  return {
    id: manifest.id,
    name: manifest.name,
    version: manifest.version,
    licence: manifest.licence,
    sizeBytes: manifest.files.reduce((sum, file) => sum + file.sizeBytes, 0),
    memoryBytes: manifest.memoryBytes,
    families: manifest.families.map((family) => family.family),
    can: manifest.can,
    cannot: manifest.cannot,
    card: await cardOf(folder),
    builtIn,
    problem: joinProblems(await sizeProblems(folder, manifest)),
    video: describeVideo(manifest),
    soundtrack: soundtrack ? { defaultSteps: soundtrack.scheduler.defaultSteps } : null,
    footage: footage ? describeFootage(footage) : null,
    ...(words ? { words: { languages: words.languages } } : {}),
  };
}

function describeFootage({ graphs }: FootageFamily): PackInfo['footage'] {
  const { denoiseSpeechEncoder, denoiseSpeechGains, denoiseSpeechFilters } = graphs;
  return {
    smooth: graphs.between !== undefined,
    upscale: graphs.upscale2x !== undefined && graphs.upscale2xDenoise1 !== undefined,
    cleanSpeech: [denoiseSpeechEncoder, denoiseSpeechGains, denoiseSpeechFilters].every((graph) => graph !== undefined),
  };
}

/** '' for a card that is not there, or that leads out of the pack. */
async function cardOf(folder: string): Promise<string> {
  const path = join(folder, 'CARD.md');
  const [root, real] = await Promise.all([realpath(folder), realpath(path).catch(() => null)]);
  if (real === null || !isInside(root, real)) return '';
  const read = await readPackText(path);
  return typeof read === 'string' ? '' : read.text;
}

function describeVideo(manifest: PackManifest): PackInfo['video'] {
  const video = manifest.families.find((family) => family.family === 'video');
  if (!video) return null;
  return {
    width: video.width,
    height: video.height,
    fps: video.fps,
    maxFrames: video.maxFrames,
    defaultSteps: video.scheduler.defaultSteps,
    upscale: canUpscale(video) ? upscaleFactor : null,
    ...(video.figures ? { drawn: stageSize } : {}),
  };
}
