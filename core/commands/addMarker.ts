import { markerSchema } from '../document/schema.ts';
import { markersInOrder } from '../document/query.ts';
import type { Command } from './commands.ts';
import { refuse, valueName } from './refusal.ts';
import { requireSequence, requireShape } from './shared/require.ts';

/** Adds a marker and keeps the sequence's markers in order of time. Refuses 'markerThere'. */
export const addMarker: Command<'addMarker'> = (draft, { sequenceId, marker }) => {
  const sequence = requireSequence(draft, sequenceId);
  const checked = requireShape(markerSchema, marker, valueName('marker'));
  if (sequence.markers.some((other) => other.id === checked.id)) refuse('markerThere');
  sequence.markers.push({ ...checked });
  sequence.markers = markersInOrder(sequence);
};
