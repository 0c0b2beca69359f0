/** What became of a request's words: the same for every family and every planner. */

/** A word that was taken for another. */
export interface GuessedWord {
  /** As the user wrote it. */
  readonly word: string;
  /** The word of the pack that it was taken for: near in meaning, not the same. */
  readonly takenFor: string;
}

/** The three lists hold every word of the request that carries meaning, each once, in the user's spelling. */
export interface WordReading {
  /** What the text encoder is given. */
  readonly text: string;
  readonly used: readonly string[];
  readonly guessed: readonly GuessedWord[];
  readonly unused: readonly string[];
}
