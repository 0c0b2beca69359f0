import { Bell, Frame, Maximize2, PanelBottom, PanelLeft, PanelRight, Search } from 'lucide-react';
import { setLayout, restoreLayout } from '../services/layout.ts';
import { preferences } from '../services/preferences.ts';
import { desktop } from '../services/portTransport.ts';
import { start } from '../services/errors.ts';
import { setLanguage, setTheme } from '../services/appearance.ts';
import { walkRegions } from '../services/regions.ts';
import { openAiPanel } from '../services/openAi.ts';
import { aiShown } from '../services/selectors.ts';
import { useEditor } from '../services/store.ts';
import { setPreferences } from '../services/preferences.ts';
import type { EditorState } from '../services/editor.ts';
import { defineActions } from './action.ts';

const { getState, setState } = useEditor;
const inEditor = (state: EditorState) => state.screen === 'editor';

function toggleFullScreen(): void {
  const bridge = desktop();
  if (bridge) bridge.windowAction('toggleFullScreen');
  else start(document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen());
}

/** Actions of the View menu: panels, theme, language and full screen. */
export const viewActions = defineActions({
  'view.bin': {
    icon: PanelLeft,
    shortcuts: ['Shift+Digit1'],
    enabled: inEditor,
    checked: (state) => state.binOpen,
    run: () => setLayout({ binOpen: !getState().binOpen }),
  },
  'view.timeline': {
    icon: PanelBottom,
    shortcuts: ['Shift+Digit2'],
    enabled: inEditor,
    checked: (state) => state.timelineOpen,
    run: () => setLayout({ timelineOpen: !getState().timelineOpen }),
  },
  'view.inspector': {
    icon: PanelRight,
    shortcuts: ['Shift+Digit3'],
    enabled: inEditor,
    checked: (state) => state.inspectorOpen,
    run: () => setLayout({ inspectorOpen: !getState().inspectorOpen }),
  },
  'view.inspectPanel': {
    shortcuts: ['Shift+Digit4'],
    enabled: inEditor,
    checked: (state) => state.sidePanel === 'inspect',
    run: () => {
      setLayout({ inspectorOpen: true });
      setState({ sidePanel: 'inspect' });
    },
  },
  'view.aiPanel': {
    shortcuts: ['Shift+Digit5'],
    enabled: inEditor,
    hidden: (state) => !aiShown(state),
    checked: (state) => state.sidePanel === 'ai',
    run: openAiPanel,
  },
  'view.tallInspector': {
    enabled: inEditor,
    checked: () => preferences().layout.tallInspector,
    run: () => setLayout({ tallInspector: !preferences().layout.tallInspector }),
  },
  'view.restorePanels': { enabled: inEditor, run: restoreLayout },
  'view.dark': { checked: (state) => state.theme === 'dark', run: () => setTheme('dark') },
  'view.light': { checked: (state) => state.theme === 'light', run: () => setTheme('light') },
  'view.english': { checked: (state) => state.language === 'en', run: () => setLanguage('en') },
  'view.chinese': { checked: (state) => state.language === 'zh', run: () => setLanguage('zh') },
  'view.safeAreas': {
    icon: Frame,
    shortcuts: ["'"],
    enabled: inEditor,
    checked: (state) => state.safeAreas,
    run: () => {
      setState((state) => ({ safeAreas: !state.safeAreas }));
      setPreferences({ safeAreas: getState().safeAreas });
    },
  },
  'view.sourceMode': {
    enabled: (state) => inEditor(state) && state.sourceMediaId !== null,
    checked: (state) => state.viewerMode === 'source',
    run: () => setState({ viewerMode: 'source', playing: 0 }),
  },
  'view.timelineMode': {
    enabled: inEditor,
    checked: (state) => state.viewerMode === 'timeline',
    run: () => setState({ viewerMode: 'timeline', playing: 0 }),
  },
  'view.fullScreen': { icon: Maximize2, shortcuts: ['F11'], whileTyping: true, run: toggleFullScreen },
  'view.notices': { icon: Bell, shortcuts: ['Shift+n'], run: () => setState({ dialog: 'notices' }) },
  'view.palette': {
    icon: Search,
    shortcuts: ['$mod+k', '$mod+Shift+p'],
    whileTyping: true,
    keyOnly: true,
    run: () => setState({ dialog: 'palette' }),
  },
  'view.nextRegion': { shortcuts: ['F6'], whileTyping: true, keyOnly: true, run: () => walkRegions(1) },
  'view.previousRegion': { shortcuts: ['Shift+F6'], whileTyping: true, keyOnly: true, run: () => walkRegions(-1) },
});
