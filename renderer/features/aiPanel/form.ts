/** What the form of each action is given by the panel. */
import type { PackInfo } from '../../../core/contract/contract.ts';
import type { GenerationRequest } from '../../../core/document/schema.ts';
import type { Goal } from './goal.ts';
import type { WordsAnswer } from './useEstimate.ts';

/** The same for every action. */
export interface FormProps {
  readonly goal: Goal | null;
  readonly pack: PackInfo | null;
  /** null until everything needed is there. */
  readonly request: GenerationRequest | null;
  readonly words: WordsAnswer;
}
