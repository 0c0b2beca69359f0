/** The lanes' context menu: the shared actions that fit what lies under the pointer, which is selected first. */
import { menuEntries, type MenuLine } from '../../../actions/menus.ts';
import { useEditor } from '../../../services/store.ts';
import type { MenuEntry } from '../../../ui/Menu.tsx';
import type { Pointer } from '../gestures/gesture.ts';
import { hitTest } from '../gestures/hitTest.ts';
import { withLinked } from '../gestures/limits.ts';
import { selectClips } from '../gestures/marquee.ts';
import { useTimelineView } from './timelineView.ts';
import { currentWorld } from './world.ts';

/** Selects the item under the pointer, unless it is part of the selection. */
export function selectForMenu(pointer: Pointer): void {
  const world = currentWorld();
  if (world === null) return;
  const hit = hitTest(world, pointer);
  const { setSession } = useEditor.getState();
  if (hit.kind === 'clip') {
    useTimelineView.setState({ focusedClipId: hit.clip.id });
    if (!world.selection.clipIds.includes(hit.clip.id))
      setSession({
        selection: selectClips(world.selection, withLinked(world.sequence, [hit.clip.id], world.linkedSelection)),
      });
  } else if (hit.kind === 'transition') {
    setSession({ selection: { ...selectClips(world.selection, []), transitionId: hit.transition.id } });
  } else {
    setSession({ selection: { ...selectClips(world.selection, []), gap: hit.kind === 'gap' ? hit.gap : null } });
  }
}

const clipLines: readonly MenuLine[] = [
  'clip.split',
  'clip.splitAtCuts',
  'edit.cut',
  'edit.copy',
  'edit.duplicate',
  'edit.delete',
  'edit.rippleDelete',
  '-',
  'clip.link',
  'clip.unlink',
  'clip.enable',
  'clip.crossfade',
  'clip.morphCut',
  {
    submenu: 'clip.speed',
    lines: ['clip.speed25', 'clip.speed50', 'clip.speed100', 'clip.speed200', 'clip.speed400', '-', 'clip.reverse'],
  },
  '-',
  'ai.inpaint',
  'ai.restyle',
  'ai.smooth',
  'ai.cleanSpeech',
  'ai.makeAgain',
  'ai.upscale',
  'ai.remakePart',
  'ai.cancelJob',
  'ai.compare',
];
const emptyLines: readonly MenuLine[] = [
  'ai.fillGap',
  'timeline.closeGap',
  '-',
  'edit.paste',
  'clip.title',
  'timeline.marker',
  'ai.generate',
  '-',
  'timeline.setIn',
  'timeline.setOut',
  'timeline.clearInOut',
  '-',
  'timeline.fit',
];
const transitionLines: readonly MenuLine[] = ['edit.delete'];

/** Entries of the context menu for the current selection. */
export function laneMenu(): readonly MenuEntry[] {
  const { selection } = useEditor.getState();
  if (selection.clipIds.length > 0) return menuEntries(clipLines);
  return menuEntries(selection.transitionId === null ? emptyLines : transitionLines);
}
