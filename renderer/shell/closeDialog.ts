import { useEditor } from '../services/store.ts';

export function closeDialog(): void {
  useEditor.setState({ dialog: null });
}
