/** How the parts of one file's cache are called, on disk and in addresses. */
import { access } from 'node:fs/promises';

/** Names inside the cache folder of one content; the same names end the addresses. */
export const assetNames = {
  facts: 'facts.json',
  proxy: 'proxy.mp4',
  /** In its place where the picture has alpha: colours over opacity (core/engine/media/stackedPicture.ts). */
  alphaProxy: 'proxy-alpha.mp4',
  /** Stills that window and exporter would read differently, as one upright sRGB PNG. */
  still: 'proxy.png',
  /** An animated WebP or transparent AVIF as an animated PNG, which ffmpeg reads. */
  animation: 'animation.png',
  filmstrip: 'filmstrip.jpg',
  filmstripInfo: 'filmstrip.json',
  poster: 'poster.jpg',
  /** Of a patch: which source and patches its poster and filmstrip show. */
  shownWith: 'shown-with.json',
} as const;

/** A part of a content's cache. */
export type AssetName = keyof typeof assetNames;

const served: Readonly<Partial<Record<AssetName, string>>> = {
  proxy: 'video/mp4',
  alphaProxy: 'video/mp4',
  still: 'image/png',
  filmstrip: 'image/jpeg',
  filmstripInfo: 'application/json',
  poster: 'image/jpeg',
};

/** Parts that a content has for each of its sound streams. */
export type SoundAssetName = 'sound' | 'peaks';

/** Name of a sound stream's part: the whole stream decoded to WAV, or its peaks. `streamIndex` is the file's. */
export function soundAssetName(asset: SoundAssetName, streamIndex: number): string {
  return asset === 'sound' ? `sound-${streamIndex}.wav` : `peaks-${streamIndex}.bin`;
}

/** The asset that an address ends with, and its type; null for any other name (facts.json stays inside). */
export function servedAsset(fileName: string): { readonly fileName: string; readonly contentType: string } | null {
  if (/^sound-\d{1,4}\.wav$/.test(fileName)) return { fileName, contentType: 'audio/wav' };
  if (/^peaks-\d{1,4}\.bin$/.test(fileName)) return { fileName, contentType: 'application/octet-stream' };
  const asset = (Object.keys(assetNames) as AssetName[]).find((each) => assetNames[each] === fileName);
  const contentType = asset && served[asset];
  return contentType ? { fileName, contentType } : null;
}

/** Whether anything exists at a path in this machine's own folders. */
export async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
