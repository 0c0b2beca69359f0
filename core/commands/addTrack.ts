import { createTrack } from '../document/create.ts';
import { trackSchema } from '../document/schema.ts';
import type { Command } from './commands.ts';
import { valueName } from './refusal.ts';
import { clamp, requireSequence, requireShape } from './shared/require.ts';

/** `index` is the place among all tracks; null puts it in front of the last track of its kind. */
export const addTrack: Command<'addTrack'> = (draft, { sequenceId, kind, role, name, index }) => {
  const sequence = requireSequence(draft, sequenceId);
  const track = requireShape(trackSchema, createTrack(kind, role, name), valueName('track'));
  const afterLast = sequence.tracks.findLastIndex((other) => other.kind === kind) + 1;
  const place = index ?? (afterLast > 0 || kind === 'video' ? afterLast : sequence.tracks.length);
  sequence.tracks.splice(clamp(Math.trunc(place), 0, sequence.tracks.length), 0, track);
};
