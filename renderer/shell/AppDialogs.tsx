import { ExportDialog } from '../features/export/ExportDialog.tsx';
import { useChooser } from '../services/dialogs.ts';
import { useEditor } from '../services/store.ts';
import { AboutDialog } from './AboutDialog.tsx';
import { CommandPalette } from './CommandPalette.tsx';
import { CutsDialog } from './CutsDialog.tsx';
import { FileChooser } from './FileChooser.tsx';
import { NewProjectDialog } from './NewProjectDialog.tsx';
import { NoticesDialog } from './NoticesDialog.tsx';
import { ReframeDialog } from './ReframeDialog.tsx';
import { ShortcutsDialog } from './ShortcutsDialog.tsx';

/** The dialogs that belong to no panel; one at a time, and the file chooser over any of them. */
export function AppDialogs() {
  const chooser = useChooser((state) => state.request);
  return (
    <>
      <OneDialog />
      {chooser ? <FileChooser request={chooser} /> : null}
    </>
  );
}

function OneDialog() {
  const dialog = useEditor((state) => state.dialog);
  switch (dialog) {
    case 'export':
      return <ExportDialog />;
    case 'palette':
      return <CommandPalette />;
    case 'shortcuts':
      return <ShortcutsDialog />;
    case 'newProject':
      return <NewProjectDialog />;
    case 'notices':
      return <NoticesDialog />;
    case 'about':
      return <AboutDialog />;
    case 'cuts':
      return <CutsDialog />;
    case 'reframe':
      return <ReframeDialog />;
    // these three open through services/dialogs.ts
    case 'openProject':
    case 'import':
    case 'saveLocation':
    case null:
      return null;
  }
}
