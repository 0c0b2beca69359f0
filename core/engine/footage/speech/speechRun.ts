/** What cleaning a voice needs in the inference child, and what it answers. */
import type { AudioFacts } from '../../../disk/facts.ts';
import type { OutputFormat } from '../../../ffmpeg/option.ts';
import type { LocatedSource } from '../../media/locateSource.node.ts';

/** Frees a stretch of sound of its noise. */
export interface SpeechRun {
  readonly task: 'cleanSpeech';
  readonly source: LocatedSource;
  readonly sound: AudioFacts;
  /** The stretch, in samples at 48 kHz from the source's time 0. */
  readonly firstSample: number;
  readonly sampleCount: number;
  /** Samples of the result, at the sound's own rate. */
  readonly madeSampleCount: number;
  readonly attenuationDb: number;
  readonly pack: { readonly id: string; readonly folder: string };
  /** Graphs of the pack. */
  readonly graphs: { readonly encoder: string; readonly gains: string; readonly filters: string };
  readonly output: { readonly path: string; readonly format: OutputFormat };
}

/** How the sound came out. */
export interface SpeechResult {
  readonly task: 'cleanSpeech';
  /** Loudness after less before, LU; null where one of them is silent. */
  readonly loudnessChangeDb: number | null;
}
