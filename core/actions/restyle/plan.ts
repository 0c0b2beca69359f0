import type { VideoFamily } from '../../../models/families/pack.ts';
import { planEdit } from '../planEdit.ts';
import type { PlanFile, Planned, PlanMaterials } from '../videoPlan.ts';
import type { RestyleRequest } from './schema.ts';

/** Everything, or what the mask marks: to change, or (background) to stay. */
export function planRestyle<F extends PlanFile>(
  { scope, keepShapes }: RestyleRequest,
  { source, mask }: PlanMaterials<F>,
  family: VideoFamily,
): Planned<F> {
  const masked = mask !== null && scope !== 'everything';
  const anew = !masked ? 'structure' : scope === 'background' ? 'outside' : 'region';
  return planEdit(source, family, { anew, controlScale: keepShapes });
}
