/** Calls `stalled` once when a clock has stood still for `limitMs`; the answer ends the watch. */
export function watchClock(clock: { readonly currentTime: number }, limitMs: number, stalled: () => void): () => void {
  let last = clock.currentTime;
  const timer = setInterval(() => {
    if (clock.currentTime === last) {
      clearInterval(timer);
      stalled();
    }
    last = clock.currentTime;
  }, limitMs);
  return () => clearInterval(timer);
}
