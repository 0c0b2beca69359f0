/** Which instruments play a soundtrack's music: a SoundFont, or the built-in synthesisers. */
import { sentence, type Sentence } from '../../contract/sentence.ts';
import type { SoundFontStore } from '../soundfont/soundFontStore.node.ts';
import type { MakerContext } from './made.ts';
import type { ResolvedPart } from './resolved.ts';
import { stemRecipe } from './stemRecipe.node.ts';

/** The instruments of one run. */
export interface Players {
  readonly font: {
    readonly path: string;
    readonly fileName: string;
    readonly name: string;
    readonly sha256: string;
    /** By the user. */
    readonly chosen: boolean;
  } | null;
  /** Why there is no SoundFont; a sentence, null when that needs no word. */
  readonly problem: Sentence | null;
}

/** A regenerated part keeps the SoundFont of the whole stem, where it is present. */
export async function choosePlayers(
  part: ResolvedPart | null,
  soundFonts: SoundFontStore,
  context: Pick<MakerContext, 'notice'>,
): Promise<Players> {
  const whole = part && (await stemRecipe(part.file));
  if (whole && whole.instruments?.kind !== 'soundFont') return { font: null, problem: null };
  const { font: found, problem } = await soundFonts.load();
  const font: Players['font'] = found && {
    ...found,
    sha256: found.sha256 ?? '',
    chosen: found.sha256 !== null && found.sha256 === (await soundFonts.ownChoice()),
  };
  const before = whole?.instruments?.kind === 'soundFont' ? whole.instruments : null;
  if (before && before.sha256 !== font?.sha256)
    context.notice(
      sentence('generation.otherFontBefore', {
        before: before.name,
        now: font?.name ?? sentence('generation.builtIn'),
      }),
    );
  else if (font && problem !== null)
    context.notice(sentence('generation.fontPlays', { reason: problem, name: font.name }));
  return {
    font,
    problem: font || before ? null : (problem ?? sentence('generation.noSoundFont')),
  };
}
