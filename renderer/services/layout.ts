/** Sizes and folds of the panels: kept between starts, never part of undo. */
import { create } from 'zustand';
import { defaultLayout, preferences, setPreferences, type Layout } from './preferences.ts';
import { useEditor } from './store.ts';

export const useLayout = create<Layout & { readonly binPinned: boolean }>()(() => ({
  ...preferences().layout,
  binPinned: false,
}));

export function setLayout(patch: Partial<Layout>): void {
  useLayout.setState(patch.binOpen === undefined ? patch : { ...patch, binPinned: patch.binOpen });
  const { binPinned: _, ...layout } = useLayout.getState();
  useEditor.setState({
    binOpen: layout.binOpen,
    inspectorOpen: layout.inspectorOpen,
    timelineOpen: layout.timelineOpen,
  });
  setPreferences({ layout });
}

export function restoreLayout(): void {
  setLayout(defaultLayout);
}
