import type { Command } from './commands.ts';
import { refuse } from './refusal.ts';
import { requireSequence } from './shared/require.ts';

/** Removes a marker. Refuses 'markerNotFound'. */
export const removeMarker: Command<'removeMarker'> = (draft, { sequenceId, markerId }) => {
  const sequence = requireSequence(draft, sequenceId);
  const index = sequence.markers.findIndex((marker) => marker.id === markerId);
  if (index < 0) refuse('markerNotFound');
  sequence.markers.splice(index, 1);
};
