/** Speech to text of a sound: what crosses to the inference child and back. */
import type { WordsFamily } from '../../../../models/families/pack.ts';
import type { Transcript } from '../../../contract/transcript.ts';
import type { AudioFacts } from '../../../disk/facts.ts';
import type { LocatedSource } from '../../media/locateSource.node.ts';

/** A pack by its folder. */
interface PackPlace {
  readonly id: string;
  readonly folder: string;
}

/** The whole of one sound stream. */
export interface WordsRun {
  readonly task: 'words';
  readonly source: LocatedSource;
  readonly sound: AudioFacts;
  readonly pack: PackPlace;
  readonly model: WordsFamily;
  /** The graph that tells where somebody speaks; null: none is installed. */
  readonly speech: { readonly pack: PackPlace; readonly graph: string } | null;
  /** A code of the model's languages; null: to be found out. */
  readonly language: string | null;
}

/** What is said. */
export interface WordsResult {
  readonly task: 'words';
  readonly language: string;
  readonly words: Transcript['words'];
  readonly doubtful: Transcript['doubtful'];
}
