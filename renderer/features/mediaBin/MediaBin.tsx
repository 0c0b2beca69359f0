/** Placeholder: the feature's owner replaces this file. */
export function MediaBin() {
  return <div style={{ flex: '1 1 auto' }} data-feature="mediaBin" />;
}
