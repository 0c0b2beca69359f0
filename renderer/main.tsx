import '@fontsource-variable/inter';
import '@fontsource-variable/noto-sans-sc';
import './ui/tokens.css';
import './ui/base.css';
import { createRoot } from 'react-dom/client';
import { accessKeyParameter, openProjectParameter } from '../core/contract/desktopBridge.ts';
import { startI18n } from './i18n/i18n.ts';
import { showAppearance } from './services/appearance.ts';
import { connectToEngine, setUploadProject, replaceConnection } from './services/connection.ts';
import { listenToEngine } from './services/engineEvents.ts';
import { watchMachine } from './services/machine.ts';
import { preferences } from './services/preferences.ts';
import { hasProjectToReopen, reopenProject } from './services/projects.ts';
import { watchSeen } from './services/seen.ts';
import { watchStaleness } from './services/staleness.ts';
import { useEditor } from './services/store.ts';
import { App } from './shell/App.tsx';

/** A project that takes longer to open leaves the window on its start screen meanwhile. */
const longestBlankMs = 3000;

/** The key that let this browser in is used up: it need not stay in the address, in bookmarks or in the history. */
function forgetAccessKey(address: URLSearchParams): void {
  if (!address.has(accessKeyParameter)) return;
  address.delete(accessKeyParameter);
  const rest = address.toString();
  history.replaceState(history.state, '', rest === '' ? location.pathname : `${location.pathname}?${rest}`);
}

async function main(): Promise<void> {
  const address = new URLSearchParams(location.search);
  forgetAccessKey(address);
  showAppearance();
  await startI18n(preferences().language);
  // 'testing' is the mode of screenshots and component tests: a stand-in engine, never part of a release
  if (import.meta.env.MODE === 'testing' && address.has('fake')) {
    const { fakeConnection } = await import('./testing/fakeConnection.ts');
    replaceConnection(fakeConnection(address));
  } else {
    connectToEngine();
  }
  setUploadProject(() => useEditor.getState().projectId ?? '');
  listenToEngine();
  watchStaleness();
  watchSeen();
  const fromAddress = address.get(openProjectParameter);
  const reopening = reopenProject(fromAddress);
  // the project first: memory, disk and packs can wait for it
  void reopening.finally(watchMachine);
  // no start screen on the way to a project: it would be drawn for nothing, and seen for a moment
  if (hasProjectToReopen(fromAddress))
    await Promise.race([reopening, new Promise((resolve) => setTimeout(resolve, longestBlankMs))]);
  createRoot(document.getElementById('root')!).render(<App />);
  await reopening;
}

void main();
