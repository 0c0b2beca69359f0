/** In the page: pans and zooms the timeline by wheel events, one a frame, and answers how the frames came. Used by timeline.bench.mjs. */
export async function panAndZoom(page, seconds) {
  return page.evaluate(async (lengthSeconds) => {
    const lanes = document.querySelector('[data-timeline-lanes]');
    const box = lanes.getBoundingClientRect();
    const wheel = (init) => lanes.dispatchEvent(new WheelEvent('wheel', { bubbles: true, cancelable: true, clientX: box.left + box.width / 2, clientY: box.top + 40, ...init }));
    const measure = (step) =>
      new Promise((resolve) => {
        const frames = [];
        let started = 0;
        let last = 0;
        let index = 0;
        const frame = (now) => {
          if (started === 0) started = now;
          else frames.push(now - last);
          last = now;
          if (now - started >= lengthSeconds * 1000) return resolve(frames);
          step(index++);
          requestAnimationFrame(frame);
        };
        requestAnimationFrame(frame);
      });
    const summary = (frames) => {
      const sorted = frames.toSorted((a, b) => a - b);
      const total = frames.reduce((sum, ms) => sum + ms, 0);
      return { fps: (frames.length * 1000) / total, p95Ms: sorted[Math.floor(sorted.length * 0.95)], worstMs: sorted.at(-1) };
    };
    // 24 px a frame to the right, back after a while: fresh clips come in all the time
    const pan = summary(await measure((index) => wheel({ deltaX: index % 240 < 160 ? 24 : -24 })));
    // in and out around the middle, from single clips to the whole cut
    const zoom = summary(await measure((index) => wheel({ deltaY: index % 120 < 60 ? -40 : 40, ctrlKey: true })));
    return { pan, zoom, clipElements: document.querySelectorAll('[data-clip]').length };
  }, seconds);
}
