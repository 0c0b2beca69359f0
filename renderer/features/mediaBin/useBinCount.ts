import { useTranslation } from 'react-i18next';
import type { BinTab } from '../../services/editor.ts';
import { useEditor } from '../../services/store.ts';
import { activeTakeIds, filterMedia, filterTakes } from './binItems.ts';

/** '14 items, 1 selected' or '9 takes, 6 in use'; during a search, how many it found. Empty without a project. */
export function useBinCount(tab: BinTab, query: string): string {
  const { t } = useTranslation('mediaBin');
  const document = useEditor((state) => state.document);
  const selected = useEditor((state) => state.selection.mediaIds.length);
  if (!document) return '';
  const searching = query.trim() !== '';
  if (tab === 'takes') {
    const takes = Object.values(document.takes);
    const active = activeTakeIds(document);
    const all = t('takesUsed', { count: takes.length, used: takes.filter((take) => active.has(take.id)).length });
    return searching ? t('found', { count: filterTakes(takes, query).length, all: takes.length }) : all;
  }
  const media = Object.values(document.media);
  const items = searching
    ? t('found', { count: filterMedia(media, query, 'name').length, all: media.length })
    : t('count', { count: media.length });
  return selected > 0 ? t('countSelected', { items, selected }) : items;
}
