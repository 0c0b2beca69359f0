/** What a sentence says about a scene, once it has been read. */
import type { WordReading } from '../../../families/wordReading.ts';
import type { MotionName } from '../staging/motion.ts';

/** What one figure can do to another. */
export type Relation = 'behind' | 'in front of' | 'beside' | 'on' | 'towards' | 'after' | 'above' | 'into';

/** Size classes of figures. */
export type FigureSize = 'small' | 'normal' | 'big';

/** One figure as the words have it. */
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
  /** Null where nothing was said. */
  readonly way: 1 | -1 | null;
  readonly side: 'left' | 'middle' | 'right' | null;
  /** `to` is an earlier or later figure's index. */
  readonly relation: { readonly kind: Relation; readonly to: number } | null;
}

/** What an instruction asks for; null = it describes the result. */
export type EditOrder = 'add' | 'remove' | 'replace' | 'wear' | null;

/** One prompt, read. */
export interface SaidScene {
  /** Its text is the sentence in the words of the training. */
  readonly reading: WordReading;
  /** The text without the camera's move, for what comes after it. */
  readonly textAtRest: string;
  readonly figures: readonly SaidFigure[];
  /** '' where none was said. */
  readonly place: string;
  readonly camera: string;
  readonly order: EditOrder;
  /** Whom an order is about, as they look before it: 'remove the fox', 'replace the cat with a dog'. */
  readonly target: SaidFigure | null;
}
