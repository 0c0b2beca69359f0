/** What looking at a scene needs, and what is known of it afterwards. */
import type { VideoFacts } from '../../../../disk/facts.ts';
import type { Size } from '../../../../render/place.ts';
import type { Rate } from '../../../../time/ticks.ts';
import type { SourceRange } from '../../../generation/resolved.ts';

/** The frames that are looked at. */
export interface SceneWanted {
  readonly range: SourceRange;
  readonly video: VideoFacts;
  /** As decoded and upright, px. */
  readonly coded: Size;
  readonly rate: Rate;
  readonly frameCount: number;
}

/** A scene is looked at in the inference child. */
export interface SceneRun extends SceneWanted {
  readonly task: 'scene';
  /** The pack's graph that finds people; null where faces are not kept. */
  readonly people: { readonly pack: { readonly id: string; readonly folder: string }; readonly graph: string } | null;
}

/** Maps of a scene, one grey frame of them a frame (`mapNames` below each other), and what they hold. */
export interface Scene {
  readonly path: string;
  /** Of one map, px. */
  readonly size: Size;
  readonly rate: Rate;
  readonly hasSky: boolean;
  /** Where the sky ends, or is taken to, as a share of the height. */
  readonly horizon: number;
  /** Whether people's skin was found; false where nobody was looked for. */
  readonly hasSkin: boolean;
}

/** What became of the task. */
export interface SceneResult {
  readonly task: 'scene';
  readonly scene: Scene;
}
