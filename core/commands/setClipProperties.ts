import { clipSchema } from '../document/schema.ts';
import type { Command } from './commands.ts';
import { fitFades } from './shared/edges.ts';
import { refuse, valueName } from './refusal.ts';
import { requireFitsTrack, requireOpenClips, requireSequence, requireShape } from './shared/require.ts';

const propertiesSchema = clipSchema
  .pick({
    name: true,
    transform: true,
    positionKeys: true,
    crop: true,
    opacity: true,
    volumeDb: true,
    soundStream: true,
    fadeInTicks: true,
    fadeOutTicks: true,
    enabled: true,
    reference: true,
  })
  .partial();

/** Sets the same properties on every named clip. */
export const setClipProperties: Command<'setClipProperties'> = (draft, { sequenceId, clipIds, properties }) => {
  const checked = requireShape(propertiesSchema, properties, valueName('clipProperty'));
  if (checked.crop && (checked.crop.left + checked.crop.right >= 1 || checked.crop.top + checked.crop.bottom >= 1)) {
    refuse('cropsEverything');
  }
  for (const { track, clip } of requireOpenClips(requireSequence(draft, sequenceId), clipIds)) {
    Object.assign(clip, structuredClone(checked));
    if (checked.reference) requireFitsTrack(draft, track, clip);
    // the fade just set wins over the other one
    if (checked.fadeOutTicks !== undefined && checked.fadeInTicks === undefined) {
      clip.fadeOutTicks = Math.min(clip.fadeOutTicks, clip.durationTicks);
      clip.fadeInTicks = Math.min(clip.fadeInTicks, clip.durationTicks - clip.fadeOutTicks);
    }
    fitFades(clip);
  }
};
