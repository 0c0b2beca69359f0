/** Removals as the engine makes them, on tiny films in a folder of their own. The child's code runs in this process. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { VideoRequest } from '../../../../actions/actions.ts';
import { sampleOf } from '../../../../actions/testing/sampleRequests.ts';
import { keysOfName } from '../../../../disk/cacheFolder.node.ts';
import type { Made, MakerContext, MakerDependencies } from '../../../generation/made.ts';
import type { ResolvedMask, ResolvedRequest, SourceFile } from '../../../generation/resolved.ts';
import type { FootageRun } from '../../../inference/protocol.ts';
import { plainSource } from '../../../media/locateSource.node.ts';
import { probeFile } from '../../../media/probe.node.ts';
import { runFootageTask } from '../../runFootageTask.node.ts';
import { makeRemoval } from '../makeRemoval.node.ts';

/** A folder, and removals in it. */
export interface RemovalRoom {
  at(name: string): string;
  file(name: string): Promise<SourceFile>;
  /** `growPx`: as the request has it. Throws what `makeRemoval` throws. */
  remove(
    source: SourceFile,
    mask: ResolvedMask,
    growPx?: number,
  ): Promise<{ readonly made: Made; readonly notices: readonly string[] }>;
  close(): Promise<void>;
}

/** The rooms of the engine, as far as footage needs them: the child’s code runs in this process. */
export const dependencies = {
  appVersion: '0',
  providers: { threads: 1, runtimeVersion: '0' },
  inference: {
    run: async (run: FootageRun, { scratchFolder, threads }: { scratchFolder: string; threads: number }) => ({
      result: {
        family: 'footage',
        ...(await runFootageTask(run, {
          ...{ scratchFolder, threads, checkCancelled: () => undefined, report: () => undefined },
          readerOf: () => {
            throw new Error('removal reads no pack');
          },
        })),
      },
      times: { stepSeconds: 0, codingSeconds: 0, loadSeconds: 0 },
    }),
  },
} as unknown as MakerDependencies;

/** A job’s context that keeps what is said. */
export function contextOf(notices: string[]): MakerContext {
  return {
    signal: new AbortController().signal,
    notice: ({ text }) => void notices.push(text),
    setDevice: () => undefined,
    report: () => undefined,
  };
}

function requestOf(source: SourceFile, mask: ResolvedMask, growPx: number): ResolvedRequest<VideoRequest> {
  const { durationTicks } = source.facts;
  const request = {
    ...sampleOf('inpaint'),
    edit: 'remove' as const,
    growPx,
    source: { kind: 'media' as const, id: 'm', startTicks: 0, durationTicks },
  };
  return {
    ...{ request, origin: 'footage', source: { file: source, startTicks: 0, durationTicks }, mask },
    ...{ firstFrame: null, lastFrame: null, references: [], renderPicture: null, inputKeys: ['film'] },
    ...{ sourceOffsetTicks: 0, parentTakeId: null },
  };
}

/** Opens a room. */
export async function openRemovalRoom(): Promise<RemovalRoom> {
  const folder = await mkdtemp(join(tmpdir(), 'fw-removal-'));
  const at = (name: string): string => join(folder, name);
  return {
    at,
    file: async (name) => ({
      ...plainSource({ path: at(name), facts: await probeFile(at(name)), ...keysOfName(at(name)) }),
      name,
    }),
    remove: async (source, mask, growPx = 0) => {
      const notices: string[] = [];
      const own = await mkdtemp(join(folder, 'take-'));
      const options = { size: null, picture: false, folder: own };
      const method = { id: 'plate', version: 3 } as const;
      const made = await makeRemoval(
        requestOf(source, mask, growPx),
        method,
        dependencies,
        contextOf(notices),
        options,
      );
      return { made, notices };
    },
    close: () => rm(folder, { recursive: true, force: true }),
  };
}
