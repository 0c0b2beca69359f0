/** Restrictions of the window: it cannot leave the app, open windows, request devices or reach any network. */
import type { App, Session } from 'electron';
import { isAppUrl } from './appPage.ts';

const grantedPermissions = new Set(['fullscreen', 'clipboard-sanitized-write', 'pointerLock']);

/** Schemes that stay on this machine. */
const localSchemes = ['framewright:', 'devtools:', 'blob:', 'data:'];

/** Forbids every page to navigate away from the app, open windows or attach webviews. */
export function lockContents(app: App): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', (event) => {
      if (!isAppUrl(event.url)) event.preventDefault();
    });
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  });
}

/** Denies permissions and cancels every request that leaves this machine. */
export function lockSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, answer) => answer(grantedPermissions.has(permission)));
  session.setPermissionCheckHandler((_contents, permission) => grantedPermissions.has(permission));
  session.webRequest.onBeforeRequest((details, answer) =>
    answer({ cancel: !localSchemes.some((scheme) => details.url.startsWith(scheme)) }),
  );
  // dictionaries would be downloaded
  session.setSpellCheckerEnabled(false);
}

/** Turns off Chromium's own network use; call before `ready`. */
export function lockChromium(app: App): void {
  for (const name of [
    'disable-background-networking',
    'disable-component-update',
    'disable-domain-reliability',
    'no-pings',
  ])
    app.commandLine.appendSwitch(name);
  app.enableSandbox();
}
