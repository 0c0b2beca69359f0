import { trackSchema } from '../document/schema.ts';
import type { Command } from './commands.ts';
import { valueName } from './refusal.ts';
import { requireSequence, requireShape, requireTrack } from './shared/require.ts';

const propertiesSchema = trackSchema
  .pick({ name: true, muted: true, solo: true, hidden: true, locked: true, gainDb: true })
  .partial();

/** A locked track can still be muted, hidden, renamed and unlocked: the lock protects its clips. */
export const setTrackProperties: Command<'setTrackProperties'> = (draft, { sequenceId, trackId, properties }) => {
  const checked = requireShape(propertiesSchema, properties, valueName('trackProperty'));
  Object.assign(requireTrack(requireSequence(draft, sequenceId), trackId), checked);
};
