/**
 * Media and render service over a document in memory: the engine's rendering half, without project folder, queue or
 * host.
 */
import { join } from 'node:path';
import { CacheFolder } from '../../../disk/cacheFolder.node.ts';
import { createMediaService, type MediaRoom } from '../../media/mediaService.node.ts';
import { openMachineTimes } from '../../estimates/machineTimes.node.ts';
import { createRenderService } from '../renderService.node.ts';
import type { JobContext, RenderService } from '../../services.node.ts';
import type { ProjectDocument, Take } from '../../../document/schema.ts';

export interface RenderAlone {
  readonly media: MediaRoom;
  readonly render: RenderService;
  readonly projectId: string;
}

/** `folder` gets cache/ and takes/; `assets` is the repository's assets/. */
export function renderAlone(document: ProjectDocument, folder: string, assets: string): RenderAlone {
  const cache = new CacheFolder(join(folder, 'cache'));
  const quiet = () => undefined;
  const projects = {
    document: () => document,
    folder: () => folder,
    allOpen: () => [{ document, folder }],
    takePath: (_projectId: string, take: Take) => join(folder, 'takes', take.file),
  };
  const media = createMediaService({
    projects,
    cache,
    emit: quiet,
    logger: { info: quiet, warn: quiet, error: quiet },
  });
  const render = createRenderService({
    projects,
    cache,
    media,
    times: openMachineTimes(folder),
    assets,
    appVersion: 'test',
  });
  return { media, render, projectId: document.id };
}

export interface RecordedContext extends JobContext {
  readonly notices: string[];
  readonly fractions: number[];
}

export function recordedContext(signal: AbortSignal = new AbortController().signal): RecordedContext {
  const notices: string[] = [];
  const fractions: number[] = [];
  const quiet = () => undefined;
  return {
    jobId: 'job',
    attempt: 1,
    signal,
    logger: { info: quiet, warn: quiet, error: quiet },
    notices,
    fractions,
    report: ({ fraction }) => fractions.push(fraction),
    notice: ({ text }) => notices.push(text),
    setDevice: quiet,
  };
}
