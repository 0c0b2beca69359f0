/** Being written. */
export function HistoryPanel() {
  return null;
}
