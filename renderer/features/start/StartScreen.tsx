/** Being written. */
export function StartScreen() {
  return null;
}
