/**
 * Device, memory and disk for the status bar, and the packs. Asked for again every few seconds while the window is
 * seen.
 */
import { engine } from './connection.ts';
import { sayFailure } from './errors.ts';
import { useEditor } from './store.ts';

const everyMs = 5000;

/** Fetches device, memory and disk status while the engine is connected. */
export function refreshMachine(): void {
  const line = engine();
  if (line.state !== 'open') return;
  line
    .call('app.status', {})
    .then((machine) => useEditor.setState({ machine }))
    .catch(sayFailure);
}

/** Fetches the list of model packs. */
export function refreshPacks(): void {
  engine()
    .call('packs.list', {})
    .then((packs) => useEditor.setState({ packs }))
    .catch(sayFailure);
}

/** Fetches the status of the SoundFont. */
export function refreshSoundFont(): void {
  engine()
    .call('soundFont.status', {})
    .then((soundFont) => useEditor.setState({ soundFont }))
    .catch(sayFailure);
}

/** Answers the function that stops it. */
export function watchMachine(): () => void {
  refreshMachine();
  const timer = setInterval(() => {
    if (!document.hidden) refreshMachine();
  }, everyMs);
  return () => clearInterval(timer);
}
