/**
 * What the main process uses of Electron, by hand: its binary cannot be had on every machine. Tests put it in place of
 * the module with `vi.mock('electron', ...)`, drive it, and read what was done to it. Only behaviour that Electron
 * documents is copied.
 */
import { EventEmitter } from 'node:events';

export class MessagePortStandIn {
  readonly sent: unknown[] = [];
  postMessage(message: unknown): void {
    this.sent.push(message);
  }
}

export class MessageChannelMain {
  readonly port1 = new MessagePortStandIn();
  readonly port2 = new MessagePortStandIn();
}

export class UtilityProcessStandIn extends EventEmitter {
  readonly script: string;
  readonly env: NodeJS.ProcessEnv;
  readonly posted: { message: unknown; ports: readonly unknown[] }[] = [];
  killed = false;
  readonly pid = undefined;

  constructor(script: string, env: NodeJS.ProcessEnv) {
    super();
    this.script = script;
    this.env = env;
  }
  postMessage(message: unknown, ports: readonly unknown[] = []): void {
    this.posted.push({ message, ports });
  }
  kill(): boolean {
    this.killed = true;
    return true;
  }
}

export const utilityProcesses: UtilityProcessStandIn[] = [];
export const utilityProcess = {
  fork: (script: string, _args: readonly string[], options: { env: NodeJS.ProcessEnv }) => {
    const child = new UtilityProcessStandIn(script, options.env);
    utilityProcesses.push(child);
    return child;
  },
};

export class WebContentsStandIn extends EventEmitter {
  readonly sent: { channel: string; value: unknown; ports: readonly unknown[] }[] = [];
  reloads = 0;
  windowOpenHandler: (() => { action: string }) | null = null;
  send(channel: string, value: unknown): void {
    this.sent.push({ channel, value, ports: [] });
  }
  postMessage(channel: string, value: unknown, ports: readonly unknown[]): void {
    this.sent.push({ channel, value, ports });
  }
  reload(): void {
    this.reloads++;
  }
  setWindowOpenHandler(handler: () => { action: string }): void {
    this.windowOpenHandler = handler;
  }
}

export class BrowserWindow extends EventEmitter {
  static readonly all: BrowserWindow[] = [];
  static getAllWindows(): BrowserWindow[] {
    return BrowserWindow.all;
  }
  static fromWebContents(contents: unknown): BrowserWindow | null {
    return BrowserWindow.all.find((window) => window.webContents === contents) ?? null;
  }
  readonly options: { webPreferences: Record<string, unknown> } & Record<string, unknown>;
  readonly webContents = new WebContentsStandIn();
  readonly calls: string[] = [];
  title = '';
  url = '';
  maximized = false;
  constructor(options: BrowserWindow['options']) {
    super();
    this.options = options;
    BrowserWindow.all.push(this);
  }
  async loadURL(url: string): Promise<void> {
    this.url = url;
  }
  show(): void {
    this.calls.push('show');
  }
  close(): void {
    this.calls.push('close');
  }
  minimize(): void {
    this.calls.push('minimize');
  }
  maximize(): void {
    this.maximized = true;
  }
  unmaximize(): void {
    this.maximized = false;
  }
  isMaximized(): boolean {
    return this.maximized;
  }
  isDestroyed(): boolean {
    return false;
  }
  setTitle(title: string): void {
    this.title = title;
  }
  setDocumentEdited(edited: boolean): void {
    this.calls.push(`edited ${edited}`);
  }
}

class IpcMainStandIn extends EventEmitter {
  readonly handlers = new Map<string, (event: unknown, value: unknown) => Promise<unknown>>();
  handle(channel: string, handler: (event: unknown, value: unknown) => Promise<unknown>): void {
    this.handlers.set(channel, handler);
  }
}
export const ipcMain = new IpcMainStandIn();

interface MenuItemStandIn {
  readonly id?: string;
  readonly label?: string;
  readonly role?: string;
  readonly click?: () => void;
  readonly submenu?: readonly MenuItemStandIn[];
}
export const Menu = {
  installed: [] as readonly MenuItemStandIn[],
  responderActions: [] as string[],
  buildFromTemplate: (template: readonly MenuItemStandIn[]) => template,
  setApplicationMenu(template: readonly MenuItemStandIn[]) {
    Menu.installed = template;
  },
  sendActionToFirstResponder(action: string) {
    Menu.responderActions.push(action);
  },
};

export const dialog = {
  asked: [] as unknown[],
  openAnswer: { canceled: false, filePaths: [] as string[] },
  saveAnswer: { canceled: false, filePath: '' },
  async showOpenDialog(_window: unknown, options: unknown) {
    dialog.asked.push(options);
    return dialog.openAnswer;
  },
  async showSaveDialog(_window: unknown, options: unknown) {
    dialog.asked.push(options);
    return dialog.saveAnswer;
  },
  errors: [] as string[],
  showErrorBox(_title: string, message: string) {
    dialog.errors.push(message);
  },
};

export const shell = {
  shown: [] as string[],
  opened: [] as string[],
  /** What the system answers; '' = it was opened. */
  openAnswer: '',
  async openPath(path: string) {
    shell.opened.push(path);
    return shell.openAnswer;
  },
  showItemInFolder(path: string) {
    shell.shown.push(path);
  },
};

export class AppStandIn extends EventEmitter {
  readonly switches: string[] = [];
  sandboxed = false;
  readonly commandLine = { appendSwitch: (name: string) => this.switches.push(name) };
  enableSandbox(): void {
    this.sandboxed = true;
  }
  getVersion(): string {
    return '0.1.0';
  }
  getPreferredSystemLanguages(): string[] {
    return ['zh-CN', 'en'];
  }
}
export const app = new AppStandIn();

/** Everything back to the start, between two tests. */
export function resetElectron(): void {
  utilityProcesses.length = 0;
  BrowserWindow.all.length = 0;
  ipcMain.removeAllListeners();
  ipcMain.handlers.clear();
  app.removeAllListeners();
  dialog.asked = [];
  dialog.errors = [];
  Menu.installed = [];
  Menu.responderActions = [];
  shell.shown = [];
  shell.opened = [];
  shell.openAnswer = '';
}
