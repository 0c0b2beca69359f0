/** Placeholder: the feature's owner replaces this file. */
export function AiPanel() {
  return <div style={{ flex: '1 1 auto' }} data-feature="aiPanel" />;
}
