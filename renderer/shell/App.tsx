import { useEffect } from 'react';
import { listenToKeys } from '../actions/keyboard.ts';
import { ModelsScreen } from '../features/models/ModelsScreen.tsx';
import { StartScreen } from '../features/start/StartScreen.tsx';
import { rememberFocus } from '../services/regions.ts';
import { useEditor } from '../services/store.ts';
import { TooltipProvider } from '../ui/Tooltip.tsx';
import styles from './App.module.css';
import { AppDialogs } from './AppDialogs.tsx';
import { EditorScreen } from './EditorScreen.tsx';
import { StatusBar } from './StatusBar.tsx';
import { keepSystemMenu } from './systemMenu.ts';
import { TitleBar } from './TitleBar.tsx';
import { keepWindowHabits } from './windowHabits.ts';

/** The whole window: title bar, the current screen, status bar and dialogs. */
export function App() {
  const screen = useEditor((state) => (state.screen === 'editor' && !state.document ? 'start' : state.screen));
  useEffect(() => {
    const stops = [listenToKeys(), rememberFocus(), keepSystemMenu(), keepWindowHabits()];
    return () => {
      for (const stop of stops) stop();
    };
  }, []);
  return (
    <TooltipProvider>
      <div className={styles.app}>
        <TitleBar />
        {screen === 'editor' ? <EditorScreen /> : screen === 'models' ? <ModelsScreen /> : <StartScreen />}
        <StatusBar />
      </div>
      <AppDialogs />
    </TooltipProvider>
  );
}
