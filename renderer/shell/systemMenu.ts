/** Keeps Electron's own menu and title the same as the window's. */
import { menuTemplate } from '../actions/menus.ts';
import { isActionId, runAction } from '../actions/registry.ts';
import { start } from '../services/errors.ts';
import { desktop } from '../services/portTransport.ts';
import { onPreferences } from '../services/preferences.ts';
import { openProject } from '../services/projects.ts';
import { useRecent } from '../services/recent.ts';
import { useEditor } from '../services/store.ts';

const settleMs = 150;

/** Does nothing in a browser. Answers the function that stops it. */
export function keepSystemMenu(): () => void {
  const bridge = desktop();
  if (!bridge) return () => {};
  let sent = '';
  let timer: ReturnType<typeof setTimeout> | null = null;
  const send = () => {
    timer = null;
    const template = menuTemplate();
    const text = JSON.stringify(template);
    if (text !== sent) bridge.setMenu(template);
    sent = text;
    const { document, unsavedCount } = useEditor.getState();
    bridge.setTitle(document?.name ?? 'Framewright', unsavedCount > 0);
  };
  const soon = () => {
    timer ??= setTimeout(send, settleMs);
  };
  const stops = [
    useEditor.subscribe(soon),
    useRecent.subscribe(soon),
    onPreferences(soon),
    bridge.onMenuAction((id) => {
      if (id.startsWith('recent:')) start(openProject(id.slice('recent:'.length)));
      else if (isActionId(id)) runAction(id);
    }),
  ];
  soon();
  return () => {
    if (timer) clearTimeout(timer);
    for (const stop of stops) stop();
  };
}
