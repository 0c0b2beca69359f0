/** The AI actions on plain files, as the command line asks for them. */
import type { StemKind } from '../../../models/families/soundtrack/contract.ts';
import type { Placement } from '../../actions/inpaint/placement.ts';
import type { ExtendWay } from '../../actions/extend/ways.ts';
import type { BridgeWay } from '../../actions/fillGap/ways.ts';

/** A mask for a file: a picture or a video (white = regenerate), or a box in pixels of the input. */
export type FileMask =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'box'; readonly x: number; readonly y: number; readonly width: number; readonly height: number };

/** A picture to be put into footage, as the command line says it: places in pixels of the input. */
export interface FilePlacement {
  readonly picturePath: string;
  readonly atSeconds: number;
  /** Its middle; null = the frame's, or that of what it replaces. */
  readonly middle: { readonly x: number; readonly y: number } | null;
  /** null = a quarter of the frame's width, or as wide as what it replaces. */
  readonly width: number | null;
  /** Its corners, from the upper left one on; null = middle and width count. */
  readonly corners: readonly { readonly x: number; readonly y: number }[] | null;
  /** What stands before it. */
  readonly front: FileMask | null;
  readonly settings: Pick<
    Placement,
    'rotationDegrees' | 'anchor' | 'cutOut' | 'shadow' | 'shadowSide' | 'light' | 'blur'
  >;
}

interface FileGenerationBase {
  readonly prompt: string;
  /** Where the result goes; its ending chooses the form. Written under a temporary name first, then renamed. */
  readonly outputPath: string;
  /** null = drawn at random; the recipe tells. */
  readonly seed: number | null;
  /** null = the pack's. */
  readonly steps: number | null;
  readonly guidance: number | null;
  /** null = the first installed pack that can do it. */
  readonly packId: string | null;
}

/** One request on files. Paths may be relative to the working directory. */
export type FileGeneration =
  | (FileGenerationBase & {
      readonly action: 'generate';
      /** .mp4, or .png for a picture. */
      readonly seconds: number;
      readonly firstFramePath: string | null;
      readonly lastFramePath: string | null;
      readonly referencePaths: readonly string[];
      /** Size of the result, px, even numbers; null = the pack's own. */
      readonly size: { readonly width: number; readonly height: number } | null;
      /** Through the pack's upscaler, before it is brought to `size`. */
      readonly upscale?: 4 | null;
      /** Drawn by the stage, where the pack has a cast and no pictures are given; absent = painted by the network. */
      readonly drawn?: boolean;
    })
  | (FileGenerationBase & {
      readonly action: 'inpaint';
      readonly inputPath: string;
      readonly mask: FileMask | null;
      readonly featherPx: number;
      readonly edit: 'replace' | 'add' | 'remove';
      /** Of a removal on footage: how far the mask grows, px; absent = not at all. */
      readonly growPx?: number;
      /** What is put into footage; without it only what a model drew can be added to. */
      readonly placement?: FilePlacement | null;
      /** Every sample of the input is kept, and of what is made; else the file is encoded at high quality. */
      readonly lossless?: boolean;
    })
  | (FileGenerationBase & {
      readonly action: 'restyle';
      readonly inputPath: string;
      /** Of a look, for an input that no model drew, 0..1; 1 without it. */
      readonly strength?: number;
      /** A picture whose look is learned; null or absent = none. */
      readonly referencePath?: string | null;
      readonly keepFaces?: boolean;
      /** 0..1 */
      readonly keepShapes: number;
      readonly scope: 'everything' | 'background' | 'masked';
      readonly mask: FileMask | null;
      readonly featherPx: number;
      /** Every sample of the input is kept, and of what is made; else the file is encoded at high quality. */
      readonly lossless?: boolean;
    })
  | (FileGenerationBase & {
      readonly action: 'smooth';
      readonly inputPath: string;
      /** Frames a second at the same speed, or a speed in percent at the input's own rate. */
      readonly to:
        | { readonly kind: 'rate'; readonly fps: number }
        | { readonly kind: 'speed'; readonly percent: number };
      /** Every sample of the input is kept, and of what is made; else the file is encoded at high quality. */
      readonly lossless?: boolean;
    })
  | (FileGenerationBase & {
      readonly action: 'enhance';
      readonly inputPath: string;
      readonly scale: 1 | 2 | 4;
      readonly compressed: boolean;
      /** 0..1 */
      readonly denoise: number;
      readonly deflicker: boolean;
      readonly deblock?: boolean;
      /** Every sample that was made is kept; else the file is encoded at high quality. */
      readonly lossless?: boolean;
    })
  /** What a mask covers, with alpha: FFV1 in .mkv, or a PNG. */
  | (FileGenerationBase & {
      readonly action: 'cutOut';
      readonly inputPath: string;
      readonly mask: FileMask;
      readonly featherPx: number;
    })
  | (FileGenerationBase & {
      readonly action: 'cleanSpeech';
      readonly inputPath: string;
      /** dB that noise is turned down by, at most. */
      readonly attenuationDb: number;
    })
  /** The result holds the input and the new part, joined. */
  | (FileGenerationBase & {
      readonly action: 'extend';
      readonly inputPath: string;
      readonly seconds: number;
      readonly direction: 'forward' | 'backward';
      /** How footage is continued; what a model drew is continued by a model. */
      readonly way?: Exclude<ExtendWay, 'roomTone'>;
      /** What is heard beside new frames of footage; silence without it. */
      readonly sound?: 'roomTone' | 'silence';
      /** Every sample of the input is kept, and of what is made; else the file is encoded at high quality. */
      readonly lossless?: boolean;
    })
  /** The result holds both inputs and what bridges them. */
  | (FileGenerationBase & {
      readonly action: 'bridge';
      readonly inputPath: string;
      readonly nextPath: string;
      /** Of the bridge. A morph stands between both; other ways lie over the end of one and the start of the other. */
      readonly seconds: number;
      readonly way: BridgeWay;
      /** Every sample of the first input is kept, and of what is made; else the file is encoded at high quality. */
      readonly lossless?: boolean;
    })
  | (FileGenerationBase & {
      readonly action: 'soundtrack';
      /** null = from words alone, `seconds` long. */
      readonly inputPath: string | null;
      readonly seconds?: number | null;
      readonly stems: readonly StemKind[];
      /** Also writes `<stem>.wav` of each stem here. */
      readonly stemsFolder: string | null;
      readonly tempoBpm: number | null;
      readonly hitSeconds: readonly number[];
      /** Integrated loudness of the mix; -16 without it. */
      readonly loudnessLufs?: number | null;
      /**
       * Only this part of an existing stem is regenerated: the stem's file, seconds of it. The output is the whole
       * stem.
       */
      readonly part?: { readonly stemPath: string; readonly fromSeconds: number; readonly toSeconds: number } | null;
    });
