/** How long an export takes and how large its file becomes, and whether that fits on the disk. */
import { availableParallelism } from 'node:os';
import { basename, dirname } from 'node:path';
import { FailureError } from '../../contract/errors.ts';
import { sentence } from '../../contract/sentence.ts';
import { diskFree, sizeInWords } from '../../disk/diskSpace.node.ts';
import type { ExportSettings } from '../../contract/jobs.ts';
import type { ProjectDocument, Sequence } from '../../document/schema.ts';
import { sequenceDuration } from '../../render/picture.ts';
import { soundSegments } from '../../render/soundSegments.ts';
import { framesOf } from '../../render/spans.ts';
import { intersectRanges, secondsFromTicks, type TickRange } from '../../time/ticks.ts';
import { sizeClass, type Kinds } from '../estimates/timeHistory.ts';
import { outputSize, presets } from './presets.ts';

/** The part of a sequence to export; null asks for all of it. Throws FailureError 'badRequest' for an empty one. */
export function wantedRange(sequence: Sequence, asked: ExportSettings['range']): TickRange {
  const whole = { startTicks: 0, durationTicks: sequenceDuration(sequence) };
  if (whole.durationTicks === 0)
    throw new FailureError('badRequest', sentence('export.emptySequence', { name: sequence.name }));
  const range = asked === null ? whole : intersectRanges(asked, whole);
  if (!range) throw new FailureError('badRequest', sentence('export.rangePastEnd', { name: sequence.name }));
  return range;
}

/** Seconds of work by arithmetic and bytes of the result, both rough; what exports took here corrects the seconds. */
export function estimateExport(
  document: ProjectDocument,
  sequence: Sequence,
  settings: ExportSettings,
): { seconds: number; sizeBytes: number } {
  const preset = presets[settings.preset];
  const range = wantedRange(sequence, settings.range);
  const size = outputSize(preset, sequence, settings);
  const { frameCount } = framesOf(range, sequence.rate);
  const pixels = preset.box === null ? 0 : frameCount * size.width * size.height;
  const soundSeconds = secondsFromTicks(range.durationTicks);
  const soundBytes = soundSeconds * (preset.container === 'mp4' ? 24_000 : preset.container === 'png' ? 0 : 288_000);
  const crfFactor =
    preset.defaultCrf === null || settings.crf === null ? 1 : 2 ** ((preset.defaultCrf - settings.crf) / 6);
  const perSecond = preset.pixelsPerCoreSecond * availableParallelism();
  const soundWork = (soundSegments(document, sequence.id, range).length > 0 ? soundSeconds / 60 : 0) + 0.5;
  return {
    seconds: pixels / perSecond + soundWork,
    sizeBytes: Math.ceil((pixels * preset.bitsPerPixel * crfFactor) / 8 + soundBytes),
  };
}

/** Kinds of export whose times are comparable per computed second, the most specific first. */
export function exportKinds(settings: ExportSettings, seconds: number): Kinds {
  const preset = `export ${settings.preset}`;
  return [`${preset} ${sizeClass(seconds)}`, preset, 'export'];
}

/** Throws FailureError 'diskFull' before hours of work when the result could not fit. */
export async function checkDisk(outputPath: string, needBytes: number): Promise<void> {
  const free = await diskFree(dirname(outputPath));
  if (free !== null && free < needBytes) {
    throw new FailureError(
      'diskFull',
      sentence('export.tooLittleSpace', {
        name: basename(outputPath),
        needed: sizeInWords(needBytes),
        free: sizeInWords(free),
      }),
      outputPath,
    );
  }
}
