import { useTranslation } from 'react-i18next';
import { start } from '../../services/errors.ts';
import { chooseAndImport } from '../../services/imports.ts';
import { useSeen } from '../../services/seen.ts';
import { useEditor } from '../../services/store.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { mediaUses, searchMedia, type BinOrder } from './binItems.ts';
import { MediaTile } from './MediaTile.tsx';

/** Media of the project as tiles or a list, filtered by `query`. */
export function MediaTiles({ query, order, list }: { query: string; order: BinOrder; list: boolean }) {
  const { t } = useTranslation('mediaBin');
  const document = useEditor((state) => state.document);
  const all = Object.values(document?.media ?? {});
  const seen = useSeen((state) => state.byMedia);
  const found = searchMedia(all, query, order, seen);
  if (!document || all.length === 0)
    return (
      <EmptyState action={<Button onClick={() => start(chooseAndImport())}>{t('import')}</Button>}>
        {t('empty')}
      </EmptyState>
    );
  if (found.length === 0) return <EmptyState>{t('noMatch', { query })}</EmptyState>;
  const uses = mediaUses(document);
  return found.map(({ item, reasons }) => (
    <MediaTile key={item.id} item={item} list={list} uses={uses.get(item.id) ?? 0} reasons={reasons} />
  ));
}
