/** The recipe: everything needed to make a take again, and to know whether the result would be the same. */
import { text } from '../../ffmpeg/filterValue.ts';
import type { OutputOption } from '../../ffmpeg/option.ts';
import { createHash } from 'node:crypto';
import type { PackManifest } from '../../../models/families/pack.ts';
import { parametersOf } from '../../actions/materials.ts';
import type { ResolvedRequest, SourceFile } from './resolved.ts';
import type { ModelRun } from './runModel.node.ts';
import { deviceName } from '../inference/providerNames.ts';
import { wordsOf } from './wordLists.ts';

/** Version 2: `request` and `parameters` hold only what the action takes. */
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

/** The recipe of a finished take, as plain JSON. */
export function makeRecipe(parts: RecipeParts): Record<string, unknown> {
  const { resolved, manifest, run } = parts;
  const { request, mask } = resolved;
  // the mask's picture is part of the request; its hash lets two recipes be compared
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
    ...partOf(resolved),
    ...(parts.instruments === null ? {} : { instruments: parts.instruments }),
    request,
    requestHash: parts.requestHash,
    pack: {
      id: manifest.id,
      version: manifest.version,
      files: manifest.files.map(({ path, sha256 }) => ({ path, sha256 })),
    },
    inputs: inputsOf(resolved),
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

/** Which part of a stem was regenerated, and how the whole was made. */
function partOf({ part, parentTakeId }: ResolvedRequest): Record<string, unknown> {
  if (!part) return {};
  const { startTicks, durationTicks, prompt, rootPrompt, rootSeed } = part;
  return { part: { startTicks, durationTicks, prompt, parentTakeId, rootPrompt, rootSeed } };
}

/** Every file the take was made from, by role, with the time range that was used. */
function inputsOf({ part, source, firstFrame, lastFrame, references }: ResolvedRequest): Record<string, unknown>[] {
  const file = (role: string, { name, contentKey }: SourceFile) => ({ role, name, contentKey });
  const range = (role: string, used: { file: SourceFile; startTicks: number; durationTicks: number }) => ({
    ...file(role, used.file),
    startTicks: used.startTicks,
    durationTicks: used.durationTicks,
  });
  const picture = (role: string, used: { file: SourceFile; ticks: number }) => ({
    ...file(role, used.file),
    startTicks: used.ticks,
  });
  return [
    ...(part ? [range('part', part)] : []),
    ...(source ? [range('source', source)] : []),
    ...(firstFrame ? [picture('firstFrame', firstFrame)] : []),
    ...(lastFrame ? [picture('lastFrame', lastFrame)] : []),
    ...references.map((each) => picture('reference', each)),
  ];
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
