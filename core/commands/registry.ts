/** Every command's function by its name. */
import { addClips } from './addClips.ts';
import { addMarker } from './addMarker.ts';
import { addMedia } from './addMedia.ts';
import { addTake } from './addTake.ts';
import { addTrack } from './addTrack.ts';
import { addTransition } from './addTransition.ts';
import { closeGap } from './closeGap.ts';
import { linkClips } from './linkClips.ts';
import { moveClips } from './moveClips.ts';
import { relinkMedia } from './relinkMedia.ts';
import { removeClips } from './removeClips.ts';
import { removeMarker } from './removeMarker.ts';
import { removeMedia } from './removeMedia.ts';
import { removeTrack } from './removeTrack.ts';
import { removeTransition } from './removeTransition.ts';
import { renameProject } from './renameProject.ts';
import { rollCut } from './rollCut.ts';
import { setActiveTake } from './setActiveTake.ts';
import { setAiEnabled } from './setAiEnabled.ts';
import { setClipProperties } from './setClipProperties.ts';
import { setClipSpeed } from './setClipSpeed.ts';
import { setGeneration } from './setGeneration.ts';
import { setGenerationFailure } from './setGenerationFailure.ts';
import { setInOut } from './setInOut.ts';
import { setMarker } from './setMarker.ts';
import { setSequenceFormat } from './setSequenceFormat.ts';
import { setTrackProperties } from './setTrackProperties.ts';
import { setTransitionDuration } from './setTransitionDuration.ts';
import { slideClip } from './slideClip.ts';
import { slipClip } from './slipClip.ts';
import { splitClips } from './splitClips.ts';
import { trimClip } from './trimClip.ts';
import { unlinkClips } from './unlinkClips.ts';
import type { Command, CommandName } from './commands.ts';

/** Every command that can change a document, by name. */
export const commands: { readonly [N in CommandName]: Command<N> } = {
  addClips,
  moveClips,
  trimClip,
  rollCut,
  slipClip,
  slideClip,
  splitClips,
  removeClips,
  closeGap,
  setClipProperties,
  setClipSpeed,
  linkClips,
  unlinkClips,
  addTransition,
  setTransitionDuration,
  removeTransition,
  addTrack,
  removeTrack,
  setTrackProperties,
  addMarker,
  setMarker,
  removeMarker,
  setInOut,
  setSequenceFormat,
  renameProject,
  setAiEnabled,
  removeMedia,
  setGeneration,
  setActiveTake,
  addMedia,
  relinkMedia,
  addTake,
  setGenerationFailure,
};
