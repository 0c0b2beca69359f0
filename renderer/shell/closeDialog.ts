import { useEditor } from '../services/store.ts';

/** Closes the open dialog. */
export function closeDialog(): void {
  useEditor.setState({ dialog: null });
}
