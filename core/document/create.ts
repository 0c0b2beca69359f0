/** New documents and new parts of them, with the defaults in one place. */
import { ticksPerSecond, type Rate, type Ticks } from '../time/ticks.ts';
import {
  documentVersion,
  type Clip,
  type MediaReference,
  type ProjectDocument,
  type Sequence,
  type Track,
} from './schema.ts';

/** Random 12-character id, for records of the document. */
export function newId(): string {
  const bytes = new Uint8Array(9);
  globalThis.crypto.getRandomValues(bytes);
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_');
}

/** An empty, audible and visible track with a new id. */
export function createTrack(kind: Track['kind'], role: Track['role'], name: string): Track {
  return {
    id: newId(),
    kind,
    name,
    role,
    muted: false,
    solo: false,
    hidden: false,
    locked: false,
    gainDb: 0,
    clips: [],
    transitions: [],
  };
}

/** What a new sequence and its tracks are called: words of the user's language. */
export interface NewNames {
  readonly sequence: string;
  readonly tracks: Readonly<Record<Track['role'], string>>;
}

/** English names for the parts of a new project. */
export const englishNames: NewNames = {
  sequence: 'Main cut',
  tracks: {
    picture: 'Picture',
    overlay: 'Overlays',
    titles: 'Titles',
    speech: 'Sound',
    foley: 'Foley',
    ambience: 'Ambience',
    music: 'Music',
  },
};

/** Video tracks are listed back to front: picture, overlays, titles. */
export function createSequence(
  { sequence: name, tracks }: NewNames,
  size: { width: number; height: number; rate: Rate },
): Sequence {
  return {
    id: newId(),
    name,
    rate: size.rate,
    width: size.width,
    height: size.height,
    sampleRateHz: 48000,
    tracks: [
      createTrack('video', 'picture', tracks.picture),
      createTrack('video', 'overlay', tracks.overlay),
      createTrack('video', 'titles', tracks.titles),
      createTrack('audio', 'speech', tracks.speech),
      createTrack('audio', 'foley', tracks.foley),
      createTrack('audio', 'ambience', tracks.ambience),
      createTrack('audio', 'music', tracks.music),
    ],
    markers: [],
    inTicks: null,
    outTicks: null,
  };
}

/** A new document with one sequence and an empty track for each role. */
export function createProject(
  name: string,
  size = { width: 1280, height: 720, rate: { num: 30, den: 1 } },
  names: NewNames = englishNames,
): ProjectDocument {
  const sequence = createSequence(names, size);
  return {
    schemaVersion: documentVersion,
    id: newId(),
    name,
    createdAt: new Date().toISOString(),
    media: {},
    takes: {},
    sequences: { [sequence.id]: sequence },
    activeSequenceId: sequence.id,
    aiEnabled: true,
  };
}

/** A clip at normal speed without fades or effects, showing its source from the start. */
export function createClip(name: string, reference: MediaReference, startTicks: Ticks, durationTicks: Ticks): Clip {
  return {
    id: newId(),
    name,
    startTicks,
    durationTicks,
    reference,
    sourceInTicks: 0,
    speed: { num: 1, den: 1 },
    reversed: false,
    linkId: null,
    enabled: true,
    transform: { x: 0, y: 0, scale: 1, rotationDegrees: 0 },
    crop: { left: 0, top: 0, right: 0, bottom: 0 },
    opacity: 1,
    volumeDb: 0,
    fadeInTicks: 0,
    fadeOutTicks: 0,
    generation: null,
  };
}

/** A new title before anyone changes it. Sizes in pixels of the sequence. */
export const defaultTitle = {
  kind: 'title',
  text: 'Title',
  sizePx: 72,
  color: '#ffffff',
  background: null,
  align: 'center',
  weight: 700,
} as const;
/** How long a picture, a title or a colour lasts when it is placed: five seconds. */
export const defaultStillTicks: Ticks = 5 * ticksPerSecond;
