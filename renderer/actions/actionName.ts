/** Names of actions where they stand alone, outside their menu. */
import type { TFunction } from 'i18next';
import type { ActionId } from './registry.ts';

/** The action's words, with its submenu's name first where a label such as '50 %' means nothing without it. */
export function actionName(id: ActionId, t: TFunction<'actions'>): string {
  const label = t(id);
  if (/^clip\.(speed\d|reverse)/.test(id)) return t('named', { menu: t('clip.speed'), label });
  if (/^timeline\.add\w+Track$/.test(id)) return t('named', { menu: t('timeline.addTrack'), label });
  if (id === 'view.dark' || id === 'view.light') return t('named', { menu: t('view.theme'), label });
  if (id === 'view.english' || id === 'view.chinese') return t('named', { menu: t('view.language'), label });
  return label;
}
