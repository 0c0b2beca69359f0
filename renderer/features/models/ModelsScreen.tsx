/** Being written. */
export function ModelsScreen() {
  return null;
}
