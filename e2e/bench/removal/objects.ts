/** Objects with a pattern of their own, so that what is left of them can be told from the ground. Pure. */

type Yuv = readonly [number, number, number];

export interface Laid {
  readonly box: { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number };
  /** null where the object is not. */
  colour(x: number, y: number): Yuv | null;
}

/** Where an object is in a frame: the disc crosses the picture in a bow, the others stand. */
export function objectAt(
  object: 'disc' | 'logo' | 'figure',
  index: number,
  count: number,
  width: number,
  height: number,
): Laid {
  if (object === 'disc') return disc(index, count, width, height);
  return object === 'logo' ? logo(width, height) : figure(width, height);
}

/** The same shape in the opposite colours. */
export function inverted({ box, colour }: Laid): Laid {
  return {
    box,
    colour: (x, y) => {
      const [luma, u, v] = colour(x, y) ?? [];
      return luma === undefined ? null : [255 - luma, 255 - u!, 255 - v!];
    },
  };
}

function disc(index: number, count: number, width: number, height: number): Laid {
  const radius = Math.round(Math.min(width, height) * 0.09);
  const part = index / Math.max(1, count - 1);
  const cx = Math.round(width * (0.15 + 0.7 * part));
  const cy = Math.round(height * (0.5 - 0.22 * Math.sin(Math.PI * part * 1.5)));
  return {
    box: { left: cx - radius, top: cy - radius, right: cx + radius + 1, bottom: cy + radius + 1 },
    colour: (x, y) => {
      const [dx, dy] = [x - cx, y - cy];
      if (dx * dx + dy * dy > radius * radius) return null;
      return Math.floor(dx / 7) % 2 === Math.floor(dy / 7) % 2 ? [90, 100, 215] : [170, 60, 170];
    },
  };
}

function logo(width: number, height: number): Laid {
  const w = Math.round(width * 0.18);
  const h = Math.round(height * 0.09);
  const left = Math.round(width * 0.75);
  const top = Math.round(height * 0.72);
  return {
    box: { left, top, right: left + w, bottom: top + h },
    colour: (x, y) =>
      Math.floor((x - left) / 9) % 3 === 0 || y - top < 4 || top + h - y <= 4 ? [235, 128, 128] : [30, 150, 110],
  };
}

function figure(width: number, height: number): Laid {
  const cx = Math.round(width * 0.38);
  const bottom = Math.round(height * 0.92);
  const tall = Math.round(height * 0.42);
  const half = Math.round(tall * 0.17);
  const top = bottom - tall;
  const head = Math.round(half * 0.75);
  return {
    box: { left: cx - half, top, right: cx + half + 1, bottom },
    colour: (x, y) => {
      const inHead = Math.hypot(x - cx, y - top - head) < head;
      const inBody = y > top + 2 * head && Math.abs(x - cx) < half * (0.6 + 0.4 * Math.sin((y - top) / 17) ** 2);
      if (!inHead && !inBody) return null;
      return inHead ? [150, 110, 150] : Math.floor(y / 11) % 2 === 0 ? [60, 160, 90] : [120, 90, 120];
    },
  };
}
