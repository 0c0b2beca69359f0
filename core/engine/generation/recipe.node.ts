/** The recipe: all that is needed to make a take again, and to know whether it would come out the same. */
import { text } from '../../ffmpeg/filterValue.ts';
import type { OutputOption } from '../../ffmpeg/option.ts';
import { createHash } from 'node:crypto';
import type { PackManifest } from '../../../models/families/pack.ts';
import { parametersOf } from '../../actions/materials.ts';
import type { ResolvedRequest, SourceFile } from './resolved.ts';
import type { StageTimes } from '../inference/stageClock.ts';
import type { FootageMethod } from '../footage/methods.ts';
import type { ModelRun } from './runModel.node.ts';
import { deviceName } from '../inference/providerNames.ts';
import { wordsOf } from './wordLists.ts';

/** 2: `request` and `parameters` hold what the action takes, and nothing else. */
export const recipeVersion = 2;

export interface RecipeParts {
  readonly resolved: ResolvedRequest;
  readonly by:
    | { readonly kind: 'model'; readonly manifest: PackManifest; readonly run: ModelRun }
    /** `packs`: those whose graphs ran. `found`: what the method says of its result. */
    | {
        readonly kind: 'footage';
        readonly method: FootageMethod;
        readonly packs: readonly PackManifest[];
        readonly times: StageTimes;
        readonly found: Record<string, unknown>;
      };
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

/** The recipe as it is written beside the take, as JSON. */
export function makeRecipe(parts: RecipeParts): Record<string, unknown> {
  const { resolved, by } = parts;
  const { request } = resolved;
  return {
    recipeVersion,
    createdAt: new Date().toISOString(),
    action: request.action,
    prompt: resolved.part?.prompt || request.prompt,
    ...(by.kind === 'model'
      ? { rewrittenPrompt: by.run.result.rewrittenPrompt, ...wordsOf(by.run.result) }
      : { rewrittenPrompt: request.prompt, unknownWords: [], method: by.method, ...by.found }),
    seed: request.seed,
    parameters: parametersOf(request),
    ...describePart(resolved),
    ...(parts.instruments === null ? {} : { instruments: parts.instruments }),
    request,
    requestHash: parts.requestHash,
    ...(by.kind === 'model' ? { pack: describePack(by.manifest) } : { packs: by.packs.map(describePack) }),
    inputs: describeInputs(resolved),
    inputKeys: resolved.inputKeys,
    maskSha256: maskHash(resolved),
    parentTakeId: resolved.parentTakeId,
    versions: {
      app: parts.appVersion,
      onnxruntime: parts.runtimeVersion,
      node: process.versions.node,
      provider: by.kind === 'model' ? by.run.provider : 'cpu',
      device: by.kind === 'model' ? deviceName(by.run.provider) : deviceName('cpu'),
      platform: `${process.platform}-${process.arch}`,
    },
    seconds: by.kind === 'model' ? by.run.times : by.times,
    notices: parts.notices,
  };
}

function describePack({ id, version, files }: PackManifest): Record<string, unknown> {
  return { id, version, files: files.map(({ path, sha256 }) => ({ path, sha256 })) };
}

function describePart({ part, parentTakeId }: ResolvedRequest): Record<string, unknown> {
  if (!part) return {};
  const { startTicks, durationTicks, prompt, rootPrompt, rootSeed } = part;
  return { part: { startTicks, durationTicks, prompt, parentTakeId, rootPrompt, rootSeed } };
}

function describeInputs(resolved: ResolvedRequest): readonly Record<string, unknown>[] {
  const { part, source, firstFrame, lastFrame, references } = resolved;
  const input = (role: string, { name, contentKey }: SourceFile, startTicks: number, durationTicks?: number) => ({
    role,
    name,
    contentKey,
    startTicks,
    ...(durationTicks === undefined ? {} : { durationTicks }),
  });
  return [
    ...(part ? [input('part', part.file, part.startTicks, part.durationTicks)] : []),
    ...(source ? [input('source', source.file, source.startTicks, source.durationTicks)] : []),
    ...(firstFrame ? [input('firstFrame', firstFrame.file, firstFrame.ticks)] : []),
    ...(lastFrame ? [input('lastFrame', lastFrame.file, lastFrame.ticks)] : []),
    ...references.map((picture) => input('reference', picture.file, picture.ticks)),
  ];
}

/** The mask's picture is in the request; recipes are compared by its hash. */
function maskHash({ mask }: ResolvedRequest): string | null {
  if (mask === null) return null;
  const text = mask.kind === 'drawn' ? JSON.stringify(mask.mask) : mask.file.contentKey;
  return createHash('sha256').update(text).digest('hex');
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
