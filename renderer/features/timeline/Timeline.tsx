/** Placeholder: the feature's owner replaces this file. */
export function Timeline() {
  return <div style={{ flex: '1 1 auto' }} data-feature="timeline" />;
}
