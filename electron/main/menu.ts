import { Menu, type MenuItemConstructorOptions } from 'electron';
import { z } from 'zod';
import type { MenuItemTemplate, MenuTemplate } from '../../core/contract/desktopBridge.ts';
import { assertNever } from '../../core/time/assertNever.ts';

const actionSchema = z.object({
  kind: z.literal('action'),
  id: z.string(),
  label: z.string(),
  accelerator: z.string().nullable(),
  enabled: z.boolean(),
  checked: z.boolean().nullable(),
});
const itemSchema: z.ZodType<MenuItemTemplate> = z.lazy(() =>
  z.discriminatedUnion('kind', [z.object({ kind: z.literal('separator') }), submenuSchema, actionSchema]),
);
const submenuSchema = z.object({ kind: z.literal('submenu'), label: z.string(), items: z.array(itemSchema) });
/** Checks the system menu that the window sends. */
export const menuTemplateSchema: z.ZodType<MenuTemplate> = z.array(submenuSchema);

/** On macOS text fields get these keys through the menu alone. */
const textCommands: Readonly<Record<string, string>> = {
  'CmdOrCtrl+X': 'cut:',
  'CmdOrCtrl+C': 'copy:',
  'CmdOrCtrl+V': 'paste:',
  'CmdOrCtrl+A': 'selectAll:',
};

/** The system's menu from the window's; `choose` gets the id of the action. */
export function installMenu(
  template: MenuTemplate,
  platform: NodeJS.Platform,
  choose: (actionId: string) => void,
): void {
  const appMenu: MenuItemConstructorOptions[] = platform === 'darwin' ? [{ role: 'appMenu' }] : [];
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([...appMenu, ...template.map((item) => nativeItem(item, platform, choose))]),
  );
}

function nativeItem(
  item: MenuItemTemplate,
  platform: NodeJS.Platform,
  choose: (actionId: string) => void,
): MenuItemConstructorOptions {
  switch (item.kind) {
    case 'separator':
      return { type: 'separator' };
    case 'submenu':
      return { label: item.label, submenu: item.items.map((child) => nativeItem(child, platform, choose)) };
    case 'action':
      return {
        id: item.id,
        label: item.label,
        enabled: item.enabled,
        ...(item.checked === null ? {} : { type: 'checkbox', checked: item.checked }),
        // the window listens to its own keys: the menu only shows them
        ...(item.accelerator === null ? {} : { accelerator: item.accelerator, registerAccelerator: false }),
        click: () => {
          const textCommand = item.accelerator === null ? undefined : textCommands[item.accelerator];
          if (platform === 'darwin' && textCommand !== undefined) Menu.sendActionToFirstResponder(textCommand);
          choose(item.id);
        },
      };
    default:
      return assertNever(item);
  }
}
