/** Sizes and folds of the panels: kept between starts, never part of undo. */
import { create } from 'zustand';
import { defaultLayout, preferences, setPreferences, type Layout } from './preferences.ts';
import { useEditor } from './store.ts';

/** Layout of the panels. `binPinned`: the user opened the bin, so a narrow window keeps it open. */
export const useLayout = create<Layout & { readonly binPinned: boolean }>()(() => ({
  ...preferences().layout,
  binPinned: false,
}));

/** Changes part of the layout and remembers it. */
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

/** Restores the default layout. */
export function restoreLayout(): void {
  setLayout(defaultLayout);
}
