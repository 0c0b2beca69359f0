/** The contract's soundFont.* methods. */
import { resolve } from 'node:path';
import type { Handlers } from '../../contract/contract.ts';
import type { SoundFontStore } from '../soundfont/soundFontStore.node.ts';

type SoundFontMethods = 'soundFont.status' | 'soundFont.install' | 'soundFont.remove';

/** Shows, installs and removes the SoundFont that plays music. */
export function soundFontHandlers(soundFonts: SoundFontStore): Pick<Handlers, SoundFontMethods> {
  return {
    'soundFont.status': () => soundFonts.status(),
    'soundFont.install': ({ path }) => soundFonts.install(resolve(path)),
    'soundFont.remove': () => soundFonts.remove(),
  };
}
