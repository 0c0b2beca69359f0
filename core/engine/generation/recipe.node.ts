/** The recipe: all that is needed to make a take again, and to know whether it would come out the same. */
import { text } from '../../ffmpeg/filterValue.ts';
import type { OutputOption } from '../../ffmpeg/option.ts';
import { createHash } from 'node:crypto';
import type { PackManifest } from '../../../models/families/pack.ts';
import { parametersOf } from '../../actions/materials.ts';
import type { ResolvedRequest, SourceFile } from './resolved.ts';
import type { ModelRun } from './runModel.node.ts';
import { deviceName } from '../inference/providerNames.ts';
import { wordsOf } from './wordLists.ts';

/** 2: `request` and `parameters` hold what the action takes, and nothing else. */
export const recipeVersion = 2;

export interface RecipeParts {
  readonly resolved: ResolvedRequest;
  readonly manifest: PackManifest;
  readonly run: ModelRun;
  readonly requestHash: string;
  /** What played the music, and whether the user chose it; null = no music. */
  readonly instruments:
    | { readonly kind: 'soundFont'; readonly name: string; readonly sha256: string; readonly chosen: boolean }
    | { readonly kind: 'builtIn' }
    | null;
  readonly appVersion: string;
  readonly runtimeVersion: string;
  readonly notices: readonly string[];
}

export function makeRecipe(parts: RecipeParts): Record<string, unknown> {
  const { resolved, manifest, run } = parts;
  const { request, mask } = resolved;
  const input = (
    role: string,
    file: SourceFile,
    range: { startTicks: number; durationTicks?: number },
  ): Record<string, unknown> => ({ role, name: file.name, contentKey: file.contentKey, ...range });
  // the mask's picture stands in the request; its hash is what two recipes are compared by
  const maskText = mask === null ? null : mask.kind === 'drawn' ? JSON.stringify(mask.mask) : mask.file.contentKey;
  return {
    recipeVersion,
    createdAt: new Date().toISOString(),
    action: request.action,
    prompt: resolved.part?.prompt || request.prompt,
    rewrittenPrompt: run.result.rewrittenPrompt,
    ...wordsOf(run.result),
    seed: request.seed,
    parameters: parametersOf(request),
    ...(resolved.part
      ? {
          part: {
            startTicks: resolved.part.startTicks,
            durationTicks: resolved.part.durationTicks,
            prompt: resolved.part.prompt,
            parentTakeId: resolved.parentTakeId,
            rootPrompt: resolved.part.rootPrompt,
            rootSeed: resolved.part.rootSeed,
          },
        }
      : {}),
    ...(parts.instruments === null ? {} : { instruments: parts.instruments }),
    request,
    requestHash: parts.requestHash,
    pack: {
      id: manifest.id,
      version: manifest.version,
      files: manifest.files.map(({ path, sha256 }) => ({ path, sha256 })),
    },
    inputs: [
      ...(resolved.part
        ? [
            input('part', resolved.part.file, {
              startTicks: resolved.part.startTicks,
              durationTicks: resolved.part.durationTicks,
            }),
          ]
        : []),
      ...(resolved.source
        ? [
            input('source', resolved.source.file, {
              startTicks: resolved.source.startTicks,
              durationTicks: resolved.source.durationTicks,
            }),
          ]
        : []),
      ...(resolved.firstFrame
        ? [input('firstFrame', resolved.firstFrame.file, { startTicks: resolved.firstFrame.ticks })]
        : []),
      ...(resolved.lastFrame
        ? [input('lastFrame', resolved.lastFrame.file, { startTicks: resolved.lastFrame.ticks })]
        : []),
      ...resolved.references.map((picture) => input('reference', picture.file, { startTicks: picture.ticks })),
    ],
    inputKeys: resolved.inputKeys,
    maskSha256: maskText === null ? null : createHash('sha256').update(maskText).digest('hex'),
    parentTakeId: resolved.parentTakeId,
    versions: {
      app: parts.appVersion,
      onnxruntime: parts.runtimeVersion,
      node: process.versions.node,
      provider: run.provider,
      device: deviceName(run.provider),
      platform: `${process.platform}-${process.arch}`,
    },
    seconds: run.times,
    notices: parts.notices,
  };
}

/** Options that put the recipe into a file. The mask's picture is left out: it may be megabytes. */
export function recipeMetadata(recipe: Record<string, unknown>): readonly OutputOption[] {
  const app = String((recipe['versions'] as { app?: string } | undefined)?.app ?? '');
  return [
    ['metadata', text(`comment=${recipeText(recipe)}`)],
    ['metadata', text(`encoder=Framewright ${app}`)],
  ];
}

/** The recipe as it is embedded in files: JSON without pictures. */
export function recipeText(recipe: Record<string, unknown>): string {
  return JSON.stringify({ framewright: recipe }, (key, value: unknown) => (key === 'png' ? undefined : value));
}
