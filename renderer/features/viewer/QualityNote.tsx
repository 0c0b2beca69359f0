import { useTranslation } from 'react-i18next';
import { clipsAtTick } from '../../../core/document/query.ts';
import { playedSource } from '../../../core/render/playedSource.ts';
import { renderedAt } from '../../services/renderedRanges.ts';
import { sequenceOf } from '../../services/selectors.ts';
import { sourceItem } from '../../services/shown.ts';
import { useEditor } from '../../services/store.ts';
import type { EditorState } from '../../services/editor.ts';
import styles from './Viewer.module.css';

/** Tells a proxy or a render from the original: never a hidden fallback. */
export function QualityNote() {
  const { t } = useTranslation('viewer');
  const quality = useEditor(shownQuality);
  return <span className={styles.quality}>{t(quality)}</span>;
}

/** Which kind of file the picture at the playhead comes from. */
export function shownQuality(state: EditorState): 'rendered' | 'proxy' | 'original' {
  const isProxy = (mediaId: string) => state.mediaAssets[mediaId]?.originalPlayable === false;
  const source = sourceItem(state);
  if (source) return isProxy(source.id) ? 'proxy' : 'original';
  const sequence = sequenceOf(state);
  if (!state.document || !sequence) return 'original';
  if (state.playing !== 0 && renderedAt(state.document, state.playheadTicks) !== null) return 'rendered';
  const { document } = state;
  const proxied = clipsAtTick(sequence, state.playheadTicks).some(({ track, clip }) => {
    if (track.kind !== 'video' || track.hidden) return false;
    const played = playedSource(document, clip);
    // a film's patch is always played from its preview
    if (played?.patches.some((patch) => !patch.isStill)) return true;
    return played?.file.kind === 'media' && isProxy(played.file.id);
  });
  return proxied ? 'proxy' : 'original';
}
