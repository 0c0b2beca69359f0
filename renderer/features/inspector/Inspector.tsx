/** Placeholder: the feature's owner replaces this file. */
export function Inspector() {
  return <div style={{ flex: '1 1 auto' }} data-feature="inspector" />;
}
