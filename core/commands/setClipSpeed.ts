import { clipEnd } from '../document/query.ts';
import { clipSourceRange, toClipTicks } from '../document/sources.ts';
import { rateSchema } from '../document/refs.ts';
import type { Command } from './commands.ts';
import { fitFades } from './shared/edges.ts';
import {
  linkedPlaces,
  requireOpenClip,
  requireSequence,
  requireShape,
  requireUnlocked,
  roomAround,
} from './shared/require.ts';
import { ripple } from './shared/ripple.ts';
import { snapLength } from './shared/snap.ts';
import { refuse, valueName } from './refusal.ts';
import { tidySequence } from './shared/tidy.ts';

/**
 * Constant speed, 1/100 to 100 times; the clip keeps the source range it uses and its length follows, cut down to whole
 * frames. Linked clips change with it. Without ripple a longer clip ends at its neighbour.
 */
export const setClipSpeed: Command<'setClipSpeed'> = (
  draft,
  { sequenceId, clipId, speed, reversed, ripple: rippling },
) => {
  const checked = requireShape(rateSchema, speed, valueName('speed'));
  const factor = checked.num / checked.den;
  if (factor < 0.01 || factor > 100) refuse('badSpeed');
  const sequence = requireSequence(draft, sequenceId);
  const group = linkedPlaces(sequence, requireOpenClip(sequence, clipId).clip);
  const changes = group.map(({ track, clip, clipIndex }) => {
    requireUnlocked(track);
    const source = clipSourceRange(clip);
    const length = snapLength(
      sequence,
      clip.startTicks,
      toClipTicks({ ...clip, speed: checked }, source.durationTicks),
    );
    const room = rippling ? Infinity : roomAround(track, clipIndex).toTicks - clip.startTicks;
    return { track, clip, source, oldEnd: clipEnd(clip), growth: Math.min(length, room) - clip.durationTicks };
  });
  const held = new Set(group.map(({ clip }) => clip.id));
  const seeds = changes.map(({ track, oldEnd }) => ({ trackId: track.id, fromTicks: oldEnd }));
  // an L-cut's parts grow by different lengths: what follows moves by the one that needs most room
  const growth = Math.max(...changes.map((change) => change.growth));
  if (rippling && growth > 0) ripple(sequence, seeds, growth, held);
  for (const { clip, growth: own, source } of changes) {
    clip.speed = { ...checked };
    clip.reversed = reversed;
    clip.durationTicks += own;
    const unused = source.durationTicks - clipSourceRange(clip).durationTicks;
    // reversed, the range's end comes first: what no longer fits goes from its start
    if (reversed && unused > 0) clip.sourceInTicks = source.startTicks + unused;
    fitFades(clip);
  }
  if (rippling && growth < 0) ripple(sequence, seeds, growth, held);
  tidySequence(sequence);
};
