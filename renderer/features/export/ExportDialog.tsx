/** Being written. */
export function ExportDialog() {
  return null;
}
