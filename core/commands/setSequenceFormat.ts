import { sequenceSchema } from '../document/schema.ts';
import type { Command } from './commands.ts';
import { refuse, valueName } from './refusal.ts';
import { requireSequence, requireShape } from './shared/require.ts';

const formatSchema = sequenceSchema.pick({ width: true, height: true, rate: true });

/** Size in pixels (even: yuv420 halves it) and frame rate. Clips keep their ticks. */
export const setSequenceFormat: Command<'setSequenceFormat'> = (draft, { sequenceId, width, height, rate }) => {
  const checked = requireShape(formatSchema, { width, height, rate }, valueName('format'));
  if (checked.width % 2 !== 0 || checked.height % 2 !== 0) refuse('oddSize', { width, height });
  const fps = checked.rate.num / checked.rate.den;
  if (fps < 1 || fps > 240) refuse('badRate', { fps });
  const sequence = requireSequence(draft, sequenceId);
  sequence.width = checked.width;
  sequence.height = checked.height;
  sequence.rate = { ...checked.rate };
};
