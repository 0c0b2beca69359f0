/** Which parts of its sources a sequence shows and plays, handles of transitions included. */
import type { Clip, Sequence } from '../../document/schema.ts';
import { secondsFromTicks } from '../../time/ticks.ts';
import type { Stretch } from '../media/readDamage.node.ts';

/** By 'media <id>' and 'take <id>': from the first to the last moment used, s of the source's own time. */
export function usedStretches(sequence: Sequence): ReadonlyMap<string, Stretch> {
  const stretches = new Map<string, Stretch>();
  for (const { clips, transitions } of sequence.tracks)
    for (const clip of clips) {
      const key = sourceKey(clip);
      if (key === null) continue;
      const joined = transitions.filter(({ fromClipId, toClipId }) => [fromClipId, toClipId].includes(clip.id));
      const handles = Math.max(0, ...joined.map(({ durationTicks }) => durationTicks));
      const speed = clip.speed.num / clip.speed.den;
      const fromSeconds = Math.max(0, secondsFromTicks(clip.sourceInTicks - handles * speed));
      const toSeconds = secondsFromTicks(clip.sourceInTicks + (clip.durationTicks + handles) * speed);
      const known = stretches.get(key);
      stretches.set(key, {
        fromSeconds: Math.min(fromSeconds, known?.fromSeconds ?? Infinity),
        toSeconds: Math.max(toSeconds, known?.toSeconds ?? 0),
      });
    }
  return stretches;
}

function sourceKey({ reference, generation }: Clip): string | null {
  const takeId = generation?.activeTakeId;
  if (takeId) return `take ${takeId}`;
  return reference.kind === 'media' ? `media ${reference.mediaId}` : null;
}
