import { Menu as Base } from '@base-ui/react/menu';
import { Menubar } from '@base-ui/react/menubar';
import { useTranslation } from 'react-i18next';
import { menuEntries, menus, shownMenus, type MenuId } from '../actions/menus.ts';
import { useEditor } from '../services/store.ts';
import { LazyItems } from '../ui/Menu.tsx';
import menu from '../ui/Menu.module.css';
import styles from './TitleBar.module.css';

/** Arrow keys go from menu to menu; each asks for its lines when it opens. */
export function MenuBar() {
  const { t } = useTranslation('shell');
  useEditor((state) => state.document?.aiEnabled);
  return (
    <Menubar aria-label={t('menuBar')} className={styles.menus} modal={false}>
      {shownMenus().map((id) => (
        <OneMenu key={id} id={id} />
      ))}
    </Menubar>
  );
}

function OneMenu({ id }: { id: MenuId }) {
  const { t } = useTranslation('actions');
  return (
    <Base.Root>
      <Base.Trigger className={styles.menu}>{t(`menus.${id}`)}</Base.Trigger>
      <Base.Portal>
        <Base.Positioner className={menu.positioner} sideOffset={4}>
          <Base.Popup className={menu.popup}>
            <LazyItems entries={() => menuEntries(menus[id])} />
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
