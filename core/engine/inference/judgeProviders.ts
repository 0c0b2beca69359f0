/** From warm-up results to a choice, with a reason for each that was not chosen. */
import type { ProviderReport } from '../../contract/contract.ts';
import type { ProbeResult } from './protocol.ts';
import { deviceName, providerOrder, type ProviderName } from './providerNames.ts';
import { plainSentence, sentence, type Sentence } from '../../contract/sentence.ts';

/** Outputs of the warm-up graph are of the order of one. */
const allowedError = 1e-3;
const allowedHalfError = 0.02;

export interface ProviderChoice {
  readonly chosen: ProviderName;
  readonly reports: readonly ProviderReport[];
  /** Shown to the user when this is not what was asked for or hoped for. */
  readonly notice: Sentence | null;
  readonly gflops: number;
  readonly cpuGflops: number;
}

/** `forced`: FRAMEWRIGHT_PROVIDER or the setting; it is used even when slower, never when its results are wrong. */
export function judgeProviders(results: readonly ProbeResult[], forced: ProviderName | null): ProviderChoice {
  const cpu = results.find((result) => result.provider === 'cpu');
  const cpuMs = cpu?.milliseconds ?? Number.POSITIVE_INFINITY;
  const ordered = [...results].sort((a, b) => providerOrder.indexOf(a.provider) - providerOrder.indexOf(b.provider));
  const reports = ordered.map((result) => report(result, cpuMs));
  const works = (provider: ProviderName): boolean => reports.some((item) => item.provider === provider && item.usable);
  const faster = ordered.find(
    (result) =>
      result.provider !== 'cpu' && works(result.provider) && (result.milliseconds ?? Number.POSITIVE_INFINITY) < cpuMs,
  );

  let chosen: ProviderName = faster?.provider ?? 'cpu';
  let notice: Sentence | null = null;
  if (forced !== null) {
    chosen = works(forced) ? forced : 'cpu';
    if (chosen !== forced)
      notice = sentence('device.forcedUnusable', {
        device: deviceName(forced),
        reason: reports.find((item) => item.provider === forced)?.reason ?? sentence('device.notHere'),
      });
  } else if (chosen === 'cpu' && results.length > 1) {
    const slower = ordered.find((result) => result.provider !== 'cpu' && works(result.provider));
    notice = slower
      ? sentence('device.slowerThanCpu', { device: deviceName(slower.provider) })
      : sentence('device.noGpu');
  }
  const used = results.find((result) => result.provider === chosen);
  return { chosen, reports, notice, gflops: used?.gflops ?? cpu?.gflops ?? 0, cpuGflops: cpu?.gflops ?? 0 };
}

/** A probe answers in English, and its answers are kept on disk: those of ours are found again by their text. */
const knownProblems: readonly Sentence[] = [
  sentence('device.notInstalled'),
  sentence('device.noAdapter'),
  sentence('device.noCudaLibrary'),
  sentence('device.noCudaCard'),
];

function report(result: ProbeResult, cpuMs: number): ProviderReport {
  const { provider, problem, maxError, milliseconds } = result;
  const unusable = (reason: Sentence): ProviderReport => ({ provider, usable: false, reason });
  if (problem !== null) return unusable(knownProblems.find(({ text }) => text === problem) ?? plainSentence(problem));
  if (maxError === null || milliseconds === null) return unusable(sentence('device.didNotRun'));
  if (!(maxError <= allowedError))
    return unusable(sentence('device.wrong', { error: maxError.toPrecision(2), allowed: allowedError }));
  const ms = milliseconds.toFixed(milliseconds < 10 ? 1 : 0);
  const key = milliseconds < cpuMs ? 'device.faster' : 'device.slower';
  const speed =
    provider === 'cpu'
      ? sentence('device.speed', { ms, gflops: Math.round(result.gflops ?? 0) })
      : sentence(key, { ms, cpuMs: cpuMs.toFixed(0) });
  return { provider, usable: true, reason: withHalf(speed, result.halfPrecisionError) };
}

function withHalf(speed: Sentence, error: number | null): Sentence {
  if (error === null) return sentence('device.withoutHalf', { report: speed });
  return error > allowedHalfError ? sentence('device.halfWrong', { report: speed }) : speed;
}
