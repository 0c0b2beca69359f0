/** The result of reading: what a sentence says about a scene. */
import type { WordReading } from '../../../families/wordReading.ts';
import type { MotionName } from '../staging/motion.ts';

/** Relations between two figures. */
export type Relation = 'behind' | 'in front of' | 'beside' | 'on' | 'towards' | 'after' | 'above' | 'into';

/** Size classes of figures. */
export type FigureSize = 'small' | 'normal' | 'big';

/** One figure as described. */
export interface SaidFigure {
  /** Index in the cast. */
  readonly entry: number;
  /** '' = as drawn. */
  readonly colour: string;
  /** 'red hat', 'crown', '' for nothing. */
  readonly wears: string;
  /** Skin tone, 1 light to 5 dark; 0 = as drawn. */
  readonly tone: number;
  readonly size: FigureSize;
  readonly motion: MotionName;
  /** Direction, 1 right, -1 left; null if not given. */
  readonly way: 1 | -1 | null;
  readonly side: 'left' | 'middle' | 'right' | null;
  /** `to` is an earlier or later figure's index. */
  readonly relation: { readonly kind: Relation; readonly to: number } | null;
}

/** The edit that a prompt asks for; null = it describes the result. */
export type EditOrder = 'add' | 'remove' | 'replace' | 'wear' | null;

/** A prompt as read. */
export interface SaidScene {
  /** Its text is the sentence in the words of training. */
  readonly reading: WordReading;
  /** The text without the camera's move, for windows after it. */
  readonly textAtRest: string;
  readonly figures: readonly SaidFigure[];
  /** '' if none was named. */
  readonly place: string;
  readonly time: string;
  readonly weather: string;
  readonly style: string;
  readonly camera: string;
  readonly order: EditOrder;
  /** The figure that an edit applies to, as it looks before: 'remove the fox', 'replace the cat with a dog'. */
  readonly target: SaidFigure | null;
}
