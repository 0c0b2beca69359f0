/** A part of a music stem: the same piece with the bars of the part rewritten. */
import type { SoundtrackFamily } from '../pack.ts';
import type { SoundtrackContext, SoundtrackPart, SoundtrackRequest } from './contract.ts';
import { composeMusic } from './musicCompose.ts';
import { openPlayer } from './musicPlayer.ts';
import { comparedSeconds, type Drawn, type PartWords } from './partDrawn.ts';
import { barsWithin, jointOf } from './partJoint.ts';
import { blockSamples, MemorySound } from './soundStore.ts';

/** Generates a part of the music. Throws PipelineCancelled. */
export async function generateMusicPart(
  request: SoundtrackRequest,
  part: SoundtrackPart,
  { rootPlan, picture }: PartWords,
  family: SoundtrackFamily,
  context: SoundtrackContext,
): Promise<Drawn> {
  const { old } = part;
  const asked = jointOf(part, old.sampleCount);
  let joint = asked;
  const whole = { ...request, seed: part.rootSeed };
  const piece = await composeMusic(whole, rootPlan.music, picture?.cuts ?? [], family, context, {
    rewrite: {
      seed: request.seed,
      bars(plan) {
        const bars = barsWithin(plan, asked, old.sampleCount);
        joint = bars.joint;
        return bars;
      },
    },
    onBar: (bar, barCount) => context.report({ fraction: (0.6 * (bar + 1)) / barCount, stage: 'music' }),
  });
  const compared = Math.round(comparedSeconds * 48000);
  const origin = Math.max(0, joint.from - compared);
  const sound = new MemorySound(Math.min(old.sampleCount, joint.to + compared) - origin);
  const { player, playedBy } = await openPlayer(piece, context.soundFont);
  // played from its start, since the reverb still holds what came before
  for (let at = 0; at < origin + sound.sampleCount; at += blockSamples) {
    context.checkCancelled();
    const left = new Float32Array(Math.min(blockSamples, origin + sound.sampleCount - at));
    const right = new Float32Array(left.length);
    player.render(left, right);
    const skip = Math.max(0, Math.min(left.length, origin - at));
    sound.write(at + skip - origin, left.subarray(skip), right.subarray(skip));
    context.report({ fraction: 0.6 + (0.35 * at) / (origin + sound.sampleCount), stage: 'music' });
  }
  return { joint, origin, sound, gain: null, sides: true, played: piece.played, playedBy };
}
