/** Opens the player: a SoundFont if there is one, otherwise the built-in instruments. */
import type { PlayedBy, SoundtrackContext } from './contract.ts';
import { BuiltInPlayer, type MusicPlayer } from './musicRender.ts';
import { scoreOf, type RenderOrder } from './musicScore.ts';
import type { Note } from './musicTokens.ts';

/** A broken SoundFont does not fail the run: the built-in instruments play instead, and the problem is reported. */
export async function openPlayer(
  { notes, order }: { readonly notes: readonly Note[]; readonly order: RenderOrder },
  soundFont: SoundtrackContext['soundFont'],
): Promise<{ player: MusicPlayer; playedBy: PlayedBy }> {
  const score = scoreOf(notes, order);
  let problem: string | null = null;
  if (soundFont) {
    try {
      // loaded on demand: the library is larger than this family
      const { openSoundFont, SoundFontPlayer } = await import('./soundFont.ts');
      return {
        player: await SoundFontPlayer.open(await openSoundFont(await soundFont.read()), score, order),
        playedBy: { kind: 'soundFont' },
      };
    } catch (error) {
      problem = error instanceof Error ? error.message : String(error);
    }
  }
  return { player: new BuiltInPlayer(score), playedBy: { kind: 'builtIn', problem } };
}
