import { markerSchema } from '../document/schema.ts';
import { markersInOrder } from '../document/query.ts';
import type { Command } from './commands.ts';
import { refuse, valueName } from './refusal.ts';
import { requireSequence, requireShape } from './shared/require.ts';

const propertiesSchema = markerSchema.omit({ id: true }).partial();

/** Changes a marker's time, name or kind. Refuses 'markerNotFound'. */
export const setMarker: Command<'setMarker'> = (draft, { sequenceId, markerId, properties }) => {
  const sequence = requireSequence(draft, sequenceId);
  const marker = sequence.markers.find((candidate) => candidate.id === markerId);
  if (!marker) return refuse('markerNotFound');
  const checked = requireShape(propertiesSchema, properties, valueName('marker'));
  Object.assign(marker, checked);
  if (checked.ticks !== undefined) sequence.markers = markersInOrder(sequence);
};
