/**
 * The one SoundFont that Framewright offers to download: MuseScore_General, as Debian packages it (MIT, parts CC0 and
 * public domain).
 */
export interface KnownSoundFont {
  readonly name: string;
  readonly licence: string;
  /** Tried one after another; whatever answers is held to the hash. */
  readonly urls: readonly string[];
  /** The Debian package that is fetched. */
  readonly archive: { readonly sizeBytes: number; readonly sha256: string; readonly path: string };
  readonly fileName: string;
  readonly sizeBytes: number;
  readonly sha256: string;
}

const pool = 'pool/main/m/musescore-general-soundfont-small/musescore-general-soundfont-small_0.2.1-1_all.deb';

export const knownSoundFont: KnownSoundFont = {
  name: 'MuseScore General Lite',
  licence: 'MIT',
  // the second keeps everything that was ever in the first
  urls: [
    `https://deb.debian.org/debian/${pool}`,
    `https://snapshot.debian.org/archive/debian/20230701T000000Z/${pool}`,
  ],
  archive: {
    sizeBytes: 34_150_714,
    sha256: '65f9c1cb658c49e8713d2c95238d5d26868f520341f74a4fe26248a8f763c739',
    path: 'usr/share/sounds/sf3/MuseScore_General_Lite.sf3',
  },
  fileName: 'MuseScore_General_Lite.sf3',
  sizeBytes: 39_978_561,
  sha256: '916aaca6b0eb9f9083eb42399614acb2ff4ec72ce28dffff1814592a9696b479',
};
