import { useTranslation } from 'react-i18next';
import type { BinTab } from '../../services/editor.ts';
import { useEditor } from '../../services/store.ts';
import { useSeen } from '../../services/seen.ts';
import { activeTakeIds, filterTakes, searchMedia } from './binItems.ts';

/** '14 items, 1 selected' or '9 takes, 6 in use'; during a search, how many it found. Empty without a project. */
export function useBinCount(tab: BinTab, query: string): string {
  const { t } = useTranslation('mediaBin');
  const document = useEditor((state) => state.document);
  const selected = useEditor((state) => state.selection.mediaIds.length);
  const seen = useSeen((state) => state.byMedia);
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
    ? t('found', { count: searchMedia(media, query, 'name', seen).length, all: media.length })
    : t('count', { count: media.length });
  return selected > 0 ? t('countSelected', { items, selected }) : items;
}
