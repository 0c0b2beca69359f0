/** The corner above the track heads: how many there are, and one more of any kind. */
import { Plus } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Track } from '../../../../core/document/schema.ts';
import { canEdit } from '../../../services/selectors.ts';
import { useEditor } from '../../../services/store.ts';
import { IconButton } from '../../../ui/IconButton.tsx';
import { Menu, type MenuEntry } from '../../../ui/Menu.tsx';

const roles: readonly { readonly kind: Track['kind']; readonly role: Track['role'] }[] = [
  { kind: 'video', role: 'picture' },
  { kind: 'video', role: 'overlay' },
  { kind: 'video', role: 'titles' },
  { kind: 'audio', role: 'speech' },
  { kind: 'audio', role: 'foley' },
  { kind: 'audio', role: 'ambience' },
  { kind: 'audio', role: 'music' },
];

/** Track count and the menu that adds a track. */
export function AddTrack({ sequenceId, count }: { readonly sequenceId: string; readonly count: number }) {
  const { t } = useTranslation('timeline');
  const editable = useEditor(canEdit);
  const entries: readonly MenuEntry[] = roles.map(({ kind, role }) => ({
    kind: 'item',
    id: role,
    label: t(`addRole.${role}`),
    run: () => useEditor.getState().run('addTrack', { sequenceId, kind, role, name: t(`role.${role}`), index: null }),
  }));
  return (
    <>
      <span className="grow">{t('tracks', { count })}</span>
      <Menu
        align="end"
        trigger={<IconButton size="xs" icon={Plus} label={t('addTrack')} disabled={!editable} />}
        entries={entries}
      />
    </>
  );
}
