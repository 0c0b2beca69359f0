import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { useShallow } from 'zustand/react/shallow';
import { onPreferences, preferences } from '../services/preferences.ts';
import { useEditor } from '../services/store.ts';
import type { IconType } from '../ui/Icon.tsx';
import { actions, runAction, type ActionId } from './registry.ts';
import { shownShortcut } from './shortcuts.ts';

export interface ShownAction {
  readonly label: string;
  readonly icon: IconType | undefined;
  readonly shortcut: string | null;
  readonly enabled: boolean;
  readonly checked: boolean | undefined;
  readonly hidden: boolean;
  readonly run: () => void;
}

/** An action as a button shows it: words, key and state, kept fresh. */
export function useAction(id: ActionId): ShownAction {
  const { t } = useTranslation('actions');
  const action = actions[id];
  const state = useEditor(
    useShallow((editor) => ({
      enabled: action.enabled?.(editor) ?? true,
      checked: action.checked?.(editor),
      hidden: action.hidden?.(editor) ?? false,
    })),
  );
  useSyncExternalStore(onPreferences, () => preferences().shortcuts);
  return { label: t(id), icon: action.icon, shortcut: shownShortcut(id), ...state, run: () => void runAction(id) };
}
