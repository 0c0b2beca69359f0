/** CSS classes of a clip's element. */
import type { Clip } from '../../../../core/document/schema.ts';
import { classes } from '../../../ui/classes.ts';
import { isExtension, type ClipRoom, type ClipState, type clipLook } from '../view/clipLook.ts';
import styles from './Clip.module.css';

interface ShownClip {
  readonly clip: Clip;
  readonly selected: boolean;
  readonly held: boolean;
  readonly dimmed: boolean;
}

interface ClipLooks {
  readonly look: ReturnType<typeof clipLook>;
  readonly state: ClipState;
  readonly room: ClipRoom;
}

/** Whether a clip shows the material of its extension, with the extension's label instead of a name. */
export function showsExtension(clip: Clip, state: ClipState): boolean {
  return isExtension(clip) && (state === 'ready' || state === 'stale');
}

/** Class names for the look, state, width and selection of a clip. */
export function clipClasses(shown: ShownClip, { look, state, room }: ClipLooks): string {
  const { clip } = shown;
  const extension = showsExtension(clip, state);
  const made = clip.generation !== null && clip.generation.activeTakeId !== null;
  return classes(
    styles.clip,
    styles[look],
    look === 'title' && styles.titleBody,
    room === 'colour' && styles.colourOnly,
    state !== 'plain' && state !== 'ready' && styles[state],
    made && state === 'ready' && !extension && styles.made,
    extension && styles.ext,
    shown.selected && styles.selected,
    shown.held && styles.held,
    (shown.dimmed || !clip.enabled) && styles.disabled,
  );
}
