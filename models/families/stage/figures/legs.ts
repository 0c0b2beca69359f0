/** Finds the legs of a standing animal in its alpha: the runs near the ground, and how far up the gaps reach. */

/** One leg; shares of the drawing's box, v downwards. */
export interface Leg {
  /** Left and right cut of the leg's column. */
  readonly left: number;
  readonly right: number;
  /** Where the leg leaves the body. */
  readonly hip: number;
}

/** The alpha of a drawing: bytes of `width` x `height` pixels, with `pad` pixels of room round the box. */
export interface AlphaPicture {
  readonly alpha: ArrayLike<number>;
  readonly width: number;
  readonly pad: number;
  readonly boxWidth: number;
  readonly boxHeight: number;
}

/** The row on which feet are counted, and the highest place a gap may reach. */
const feetRow = 0.94;
const highestHip = 0.5;
const narrowestLeg = 0.04;

/** The legs from left to right; fewer than two means that the drawing shows none that could walk. */
export function findLegs(picture: AlphaPicture): Leg[] {
  const { boxHeight, boxWidth, pad, width } = picture;
  const isFilled = (u: number, v: number): boolean =>
    picture.alpha[Math.round(pad + v * (boxHeight - 1)) * width + Math.round(pad + u * (boxWidth - 1))]! > 96;
  const runs = runsAt(isFilled, boxWidth, feetRow).filter(({ from, to }) => to - from >= narrowestLeg);
  const cuts = runs.slice(1).map((run, index) => {
    const middle = (runs[index]!.to + run.from) / 2;
    return { at: middle, top: gapTop(isFilled, middle, boxHeight) };
  });
  return runs.map((_, index) => {
    const before = cuts[index - 1];
    const after = cuts[index];
    return {
      left: before?.at ?? -0.1,
      right: after?.at ?? 1.1,
      hip: Math.max(before?.top ?? 0, after?.top ?? 0, highestHip),
    };
  });
}

function runsAt(isFilled: (u: number, v: number) => boolean, steps: number, v: number): { from: number; to: number }[] {
  const runs: { from: number; to: number }[] = [];
  let from: number | null = null;
  for (let step = 0; step <= steps; step++) {
    const u = step / steps;
    const filled = step < steps && isFilled(u, v);
    if (filled && from === null) from = u;
    if (!filled && from !== null) {
      runs.push({ from, to: u });
      from = null;
    }
  }
  return runs;
}

/** How far up the empty column at `u` reaches from the feet. */
function gapTop(isFilled: (u: number, v: number) => boolean, u: number, boxHeight: number): number {
  let v = feetRow;
  while (v > highestHip && !isFilled(u, v)) v -= 1 / boxHeight;
  return v;
}
