import { Clapperboard, FileOutput, FolderInput, FolderOpen, Plus, Save, X } from 'lucide-react';
import { start } from '../services/errors.ts';
import { chooseAndImport } from '../services/imports.ts';
import { closeProject, openDemo } from '../services/projects.ts';
import { openByDialog } from '../services/openByDialog.ts';
import { canEdit } from '../services/selectors.ts';
import { currentOutbox, useEditor } from '../services/store.ts';
import { defineActions } from './action.ts';

const { getState, setState } = useEditor;

/** Actions of the File menu. */
export const fileActions = defineActions({
  'file.new': {
    icon: Plus,
    shortcuts: ['$mod+n', '$mod+Alt+n'],
    whileTyping: true,
    run: () => setState({ dialog: 'newProject' }),
  },
  'file.open': { icon: FolderOpen, shortcuts: ['$mod+o'], whileTyping: true, run: () => start(openByDialog()) },
  'file.demo': { icon: Clapperboard, run: () => start(openDemo()) },
  'file.import': {
    icon: FolderInput,
    shortcuts: ['$mod+i'],
    whileTyping: true,
    enabled: canEdit,
    run: () => start(chooseAndImport()),
  },
  'file.export': {
    icon: FileOutput,
    shortcuts: ['$mod+e'],
    whileTyping: true,
    enabled: (state) => state.document !== null,
    run: () => setState({ dialog: 'export', playing: 0 }),
  },
  // everything is saved as it happens; the key is in every editor's fingers, and must not open the browser's dialog
  'file.save': {
    icon: Save,
    shortcuts: ['$mod+s'],
    whileTyping: true,
    enabled: (state) => state.document !== null,
    run: () => {
      if (getState().projectId) start(currentOutbox()?.flush() ?? Promise.resolve());
    },
  },
  'file.close': {
    icon: X,
    shortcuts: ['$mod+Shift+w'],
    whileTyping: true,
    enabled: (state) => state.document !== null,
    run: () => start(closeProject()),
  },
});
