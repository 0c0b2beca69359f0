/** Which file the preview decodes for a stretch of sound. */
import type { SoundSegment } from '../../../core/render/layers.ts';
import { engine } from '../../services/connection.ts';
import type { EditorState } from '../../services/editor.ts';

/**
 * A stream that was decoded has a file of its own; the file's first sound is otherwise played from the file or its
 * proxy. null while there is none: another stream is never played in place of the one that was chosen.
 */
export function soundUrlOf(state: EditorState, { source, streamIndex }: SoundSegment): string | null {
  const path = source.kind === 'take' ? takePath(state, source.id) : mediaPath(state, source.id, streamIndex);
  return path === null ? null : engine().url(path);
}

function takePath({ takeAssets }: EditorState, takeId: string): string | null {
  return takeAssets[takeId]?.url ?? null;
}

function mediaPath(state: EditorState, mediaId: string, streamIndex: number | undefined): string | null {
  const assets = state.mediaAssets[mediaId];
  if (!assets || !state.document?.media[mediaId] || state.missingMediaIds.includes(mediaId)) return null;
  const [first] = assets.sounds;
  // a file put in this one's place may lack the stream: the exporter takes its first then, too
  const chosen = assets.sounds.find((sound) => sound.streamIndex === streamIndex) ?? first;
  if (chosen?.url) return chosen.url;
  if (chosen !== first) return null;
  return assets.originalPlayable ? assets.originalUrl : assets.proxyUrl;
}
