import type { Failure } from './errors.ts';

/**
 * What the Electron preload gives the window as `window.framewrightDesktop`; absent in the browser host.
 * The window sends its menu as data (from the same action descriptors as its buttons); main builds the system's menu
 * from it and answers with the id of the action that was chosen.
 */
export type MenuItemTemplate =
  | { readonly kind: 'separator' }
  | { readonly kind: 'submenu'; readonly label: string; readonly items: readonly MenuItemTemplate[] }
  | {
      readonly kind: 'action';
      /** Id of the action descriptor. */
      readonly id: string;
      readonly label: string;
      /** Electron accelerator, e.g. 'CmdOrCtrl+Z'. Shown only: the window handles its own keys. */
      readonly accelerator: string | null;
      readonly enabled: boolean;
      /** null = not a check item. */
      readonly checked: boolean | null;
    };

export type MenuTemplate = readonly Extract<MenuItemTemplate, { kind: 'submenu' }>[];

export interface FileFilter {
  readonly name: string;
  /** Without the dot; ['*'] for all. */
  readonly extensions: readonly string[];
}

export interface OpenDialogRequest {
  readonly title: string;
  readonly kind: 'files' | 'folder';
  readonly multiple: boolean;
  readonly filters: readonly FileFilter[];
  /** Folder or file to start at; null = the system's last. */
  readonly defaultPath: string | null;
}

export interface SaveDialogRequest {
  readonly title: string;
  readonly filters: readonly FileFilter[];
  readonly defaultPath: string | null;
}

export interface DesktopBridge {
  readonly platform: 'win32' | 'darwin' | 'linux';
  readonly versions: { readonly app: string; readonly electron: string };
  /**
   * Asks main for a port to the engine. The port arrives as a `message` event on `window` with
   * `data === enginePortMessage` and one transferred MessagePort; again after every call, so a lost engine is
   * reached again by asking once more. Messages on it are those of wire.ts, as objects.
   */
  requestEnginePort(): void;
  setMenu(menu: MenuTemplate): void;
  /** An action was chosen in the system's menu. Returns the function that stops listening. */
  onMenuAction(listener: (actionId: string) => void): () => void;
  /** Chosen absolute paths; empty when the dialog was closed. */
  openDialog(request: OpenDialogRequest): Promise<readonly string[]>;
  /** null when the dialog was closed. */
  saveDialog(request: SaveDialogRequest): Promise<string | null>;
  /** Absolute path of a dropped file, so that it is imported in place. '' when it has none. */
  pathForFile(file: File): string;
  /** Opens the file of a finished export, or shows it in its folder; returns why it cannot. */
  showExport(jobId: string, how: 'open' | 'folder'): Promise<Failure | null>;
  /** Text in the title bar and the dot that tells unsaved work on macOS. */
  setTitle(title: string, unsaved: boolean): void;
  windowAction(action: 'minimize' | 'toggleMaximize' | 'toggleFullScreen' | 'close'): void;
  /** The system's preferred languages, e.g. ['zh-CN', 'en']. */
  readonly languages: readonly string[];
}

/** `event.data` of the window message that carries the engine's port. */
export const enginePortMessage = 'framewright:engine-port';

/** Query of the page's address: the project folder to open at start, under both hosts. */
export const openProjectParameter = 'project';

/** In the address of the browser host's page: the one-time key that lets a browser in. The page removes it. */
export const accessKeyParameter = 'key';
