/** From a placement in fractions of the frame to corners in its pixels as they are decoded. Pure. */
import type { Placement } from '../../../actions/inpaint/placement.ts';
import type { Size } from '../../../render/place.ts';
import { placeIn, type Point, type Quad } from './quad.ts';

/** The corners of a picture. `frame`: px as decoded; `shown`: with square pixels. */
export function placedQuad(placement: Placement, picture: Size, frame: Size, shown: Size): Quad {
  const inFrame = ({ x, y }: Point): Point => ({ x: x * frame.width - 0.5, y: y * frame.height - 0.5 });
  const { corners } = placement;
  if (corners) return [inFrame(corners[0]), inFrame(corners[1]), inFrame(corners[2]), inFrame(corners[3])];
  const width = placement.width * shown.width;
  const height = (width * picture.height) / picture.width;
  const angle = (placement.rotationDegrees * Math.PI) / 180;
  const corner = (across: number, down: number): Point => {
    const [x, y] = [(across * width) / 2, (down * height) / 2];
    return inFrame({
      x: placement.x + (x * Math.cos(angle) - y * Math.sin(angle)) / shown.width,
      y: placement.y + (x * Math.sin(angle) + y * Math.cos(angle)) / shown.height,
    });
  };
  return [corner(-1, -1), corner(1, -1), corner(1, 1), corner(-1, 1)];
}

/** The point that is followed: the one that was chosen, else the foot. */
export function pointOf(placement: Placement, picture: Size, frame: Size, shown: Size): Point {
  const { point } = placement;
  if (point) return { x: point.x * frame.width - 0.5, y: point.y * frame.height - 0.5 };
  return placeIn(placedQuad(placement, picture, frame, shown), 0.5, 1);
}
