import type { Command } from './commands.ts';
import { refuse } from './refusal.ts';
import { requireSequence, requireTicks } from './shared/require.ts';

/** The range that loops and exports: null leaves that side open. */
export const setInOut: Command<'setInOut'> = (draft, { sequenceId, inTicks, outTicks }) => {
  const sequence = requireSequence(draft, sequenceId);
  for (const ticks of [inTicks, outTicks]) {
    if (ticks === null) continue;
    requireTicks(ticks);
    if (ticks < 0) refuse('rangeBeforeStart');
  }
  if (inTicks !== null && outTicks !== null && inTicks >= outTicks) refuse('badRange');
  sequence.inTicks = inTicks;
  sequence.outTicks = outTicks;
};
