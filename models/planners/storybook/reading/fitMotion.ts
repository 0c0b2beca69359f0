/** Fits motions to figures: a default if none was named, a possible motion instead of an impossible one. */
import type { Cast, CastEntry, Medium } from '../cast.ts';
import type { MotionName } from '../staging/motion.ts';
import type { Relation } from './said.ts';

/** The motion of a figure in a medium. `motion` is null if the words name none. */
export function fitMotion(
  { entry, motion, relation }: { entry: number; motion: MotionName | null; relation: { kind: Relation } | null },
  cast: Cast,
  medium: Medium,
): MotionName {
  const { kind } = cast.entries[entry]!;
  if (relation?.kind === 'on') return motion ?? 'stand';
  if (motion === null) return ownMotion(kind, medium);
  const travelsOnFoot = motion === 'walk' || motion === 'run';
  if (!travelsOnFoot) return motion;
  if (isVehicle(kind)) return 'drive';
  return medium === 'water' || medium === 'surface' ? 'swim' : motion;
}

const isVehicle = (kind: CastEntry['kind']): boolean => kind === 'vehicle' || kind === 'boat';

function ownMotion(kind: CastEntry['kind'], medium: Medium): MotionName {
  if (medium === 'water') return kind === 'swimmer' ? 'swim' : 'float';
  if (medium === 'space') return 'float';
  if (isVehicle(kind)) return 'drive';
  if (kind === 'flyer') return 'fly';
  if (kind === 'sky') return 'float';
  if (medium === 'surface') return 'swim';
  return kind === 'swimmer' ? 'float' : 'stand';
}
