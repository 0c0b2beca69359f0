/** The menu bar as data, for the window's own menus, Electron's system menu and context menus. */
import type { MenuItemTemplate, MenuTemplate } from '../../core/contract/desktopBridge.ts';
import { i18n } from '../i18n/i18n.ts';
import { start } from '../services/errors.ts';
import { openProject } from '../services/projects.ts';
import { useRecent } from '../services/recent.ts';
import { useEditor } from '../services/store.ts';
import type { MenuEntry } from '../ui/Menu.tsx';
import { actions, type ActionId, runAction } from './registry.ts';
import { acceleratorOf, shownShortcut } from './shortcuts.ts';

/** An action, a line, a submenu of actions, or something that is only known when the menu opens. */
export type MenuLine =
  | ActionId
  | '-'
  | 'recent'
  | {
      readonly submenu: 'clip.speed' | 'timeline.addTrack' | 'view.theme' | 'view.language';
      readonly lines: readonly MenuLine[];
    };

/** The menus of the menu bar, in their order. */
export const menuIds = ['file', 'edit', 'clip', 'timeline', 'ai', 'view', 'playback', 'help'] as const;
export type MenuId = (typeof menuIds)[number];

/** The lines of every menu: action ids, '-' for a separator, and the names of submenus. */
export const menus: Readonly<Record<MenuId, readonly MenuLine[]>> = {
  file: [
    'file.new',
    'file.open',
    'recent',
    'file.demo',
    '-',
    'file.import',
    'file.export',
    '-',
    'file.save',
    'file.close',
  ],
  edit: [
    'edit.undo',
    'edit.redo',
    'edit.history',
    '-',
    'edit.cut',
    'edit.copy',
    'edit.paste',
    'edit.duplicate',
    'edit.delete',
    'edit.rippleDelete',
    '-',
    'edit.selectAll',
    'edit.deselect',
    '-',
    'view.palette',
  ],
  clip: [
    'clip.split',
    'clip.splitAtCuts',
    'clip.trimIn',
    'clip.trimOut',
    'clip.nudgeLeft',
    'clip.nudgeRight',
    '-',
    'clip.link',
    'clip.unlink',
    'clip.enable',
    '-',
    {
      submenu: 'clip.speed',
      lines: ['clip.speed25', 'clip.speed50', 'clip.speed100', 'clip.speed200', 'clip.speed400', '-', 'clip.reverse'],
    },
    '-',
    'clip.crossfade',
    'clip.morphCut',
    'clip.title',
  ],
  timeline: [
    'timeline.toolSelect',
    'timeline.toolBlade',
    'timeline.toolRipple',
    'timeline.toolHand',
    '-',
    'timeline.snapping',
    'timeline.linkedSelection',
    '-',
    'timeline.marker',
    'timeline.removeMarker',
    'timeline.setIn',
    'timeline.setOut',
    'timeline.clearInOut',
    '-',
    'timeline.insert',
    'timeline.overwrite',
    'timeline.closeGap',
    '-',
    'timeline.reframe',
    '-',
    'timeline.zoomIn',
    'timeline.zoomOut',
    'timeline.fit',
    '-',
    {
      submenu: 'timeline.addTrack',
      lines: ['timeline.addVideoTrack', 'timeline.addTitleTrack', 'timeline.addAudioTrack', 'timeline.addMusicTrack'],
    },
  ],
  ai: [
    'ai.generate',
    'ai.inpaint',
    'ai.restyle',
    'ai.smooth',
    'ai.cleanSpeech',
    'ai.soundtrack',
    'ai.fillGap',
    '-',
    'ai.makeAgain',
    'ai.upscale',
    'ai.remakePart',
    'ai.cancelJob',
    'ai.previousTake',
    'ai.nextTake',
    'ai.compare',
    'ai.compareSwitch',
    '-',
    'ai.models',
    'ai.enabled',
  ],
  view: [
    'view.bin',
    'view.timeline',
    'view.inspector',
    'view.inspectPanel',
    'view.aiPanel',
    'view.tallInspector',
    'view.restorePanels',
    '-',
    'view.sourceMode',
    'view.timelineMode',
    'view.safeAreas',
    'view.fullScreen',
    '-',
    { submenu: 'view.theme', lines: ['view.dark', 'view.light'] },
    { submenu: 'view.language', lines: ['view.english', 'view.chinese'] },
    '-',
    'ai.enabled',
    'view.notices',
  ],
  playback: [
    'playback.playPause',
    'playback.backwards',
    'playback.stop',
    'playback.forwards',
    '-',
    'playback.frameBack',
    'playback.frameForward',
    'playback.secondBack',
    'playback.secondForward',
    '-',
    'playback.start',
    'playback.end',
    'playback.previousCut',
    'playback.nextCut',
    'playback.previousMarker',
    'playback.nextMarker',
    '-',
    'playback.loop',
    'playback.renderRange',
  ],
  help: ['help.shortcuts', 'help.about', 'ai.models', 'help.start'],
};

/** With AI switched off its menu goes; the switch itself stays under View. */
export function shownMenus(): readonly MenuId[] {
  const aiOff = useEditor.getState().document?.aiEnabled === false;
  return menuIds.filter((id) => id !== 'ai' || !aiOff);
}

/** Entries for menus and context menus, as the state is now. Hidden actions are left out, and lines that then touch. */
export function menuEntries(lines: readonly MenuLine[]): MenuEntry[] {
  const state = useEditor.getState();
  const entries = lines.flatMap((line, index): MenuEntry[] => {
    if (line === '-') return [{ kind: 'separator', id: `line${index}` }];
    if (line === 'recent') return [recentEntry()];
    if (typeof line === 'object') {
      return [
        {
          kind: 'submenu',
          id: line.submenu,
          label: i18n.t(`actions:${line.submenu}`),
          entries: menuEntries(line.lines),
        },
      ];
    }
    const action = actions[line];
    if (action.hidden?.(state)) return [];
    return [
      {
        kind: 'item',
        id: line,
        label: i18n.t(`actions:${line}`),
        icon: action.icon,
        shortcut: shownShortcut(line),
        disabled: action.enabled ? !action.enabled(state) : false,
        checked: action.checked?.(state),
        run: () => void runAction(line),
      },
    ];
  });
  return entries.filter(
    (entry, index) =>
      entry.kind !== 'separator' ||
      (index > 0 && index < entries.length - 1 && entries[index - 1]!.kind !== 'separator'),
  );
}

function recentEntry(): MenuEntry {
  const recent = useRecent.getState().projects;
  return {
    kind: 'submenu',
    id: 'recent',
    label: i18n.t('actions:file.openRecent'),
    disabled: recent.length === 0,
    entries: recent.map((project) => ({
      kind: 'item',
      id: project.folder,
      label: project.name,
      run: () => start(openProject(project.folder)),
    })),
  };
}

/** For Electron's main process. Recent projects travel as 'recent:<folder>'. */
export function menuTemplate(): MenuTemplate {
  return shownMenus().map((id) => ({
    kind: 'submenu',
    label: i18n.t(`actions:menus.${id}`),
    items: menuEntries(menus[id]).flatMap(toTemplate),
  }));
}

function toTemplate(entry: MenuEntry): MenuItemTemplate[] {
  switch (entry.kind) {
    case 'separator':
      return [{ kind: 'separator' }];
    case 'submenu':
      return [{ kind: 'submenu', label: entry.label, items: entry.entries.flatMap(toTemplate) }];
    case 'item': {
      const known = Object.hasOwn(actions, entry.id);
      return [
        {
          kind: 'action',
          id: known ? entry.id : `recent:${entry.id}`,
          label: entry.label,
          accelerator: known ? acceleratorOf(entry.id as ActionId) : null,
          enabled: !entry.disabled,
          checked: entry.checked ?? null,
        },
      ];
    }
    case 'heading':
    case 'empty':
      return [];
  }
}
