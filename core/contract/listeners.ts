/** Functions that want to hear of something. A listener may stop listening while it is being told. */
export class Listeners<T> {
  readonly #listeners = new Set<(value: T) => void>();

  /** Answers a function that ends it. */
  add(listener: (value: T) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  tell(value: T): void {
    for (const listener of this.#listeners) listener(value);
  }
}
