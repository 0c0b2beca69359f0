import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { menuIds, menus, type MenuLine } from './menus.ts';
import { actionIds, actions } from './registry.ts';
import { acceleratorOf, formatShortcut, normalShortcut, shortcutFromEvent } from './shortcuts.ts';

const words = (language: string) =>
  JSON.parse(readFileSync(new URL(`../i18n/${language}/actions.json`, import.meta.url), 'utf8')) as Record<
    string,
    Record<string, string>
  >;
const flat = (lines: readonly MenuLine[]): string[] =>
  lines.flatMap((line) =>
    typeof line === 'object' ? flat(line.lines) : line === '-' || line === 'recent' ? [] : [line],
  );

describe('actions', () => {
  it.each(['en', 'zh'])('each has words in %s, and no words are left over', (language) => {
    const { menus: _, named, ...groups } = words(language);
    expect(named).toContain('{{label}}');
    const keys = Object.entries(groups).flatMap(([group, labels]) =>
      Object.keys(labels).map((name) => `${group}.${name}`),
    );
    const submenus = ['file.openRecent', 'clip.speed', 'timeline.addTrack', 'view.theme', 'view.language'];
    expect(keys.filter((key) => !submenus.includes(key)).sort()).toEqual([...actionIds].sort());
  });

  it('no two have the same keys', () => {
    const owners = new Map<string, string>();
    for (const id of actionIds) {
      for (const keys of actions[id].shortcuts ?? []) {
        const normal = normalShortcut(keys);
        expect(owners.get(normal), `${keys} of ${id}`).toBeUndefined();
        owners.set(normal, id);
      }
    }
  });

  it('each stands in a menu, unless it only makes sense by its key', () => {
    const inMenus = new Set(menuIds.flatMap((id) => flat(menus[id])));
    const left = actionIds.filter((id) => !inMenus.has(id) && !actions[id].keyOnly);
    // these two are the far steps of what stands in the menu
    expect(left).toEqual(['clip.nudgeLeftFar', 'clip.nudgeRightFar']);
  });
});

describe('shortcuts', () => {
  const press = (
    key: string,
    code: string,
    mods: Partial<Record<'ctrlKey' | 'shiftKey' | 'altKey' | 'metaKey', boolean>> = {},
  ) =>
    shortcutFromEvent({
      key,
      code,
      ctrlKey: false,
      shiftKey: false,
      altKey: false,
      metaKey: false,
      ...mods,
    } as KeyboardEvent);

  it('are read from key presses the way defaults are written', () => {
    expect(normalShortcut(press('Z', 'KeyZ', { ctrlKey: true, shiftKey: true })!)).toBe(normalShortcut('$mod+Shift+z'));
    expect(normalShortcut(press(' ', 'Space')!)).toBe(normalShortcut('Space'));
    expect(normalShortcut(press('!', 'Digit1', { shiftKey: true })!)).toBe(normalShortcut('Shift+Digit1'));
    expect(press('Shift', 'ShiftLeft', { shiftKey: true })).toBeNull();
  });

  it('are shown in the usual order of keys', () => {
    expect(formatShortcut('$mod+Shift+z')).toBe('Ctrl Shift Z');
    expect(formatShortcut('Alt+ArrowLeft')).toBe('Alt ←');
  });

  it("have Electron's spelling for the system menu", () => {
    expect(acceleratorOf('edit.redo')).toBe('CmdOrCtrl+Shift+Z');
    expect(acceleratorOf('clip.nudgeLeft')).toBe('Alt+Left');
    expect(acceleratorOf('playback.playPause')).toBe('Space');
  });
});
