/** What a figure does at a moment, as its drawing is changed for it. Lengths are in the figure's own heights. */
export interface FigurePose {
  /** Height of its feet above the ground. */
  readonly lift: number;
  /** To the right of where its path puts it. */
  readonly shift: number;
  /** Radians, clockwise, about its hub. */
  readonly rotation: number;
  /** Height of the hub above the feet. */
  readonly hub: number;
  /** Stretch about the feet. */
  readonly stretchX: number;
  readonly stretchY: number;
  /** 1 as drawn, -1 mirrored; between the two it turns. */
  readonly facing: number;
  /** Cycle of the legs in turns; null for figures that do not walk. */
  readonly stride: { readonly phase: number; readonly swing: number } | null;
}

/** Standing still. */
export const stillPose: FigurePose = {
  lift: 0,
  shift: 0,
  rotation: 0,
  hub: 0.35,
  stretchX: 1,
  stretchY: 1,
  facing: 1,
  stride: null,
};

/**
 * Place of a foot in its cycle: on the ground it moves back at the body's speed, so it stays put on the ground; in the
 * air it comes forward along a half sine. `phase` in turns; answers the shift in strides (-0.5 to 0.5) and the lift.
 */
export function footAt(phase: number): { readonly shift: number; readonly lift: number } {
  const turn = phase - Math.floor(phase);
  if (turn < stance) return { shift: 0.5 - turn / stance, lift: 0 };
  const air = (turn - stance) / (1 - stance);
  return { shift: -0.5 + air * air * (3 - 2 * air), lift: Math.sin(Math.PI * air) };
}

/** Share of the cycle that a foot stands on the ground. */
export const stance = 0.5;
