import { useTranslation } from 'react-i18next';
import { maxTransitionTicks, missingHandles } from '../../../core/document/sources.ts';
import type { ProjectDocument } from '../../../core/document/schema.ts';
import { secondsFromTicks, snapToFrame, ticksFromSeconds } from '../../../core/time/ticks.ts';
import { useEditor } from '../../services/store.ts';
import { FigureRow, Section } from './Section.tsx';
import styles from './Inspector.module.css';

/** A crossfade's length, and what its clips lack for it: nothing is held without saying so. */
export function TransitionSection({ document, transitionId }: { document: ProjectDocument; transitionId: string }) {
  const { t } = useTranslation(['inspector', 'common']);
  const sequence = document.sequences[document.activeSequenceId]!;
  const track = sequence.tracks.find((each) => each.transitions.some((transition) => transition.id === transitionId));
  const transition = track?.transitions.find((each) => each.id === transitionId);
  const from = track?.clips.find((clip) => clip.id === transition?.fromClipId);
  const to = track?.clips.find((clip) => clip.id === transition?.toClipId);
  if (!transition || !from || !to) return null;
  const held = missingHandles(document, from, to, transition.durationTicks);
  const heldSeconds = secondsFromTicks(held.fromTicks + held.toTicks);
  return (
    <Section title={t('transition')}>
      <FigureRow
        label={t('length')}
        value={secondsFromTicks(transition.durationTicks)}
        min={0.1}
        max={Math.max(0.1, secondsFromTicks(maxTransitionTicks(from, to)))}
        step={0.1}
        decimals={2}
        unit={t('common:units.second')}
        origin={0.1}
        onCommit={(seconds) =>
          useEditor.getState().run('setTransitionDuration', {
            sequenceId: sequence.id,
            transitionId,
            durationTicks: snapToFrame(ticksFromSeconds(seconds), sequence.rate),
          })
        }
      />
      {heldSeconds > 0.01 ? <p className={styles.note}>{t('held', { seconds: heldSeconds.toFixed(1) })}</p> : null}
    </Section>
  );
}
