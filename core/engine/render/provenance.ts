/**
 * What an exported file says of itself: the app, the project, and which stretches were made by AI, with their recipes'
 * names.
 */
import { withinLength } from '../../document/nameLength.ts';
import type { ProjectDocument, Sequence } from '../../document/schema.ts';
import { intersectRanges, secondsFromTicks, type TickRange } from '../../time/ticks.ts';
import { pictureWindows } from '../../render/windows.ts';
import { soundSegments } from '../../render/soundSegments.ts';

/** A stretch of the exported file that was generated. */
export interface GeneratedStretch {
  /** Seconds of the exported file. */
  readonly fromSeconds: number;
  readonly toSeconds: number;
  readonly track: string;
  readonly action: string;
  readonly take: string;
  readonly pack: string;
  readonly prompt: string;
  readonly seed: number;
}

/** Where an exported file comes from. */
export interface Provenance {
  readonly app: string;
  readonly project: string;
  readonly sequence: string;
  readonly exportedAt: string;
  readonly generated: readonly GeneratedStretch[];
}

/** The provenance of a range of a sequence. */
export function provenanceOf(
  document: ProjectDocument,
  sequence: Sequence,
  range: TickRange,
  app: string,
  exportedAt: string,
): Provenance {
  const seen = pictureWindows(document, sequence).map((window) => ({
    clip: window.clip,
    trackId: window.trackId,
    source: window.source,
    range: window as TickRange,
  }));
  const clips = new Map(sequence.tracks.flatMap((track) => track.clips.map((clip) => [clip.id, clip])));
  const heard = soundSegments(document, sequence.id, range).map((segment) => ({
    clip: clips.get(segment.clipId)!,
    trackId: segment.trackId,
    source: segment.source,
    range: segment as TickRange,
  }));
  const generated = [...seen, ...heard].flatMap((use): GeneratedStretch[] => {
    const shown = intersectRanges(use.range, range);
    const take = use.source?.kind === 'take' ? document.takes[use.source.id] : undefined;
    if (!shown || !take) return [];
    const from = shown.startTicks - range.startTicks;
    return [
      {
        fromSeconds: rounded(secondsFromTicks(from)),
        toSeconds: rounded(secondsFromTicks(from + shown.durationTicks)),
        track: sequence.tracks.find((track) => track.id === use.trackId)?.name ?? '',
        action: take.action,
        take: take.file,
        pack: take.packId,
        prompt: withinLength(take.prompt, 500),
        seed: take.seed,
      },
    ];
  });
  return { app, project: document.name, sequence: sequence.name, exportedAt, generated };
}

function rounded(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}

/** FFmpeg's metadata file (ffmpeg-formats, 'Metadata'): =, ;, #, \ and line ends are escaped. */
export function metadataFile(provenance: Provenance): string {
  const escape = (value: string) => value.replace(/[=;#\\\n]/g, (character) => `\\${character}`);
  const lines = {
    title: `${provenance.project}: ${provenance.sequence}`,
    comment: JSON.stringify(provenance),
    creation_time: provenance.exportedAt,
  };
  return `;FFMETADATA1\n${Object.entries(lines)
    .map(([key, value]) => `${key}=${escape(value)}`)
    .join('\n')}\n`;
}
