/** Joins the player to the store: the playhead, `playing` and the document drive it; it moves the playhead back. */
import { useEffect, useRef, type RefObject } from 'react';
import { useLivePreview, useLookedAt } from '../../services/livePreview.ts';
import { playsTo, setShownPlayhead, settleShownPlayhead, shown, shownPlayhead } from '../../services/shown.ts';
import { setTrackLevels } from '../../services/trackLevels.ts';
import { useEditor } from '../../services/store.ts';
import type { EditorState } from '../../services/editor.ts';
import { setViewerWork } from '../../services/viewerWork.ts';
import { snapToFrame, type Ticks } from '../../../core/time/ticks.ts';
import { presentOn } from './present.ts';
import { Player } from './play/player.ts';
import { viewerInput } from './viewerInput.ts';

/** Creates a player for the canvas; the ref is null until the component has mounted. */
export function useViewerPlayer(canvas: RefObject<HTMLCanvasElement | null>): RefObject<Player | null> {
  const player = useRef<Player | null>(null);
  useEffect(() => {
    const drive = new PlayerDrive(canvas);
    player.current = drive.player;
    return () => {
      drive.dispose();
      player.current = null;
    };
  }, [canvas]);
  return player;
}

/** A player that follows the store, and the store that follows the player. */
class PlayerDrive {
  readonly player: Player;
  /** The tick that the player itself set: any other is a jump. */
  private setByPlayer: Ticks = -1;
  private readonly stops: readonly (() => void)[];

  constructor(canvas: RefObject<HTMLCanvasElement | null>) {
    this.player = new Player({
      ...viewerInput,
      present: (draws, { pictures, notes }) => {
        if (!canvas.current) return;
        presentOn(canvas.current, draws, useEditor.getState().compare);
        // what is seen, for whoever cannot see it: tests, and the label below
        canvas.current.dataset['shows'] = notes > 0 ? 'note' : pictures > 0 ? 'picture' : 'empty';
      },
      onTick: (ticks) => this.moveTo(ticks),
      onStop: () => this.atEnd(),
      onWork: (work) => {
        if (canvas.current) canvas.current.dataset['work'] = work ?? 'none';
        setViewerWork(work);
      },
    });
    setTrackLevels((trackId) => this.player.trackLevelDb(trackId));
    this.stops = [
      useEditor.subscribe((state, before) => this.follow(state, before)),
      useLivePreview.subscribe(this.showAgain),
      useLookedAt.subscribe(this.showAgain),
    ];
    this.showAgain();
  }

  private moveTo(ticks: Ticks): void {
    this.setByPlayer = ticks;
    setShownPlayhead(ticks);
  }

  /** Around again while looping, else to the frame where it stopped. */
  private atEnd(): void {
    const state = useEditor.getState();
    const { playheadTicks, inTicks, rate } = shown(state);
    const end = playsTo(state);
    if (state.loop && state.playing > 0 && playheadTicks >= end && end > 0) {
      this.moveTo(inTicks ?? 0);
      void this.player.play(inTicks ?? 0, state.playing);
      return;
    }
    setShownPlayhead(snapToFrame(playheadTicks, rate), { playing: 0 });
  }

  private readonly showAgain = (): void => {
    const state = useEditor.getState();
    const looked = state.viewerMode === 'timeline' ? useLookedAt.getState().lookedAt : null;
    if (state.playing === 0) void this.player.show(looked?.ticks ?? shownPlayhead(state));
  };

  private follow(state: EditorState, before: EditorState): void {
    if (state.playing !== before.playing) this.startOrStop(state);
    else if (state.playing !== 0) this.followPlaying(state, before);
    else if (viewChanged(state, before)) this.showAgain();
  }

  private startOrStop(state: EditorState): void {
    if (state.playing === 0) {
      void this.player.play(0, 0);
      // a playhead that moves is followed, and shown by that
      if (!settleShownPlayhead()) void this.player.show(shownPlayhead(state));
      return;
    }
    const end = playsTo(state);
    // nothing to play: the playhead keeps its place
    if (end === 0) return state.setSession({ playing: 0 });
    const at = shownPlayhead(state);
    void this.player.play(state.playing > 0 && at >= end ? 0 : at, state.playing);
  }

  private followPlaying(state: EditorState, before: EditorState): void {
    const at = shownPlayhead(state);
    const jumped = at !== shownPlayhead(before) && at !== this.setByPlayer;
    if (jumped) void this.player.play(at, state.playing);
    else if (soundChanged(state, before)) this.player.updateSound();
    if (state.compare?.heard !== before.compare?.heard) this.player.setHeard(state.compare?.heard ?? 'b');
  }

  dispose(): void {
    for (const stop of this.stops) stop();
    setTrackLevels(null);
    setViewerWork(null);
    this.player.dispose();
  }
}

function soundChanged(state: EditorState, before: EditorState): boolean {
  return (
    state.document !== before.document ||
    state.takeAssets !== before.takeAssets ||
    state.mediaAssets !== before.mediaAssets ||
    comparedAnew(state, before)
  );
}

/** Other takes stand against each other; which of them is heard is another matter. */
function comparedAnew({ compare }: EditorState, { compare: before }: EditorState): boolean {
  return compare?.clipId !== before?.clipId || compare?.a !== before?.a || compare?.b !== before?.b;
}

function viewChanged(state: EditorState, before: EditorState): boolean {
  return (
    shownPlayhead(state) !== shownPlayhead(before) ||
    state.document !== before.document ||
    state.compare !== before.compare ||
    state.viewerMode !== before.viewerMode ||
    state.sourceMediaId !== before.sourceMediaId ||
    state.mediaAssets !== before.mediaAssets ||
    state.takeAssets !== before.takeAssets ||
    state.missingMediaIds !== before.missingMediaIds ||
    state.jobs !== before.jobs ||
    state.language !== before.language
  );
}
