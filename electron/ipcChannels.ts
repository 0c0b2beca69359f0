/** Names of what preload and main say to each other. */
export const ipcChannels = {
  requestEnginePort: 'engine:request-port',
  enginePort: 'engine:port',
  setMenu: 'menu:set',
  menuAction: 'menu:action',
  openDialog: 'dialog:open',
  saveDialog: 'dialog:save',
  showExport: 'shell:show-export',
  setTitle: 'window:set-title',
  windowAction: 'window:action',
} as const;

/** Facts for a sandboxed preload, which cannot ask synchronously: they come as arguments of its process. */
export const preloadArguments = {
  appVersion: '--framewright-app-version=',
  languages: '--framewright-languages=',
} as const;
