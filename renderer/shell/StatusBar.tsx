/** Being written. */
export function StatusBar() {
  return <footer />;
}
