/** Generates the music of a whole request: composed, then played into its stem. */
import type { SoundtrackFamily } from '../pack.ts';
import type { PlayedBy, SoundtrackContext, SoundtrackRequest } from './contract.ts';
import { composeMusic } from './musicCompose.ts';
import { openPlayer } from './musicPlayer.ts';
import type { MusicWishes } from './planner.ts';
import { stemShares, type JobProgress } from './progress.ts';
import { blockSamples } from './soundStore.ts';
import type { Stem } from './stemShape.ts';

/** Input for the music of a request. */
export interface MusicOrder {
  readonly request: SoundtrackRequest;
  readonly wishes: MusicWishes;
  /** Cuts of the picture, in seconds. */
  readonly cutSeconds: readonly number[];
  readonly family: SoundtrackFamily;
  readonly context: SoundtrackContext;
  readonly progress: JobProgress;
}

/** Writes the music stem and returns a description of the music and who played it. Throws PipelineCancelled. */
export async function generateMusic(
  { request, wishes, cutSeconds, family, context, progress }: MusicOrder,
  stem: Stem,
): Promise<{ played: string; playedBy: PlayedBy }> {
  const report = (fraction: number): void => progress.report(stemShares.music * fraction, { stage: 'music' });
  const piece = await composeMusic(request, wishes, cutSeconds, family, context, {
    onBar: (bar, barCount) => report((0.5 * (bar + 1)) / barCount),
  });
  const { player, playedBy } = await openPlayer(piece, context.soundFont);
  const { sampleCount } = stem.store;
  for (let at = 0; at < sampleCount; at += blockSamples) {
    context.checkCancelled();
    const left = new Float32Array(Math.min(blockSamples, sampleCount - at));
    const right = new Float32Array(left.length);
    player.render(left, right);
    stem.writer.write(at, left, right);
    report(0.5 + (0.5 * (at + left.length)) / sampleCount);
  }
  progress.finish(stemShares.music);
  return { played: piece.played, playedBy };
}
