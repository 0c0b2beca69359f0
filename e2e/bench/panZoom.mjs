/**
 * Pans and zooms the timeline with one wheel event per frame. Returns the frame times, and the main thread's processor
 * time per frame, which remains valid on a busy machine. For timeline.bench.mjs.
 */
export async function panAndZoom(page, seconds) {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
  const mainThreadMs = async () =>
    (await devtools.send('Performance.getMetrics')).metrics.find((metric) => metric.name === 'TaskDuration').value *
    1000;
  const measured = {};
  for (const way of ['pan', 'zoom']) {
    const before = await mainThreadMs();
    const frames = await page.evaluate(moveByFrames, { way, seconds });
    const cpuMs = ((await mainThreadMs()) - before) / frames.length;
    const sorted = frames.toSorted((a, b) => a - b);
    const total = frames.reduce((sum, ms) => sum + ms, 0);
    measured[way] = {
      fps: (frames.length * 1000) / total,
      p95Ms: sorted[Math.floor(sorted.length * 0.95)],
      worstMs: sorted.at(-1),
      cpuMs,
    };
  }
  await devtools.detach();
  return measured;
}

/** Runs in the page; returns the milliseconds between frames. */
function moveByFrames({ way, seconds }) {
  const lanes = document.querySelector('[data-timeline-lanes]');
  const box = lanes.getBoundingClientRect();
  const wheel = (init) =>
    lanes.dispatchEvent(
      new WheelEvent('wheel', {
        bubbles: true,
        cancelable: true,
        clientX: box.left + box.width / 2,
        clientY: box.top + 40,
        ...init,
      }),
    );
  // 24 px per frame to the right and partly back, so that new clips keep coming into view; zooms around the middle
  const step =
    way === 'pan'
      ? (index) => wheel({ deltaX: index % 240 < 160 ? 24 : -24 })
      : (index) => wheel({ deltaY: index % 120 < 60 ? -40 : 40, ctrlKey: true });
  return new Promise((resolve) => {
    const frames = [];
    let started = 0;
    let last = 0;
    const frame = (now) => {
      if (started === 0) started = now;
      else frames.push(now - last);
      last = now;
      if (now - started >= seconds * 1000) return resolve(frames);
      step(frames.length);
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
}
