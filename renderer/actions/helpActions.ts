import { Cpu, House, Keyboard } from 'lucide-react';
import { useEditor } from '../services/store.ts';
import { defineActions } from './action.ts';

/** Actions of the Help menu. */
export const helpActions = defineActions({
  'help.shortcuts': { icon: Keyboard, shortcuts: ['Shift+?'], run: () => useEditor.setState({ dialog: 'shortcuts' }) },
  'help.about': { icon: Cpu, shortcuts: ['F1'], whileTyping: true, run: () => useEditor.setState({ dialog: 'about' }) },
  'help.start': { icon: House, run: () => useEditor.setState({ screen: 'start', playing: 0 }) },
});
