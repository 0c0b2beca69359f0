/** What making a generation takes and gives: shared by the makers of video and sound. */
import type { Rate, Ticks } from '../../time/ticks.ts';
import type { CacheFolder } from '../../disk/cacheFolder.node.ts';
import type { InferenceService } from '../inference/inferenceService.node.ts';
import type { Providers } from '../inference/providers.node.ts';
import type { LoadedPack, PackStore } from '../packs/packStore.node.ts';
import type { JobContext } from '../services.node.ts';
import type { SoundFontStore } from '../soundfont/soundFontStore.node.ts';
import type { PatchShape } from './patchShape.ts';
import type { Estimator } from './estimate.node.ts';
import type { FilmEnding } from './outputEncoding.ts';
import type { VideoPlan } from './requirePossible.ts';
import type { TakeVerdict } from '../../document/schema.ts';
import type { FootageMethod } from '../footage/methods.ts';
import type { StageTimes } from '../inference/stageClock.ts';
import { deviceName } from '../inference/providerNames.ts';
import { wordsOf, type WordLists } from './wordLists.ts';
import type { ModelRun } from './runModel.node.ts';

/** The rooms that making a generation needs. */
export interface MakerDependencies {
  readonly appVersion: string;
  /** The folder assets/. */
  readonly assets: string;
  readonly cache: Pick<CacheFolder, 'unfinishedFolder'>;
  readonly packs: PackStore;
  readonly soundFonts: SoundFontStore;
  readonly inference: InferenceService;
  readonly providers: Providers;
  readonly estimator: Estimator;
}

/** A finished file in the scratch folder, and what a take's record says of it. */
export interface Made {
  readonly path: string;
  readonly extension: 'mp4' | 'mkv' | 'png' | 'wav';
  readonly kind: 'video' | 'image' | 'audio';
  readonly durationTicks: Ticks;
  readonly width: number;
  readonly height: number;
  readonly rate: Rate | null;
  /** 1 for a picture, 0 for sound. */
  readonly frameCount: number;
  /** Where the file is laid over the source; null for whole frames and sound. */
  readonly patch: Pick<PatchShape, 'box' | 'picture'> | null;
  readonly plan: VideoPlan | null;
  /** The file has an alpha channel that counts. */
  readonly hasAlpha?: boolean;
  readonly by: MadeBy;
  readonly requestHash: string;
  readonly recipe: Record<string, unknown>;
}

/** What made it: a pack's model, or a method on footage. */
export type MadeBy =
  | { readonly kind: 'model'; readonly pack: LoadedPack; readonly run: ModelRun }
  | {
      readonly kind: 'footage';
      readonly method: FootageMethod;
      readonly times: StageTimes;
      readonly verdict?: TakeVerdict;
      /** Part of it was there from an earlier attempt: its time says nothing about the next one. */
      readonly isContinued?: boolean;
      /** Of sound: loudness after less before, LU. */
      readonly loudnessChangeDb?: number;
      /** What became of the request's words, for a method that reads them. */
      readonly words?: { rewrittenPrompt: string } & WordLists;
    };

/** 'CPU', 'CUDA', 'WebGPU'. */
export function deviceOf(by: MadeBy): string {
  return deviceName(by.kind === 'model' ? by.run.provider : 'cpu');
}

/** What became of the request's words; not every method on footage reads them. */
export function wordsOfMade(by: MadeBy, prompt: string): { rewrittenPrompt: string } & WordLists {
  if (by.kind === 'footage') return by.words ?? { rewrittenPrompt: prompt, unknownWords: [] };
  return { rewrittenPrompt: by.run.result.rewrittenPrompt, ...wordsOf(by.run.result) };
}

/** Where and how a generation is made. */
export interface MakeOptions {
  readonly folder: string;
  /** px of the result of 'generate'; null = the pack's. */
  readonly size: { width: number; height: number } | null;
  /** A picture instead of a video of one frame. */
  readonly picture: boolean;
  /** A film by itself is encoded without loss, not for keeping as a take. */
  readonly lossless?: boolean;
  /** 'smooth' for the command line: how its file is encoded; without it, as takes are. */
  readonly ending?: { readonly film: FilmEnding; readonly lossless: boolean };
  /** 'smooth' for the command line: the rate that the frames are played at, for slow motion. */
  readonly playedRate?: Rate;
  /** The words that the picture suggests where none were given; the editor's panel has shown them before. */
  onSuggestion?(words: string): void;
}

/** What making needs of its job. */
export type MakerContext = Pick<JobContext, 'signal' | 'notice' | 'setDevice' | 'report'>;
