/** Overlay of an extension clip: '+2.0 s' instead of a name, and the tint past the seam. */
import { useTranslation } from 'react-i18next';
import type { Clip } from '../../../../core/document/schema.ts';
import { classes } from '../../../ui/classes.ts';
import type { ClipRoom } from '../view/clipLook.ts';
import { secondsText } from '../view/words.ts';
import styles from './Clip.module.css';
import { TakeChip } from './TakeChip.tsx';

/** The tint and label of an extension clip: its length and its takes instead of a name. */
export function ExtensionBar({
  clip,
  room,
  reachable,
  aiEnabled,
}: {
  readonly clip: Clip;
  readonly room: ClipRoom;
  readonly reachable: boolean;
  readonly aiEnabled: boolean;
}) {
  const { t } = useTranslation('timeline');
  return (
    <>
      <i className={classes(styles.extTint, leadsUp(clip) && styles.before)} />
      <div className={styles.extLabel}>
        {room === 'nameless' ? null : t('extended', { n: secondsText(clip.durationTicks) })}
        {aiEnabled ? <TakeChip clip={clip} room={room} reachable={reachable} /> : null}
      </div>
    </>
  );
}

/** Whether the extension stands before what it extends. */
function leadsUp(clip: Clip): boolean {
  const request = clip.generation?.request;
  return request?.action === 'extend' && request.direction === 'backward';
}
