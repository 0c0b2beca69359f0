import type { VideoFamily } from '../../../models/families/pack.ts';
import { planEdit } from '../planEdit.ts';
import type { PlanFile, Planned, PlanMaterials } from '../videoPlan.ts';
import type { InpaintRequest } from './schema.ts';

/** Inside the mask; without one the whole picture, with its shapes kept. */
export function planInpaint<F extends PlanFile>(
  _request: InpaintRequest,
  { source, mask }: PlanMaterials<F>,
  family: VideoFamily,
): Planned<F> {
  return planEdit(source, family, { anew: mask ? 'region' : 'structure', controlScale: null });
}
