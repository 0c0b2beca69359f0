/**
 * Which provider runs the graphs here. Probed once a machine, runtime and driver, kept in `<home>/providers.json`;
 * `doctor` probes again. A provider that fails a pack's run is left alone for that pack until the engine restarts.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism, cpus, hostname } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import type { PackManifest } from '../../../models/families/pack.ts';
import type { ProviderReport } from '../../contract/contract.ts';
import { readJsonOrNull, writeJsonFile } from '../../disk/jsonFile.node.ts';
import type { InferenceService } from './inferenceService.node.ts';
import { judgeProviders, type ProviderChoice } from './judgeProviders.ts';
import { providerOrder, type ProviderName } from './providerNames.ts';
import type { ProbeResult } from './protocol.ts';
import { sentence, type Sentence } from '../../contract/sentence.ts';

export interface Providers {
  /**
   * The provider for a pack, and what there is to say when it is not the hoped one. Probes when nothing is known yet
   * (seconds).
   */
  choose(
    pack: Pick<PackManifest, 'id' | 'madeFor'>,
  ): Promise<{ provider: ProviderName; notice: Sentence | null; gflops: number }>;
  /** What is known without probing. */
  known(): ProviderName | null;
  /** All of them, freshly tried, in order. */
  report(): Promise<readonly ProviderReport[]>;
  /** After a run of the pack failed on it. */
  refuse(provider: ProviderName, packId: string, reason: Sentence): void;
  readonly threads: number;
  readonly runtimeVersion: string;
}

export interface ProvidersOptions {
  readonly home: string;
  readonly inference: InferenceService;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
}

const probeResultSchema = z.object({
  provider: z.enum(providerOrder),
  maxError: z.number().nullable(),
  halfPrecisionError: z.number().nullable(),
  milliseconds: z.number().nullable(),
  gflops: z.number().nullable(),
  firstRunMilliseconds: z.number().nullable(),
  problem: z.string().nullable(),
});
const savedSchema = z.object({ key: z.string(), results: z.array(probeResultSchema) });

/** More than eight cores do not help: memory is then the limit. */
export function inferenceThreads(cores: number = availableParallelism()): number {
  return Math.max(1, Math.min(8, cores));
}

/** Providers that can exist on a platform, preferred ones first; the CPU is always among them. */
export function candidates(platform: NodeJS.Platform): readonly ProviderName[] {
  return providerOrder.filter((provider) => {
    if (provider === 'dml') return platform === 'win32';
    if (provider === 'coreml') return platform === 'darwin';
    if (provider === 'cuda') return platform === 'linux' || platform === 'win32';
    return true;
  });
}

function parseForced(text: string | undefined): ProviderName | null {
  const wanted = text?.trim().toLowerCase();
  return providerOrder.find((provider) => provider === wanted) ?? null;
}

function onnxruntimeVersion(): string {
  const require = createRequire(import.meta.url);
  // the package exports no package.json: its entry lies in <package>/dist
  const entry = require.resolve('onnxruntime-node');
  const manifest = JSON.parse(readFileSync(join(entry, '../../package.json'), 'utf8')) as { version: string };
  return manifest.version;
}

/** The chosen provider, unless the pack is made for the processor or has failed on it. */
function providerFor(
  { id, madeFor }: Pick<PackManifest, 'id' | 'madeFor'>,
  { chosen, notice, gflops, cpuGflops }: ProviderChoice,
  forced: ProviderName | null,
  refused: ReadonlyMap<string, Sentence>,
): Awaited<ReturnType<Providers['choose']>> {
  if (madeFor === 'cpu' && chosen !== 'cpu' && forced === null) {
    return { provider: 'cpu', notice: sentence('device.packForCpu'), gflops: cpuGflops };
  }
  const reason = refused.get(`${chosen}:${id}`);
  if (reason !== undefined) return { provider: 'cpu', notice: reason, gflops };
  return { provider: chosen, notice, gflops };
}

/** What the results of a trial hold for: another machine, runtime or choice of driver is tried again. */
function machineKey({ platform, environment }: ProvidersOptions, threads: number, runtimeVersion: string): string {
  return [
    hostname(),
    platform,
    process.arch,
    cpus()[0]?.model ?? '',
    threads,
    runtimeVersion,
    environment['VK_DRIVER_FILES'] ?? '',
    environment['CUDA_VISIBLE_DEVICES'] ?? '',
  ].join('|');
}

/** Chooses the provider that models run on: probes each once per machine and remembers the results. */
export function createProviders(options: ProvidersOptions): Providers {
  const { inference, environment, platform } = options;
  const path = join(options.home, 'providers.json');
  const threads = inferenceThreads();
  const forced = parseForced(environment['FRAMEWRIGHT_PROVIDER']);
  const runtimeVersion = onnxruntimeVersion();
  const key = machineKey(options, threads, runtimeVersion);
  const refused = new Map<string, Sentence>();
  let choice: ProviderChoice | null = null;
  let probing: Promise<ProviderChoice> | null = null;
  let probingCpu: Promise<{ choice: ProviderChoice }> | null = null;

  const probe = async (
    which: readonly ProviderName[],
  ): Promise<{ choice: ProviderChoice; results: readonly ProbeResult[] }> => {
    const results: ProbeResult[] = [];
    // one at a time: two at once would measure each other
    for (const provider of which) results.push(await inference.probe(provider, threads));
    choice = judgeProviders(results, forced);
    return { choice, results };
  };
  const probeAll = async (): Promise<ProviderChoice> => {
    const { choice: made, results } = await probe(candidates(platform));
    await writeJsonFile(path, { key, results });
    return made;
  };

  const fromDisk = async (): Promise<ProviderChoice | null> => {
    const saved = savedSchema.safeParse(await readJsonOrNull(path));
    if (saved.success && saved.data.key === key) choice ??= judgeProviders(saved.data.results, forced);
    return choice;
  };

  const decide = async (): Promise<ProviderChoice> => {
    if (choice) return choice;
    // a user who forces the CPU need not wait for the others
    if (forced === 'cpu') return (await (probingCpu ??= probe(['cpu']))).choice;
    const saved = await fromDisk();
    if (saved) return saved;
    probing ??= probeAll().finally(() => (probing = null));
    return probing;
  };

  // the status bar names the device from the start; what cannot be read now is reported when a provider is chosen
  fromDisk().catch(() => undefined);

  return {
    threads,
    runtimeVersion,
    known: () => choice?.chosen ?? null,
    choose: async (pack) => providerFor(pack, await decide(), forced, refused),
    async report() {
      return (await (probing ?? probeAll())).reports;
    },
    refuse: (provider, packId, reason) => void refused.set(`${provider}:${packId}`, reason),
  };
}
