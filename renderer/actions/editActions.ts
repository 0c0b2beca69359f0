import { ClipboardPaste, Copy, CopyPlus, History, Redo2, Scissors, Trash2, Undo2 } from 'lucide-react';
import { allClips } from '../../core/document/query.ts';
import {
  copySelection,
  cutSelection,
  deleteSelection,
  duplicateSelection,
  hasClipboard,
  pasteAtPlayhead,
  rippleDeleteSelection,
} from '../services/clipboard.ts';
import { redoMask, undoMask } from '../services/maskSteps.ts';
import { canEdit, sequenceOf } from '../services/selectors.ts';
import { emptySelection, useEditor } from '../services/store.ts';
import type { EditorState } from '../services/editor.ts';
import { defineActions } from './action.ts';

const { getState, setState } = useEditor;

const clipsSelected = (state: EditorState) => canEdit(state) && state.selection.clipIds.length > 0;
const anythingSelected = (state: EditorState) => {
  const { clipIds, gap, transitionId, markerId, mediaIds } = state.selection;
  return (
    canEdit(state) &&
    (clipIds.length > 0 || gap !== null || transitionId !== null || markerId !== null || mediaIds.length > 0)
  );
};

/** Actions of the Edit menu. */
export const editActions = defineActions({
  // while a mask is painted these mean its strokes, and nothing else
  'edit.undo': {
    icon: Undo2,
    shortcuts: ['$mod+z'],
    enabled: (state) =>
      state.maskMode ? state.maskSteps.past.length > 0 : canEdit(state) && state.undoStack.length > 0,
    run: () => (getState().maskMode ? undoMask() : getState().undo()),
  },
  'edit.redo': {
    icon: Redo2,
    shortcuts: ['$mod+Shift+z', '$mod+y'],
    enabled: (state) =>
      state.maskMode ? state.maskSteps.future.length > 0 : canEdit(state) && state.redoStack.length > 0,
    run: () => (getState().maskMode ? redoMask() : getState().redo()),
  },
  'edit.history': {
    icon: History,
    shortcuts: ['Shift+h'],
    enabled: (state) => state.document !== null,
    checked: (state) => state.sidePanel === 'history' && state.inspectorOpen,
    run: () => {
      const { sidePanel, inspectorOpen } = getState();
      setState(
        sidePanel === 'history' && inspectorOpen
          ? { sidePanel: 'inspect' }
          : { sidePanel: 'history', inspectorOpen: true },
      );
    },
  },
  'edit.cut': { icon: Scissors, shortcuts: ['$mod+x'], enabled: clipsSelected, run: cutSelection },
  'edit.copy': {
    icon: Copy,
    shortcuts: ['$mod+c'],
    enabled: (state) => state.selection.clipIds.length > 0,
    run: copySelection,
  },
  'edit.paste': {
    icon: ClipboardPaste,
    shortcuts: ['$mod+v'],
    enabled: (state) => canEdit(state) && hasClipboard(),
    run: pasteAtPlayhead,
  },
  'edit.duplicate': { icon: CopyPlus, shortcuts: ['$mod+d'], enabled: clipsSelected, run: duplicateSelection },
  'edit.delete': { icon: Trash2, shortcuts: ['Delete', 'Backspace'], enabled: anythingSelected, run: deleteSelection },
  'edit.rippleDelete': {
    shortcuts: ['Shift+Delete', 'Shift+Backspace'],
    enabled: (state) => clipsSelected(state) || (canEdit(state) && state.selection.gap !== null),
    run: rippleDeleteSelection,
  },
  'edit.selectAll': {
    shortcuts: ['$mod+a'],
    enabled: (state) => state.document !== null,
    run: () => {
      const sequence = sequenceOf(getState());
      if (sequence) setState({ selection: { ...emptySelection, clipIds: allClips(sequence).map((clip) => clip.id) } });
    },
  },
  'edit.deselect': {
    shortcuts: ['$mod+Shift+a'],
    enabled: anythingSelected,
    run: () => setState({ selection: emptySelection }),
  },
  'edit.leaveMode': {
    shortcuts: ['Escape'],
    keyOnly: true,
    run: () => {
      const { maskMode, compare, tool, selection } = getState();
      if (maskMode) setState({ maskMode: null });
      else if (compare) setState({ compare: null });
      else if (tool !== 'select') setState({ tool: 'select' });
      else if (selection !== emptySelection) setState({ selection: emptySelection });
    },
  },
});
