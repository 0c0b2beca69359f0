import { ExportDialog } from '../features/export/ExportDialog.tsx';
import { useEditor } from '../services/store.ts';

/** The dialogs that belong to no panel; one at a time. */
export function AppDialogs() {
  const dialog = useEditor((state) => state.dialog);
  return dialog === 'export' ? <ExportDialog /> : null;
}
