/** How a planner read a request's words; the same for all families and planners. */

/** A word that was read as another. */
export interface GuessedWord {
  /** As the user wrote it. */
  readonly word: string;
  /** The pack's word it was read as: near in meaning, but not the same. */
  readonly takenFor: string;
}

/** Every word of the request that carries meaning is in exactly one of the three lists, in the user's spelling. */
export interface WordReading {
  /** The text encoder's input. */
  readonly text: string;
  readonly used: readonly string[];
  readonly guessed: readonly GuessedWord[];
  readonly unused: readonly string[];
}
