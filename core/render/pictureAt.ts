/** What is to be seen at a tick: the rules of windows.ts read at one frame. */
import type { ProjectDocument, Sequence } from '../document/schema.ts';
import { containsTick, frameAtTicks, ticksAtFrame, type Ticks } from '../time/ticks.ts';
import type { Layer, PatchOver, PictureAtTick } from './layers.ts';
import type { PlayedPatch } from './playedSource.ts';
import { referenceTicksAt, slotMiddle } from './sourceTime.ts';
import { geometryAt, pictureWindows, rampValue, type ClipWindow } from './windows.ts';

/**
 * Layers back to front of the frame that is on at `ticks` (of the sequence). Invisible layers are left out. Throws when
 * there is no such sequence.
 */
export function pictureAt(document: ProjectDocument, sequenceId: string, ticks: Ticks): PictureAtTick {
  const sequence = sequenceOf(document, sequenceId);
  // what a frame shows is decided at its first tick: a playhead inside of it sees the exported frame
  const atTicks = ticksAtFrame(frameAtTicks(Math.max(0, ticks), sequence.rate), sequence.rate);
  const layers = pictureWindows(document, sequence)
    .filter((window) => containsTick(window, atTicks))
    .map((window) => layerAt(window, atTicks, sequence))
    .filter((layer) => layer.opacity > 0);
  return { width: sequence.width, height: sequence.height, layers };
}

/** The sequence with this id; throws when the document has none. */
export function sequenceOf(document: ProjectDocument, sequenceId: string): Sequence {
  const sequence = document.sequences[sequenceId];
  if (!sequence) throw new Error(`the document has no sequence ${sequenceId}`);
  return sequence;
}

function layerAt(window: ClipWindow, atTicks: Ticks, sequence: Sequence): Layer {
  const { clip, source } = window;
  const opacity = window.ramps.reduce((value, ramp) => value * rampValue(ramp, atTicks), window.opacity);
  const geometry = geometryAt(window, atTicks, sequence);
  const base = { clipId: clip.id, trackId: window.trackId, opacity, ...geometry, crop: clip.crop };
  if (source) {
    const sourceTicks = source.rate
      ? slotMiddle(
          referenceTicksAt(clip, atTicks, sequence.rate) - source.offsetTicks,
          source.rate,
          source.durationTicks,
        )
      : 0;
    return {
      ...base,
      kind: 'picture',
      source: source.file,
      sourceTicks: source.startTicks + sourceTicks,
      patches: source.patches.map((patch) => patchAt(patch, sourceTicks)),
    };
  }
  switch (clip.reference.kind) {
    case 'title':
      return { ...base, kind: 'title', title: clip.reference };
    case 'solid':
      return { ...base, kind: 'solid', color: clip.reference.color };
    case 'generated':
    case 'media':
      return { ...base, kind: 'pending' };
  }
}

function patchAt({ takeId, isStill, box, picture, startTicks }: PlayedPatch, sourceTicks: Ticks): PatchOver {
  return {
    takeId,
    isStill,
    sourceTicks: isStill ? 0 : startTicks + sourceTicks,
    box: {
      x: box.x / picture.width,
      y: box.y / picture.height,
      width: box.width / picture.width,
      height: box.height / picture.height,
    },
  };
}
