/**
 * Why a command is refused, in English, by key: core/contract/sentences.ts adds these to the engine's sentences, so
 * that the window has them in Chinese too.
 */
import { fillTemplate, type ParamsOf, type Sentence } from '../document/sentence.ts';

/** area -> name -> template. */
export const commandSentences = {
  refused: {
    sequenceNotFound: 'The sequence is no longer there.',
    trackNotFound: 'The track is no longer there.',
    trackLocked: "The track '{{track}}' is locked.",
    linkedLocked: "The track '{{track}}' is locked and holds a clip linked to the one that would be split.",
    lastPictureTrack: "'{{track}}' is the only picture track: it has to stay.",
    lastSoundTrack: "'{{track}}' is the only sound track: it has to stay.",
    clipNotFound: 'The clip is no longer there.',
    nothingSelected: 'No clip is selected.',
    nothingToAdd: 'There is no clip to add.',
    nothingToLink: 'Choose two clips or more to link.',
    nothingToSplit: 'No clip lies under the cut.',
    nothingToSlip: "'{{clip}}' looks the same at every moment: there is nothing to slip.",
    noGap: "There is no gap here on the track '{{track}}'.",
    rippleBlocked: "On the track '{{track}}' there is no room for what would have to move along.",
    linkedNeighbour: "'{{clip}}' stands next to a clip it is linked to: move them instead.",
    linkedMissing: 'A linked clip would stay behind: move linked clips together, or unlink them first.',
    namedTwice: 'A clip cannot be moved to two places at once.',
    overlap: "'{{clip}}' and '{{other}}' would overlap.",
    clipThere: "The clip '{{clip}}' is already on the timeline.",
    clipBeforeStart: "'{{clip}}' would begin before the start of the timeline.",
    pictureOnSound: "'{{clip}}' is a picture: it cannot go on the sound track '{{track}}'.",
    wrongTrackKind: "'{{clip}}' cannot go on the track '{{track}}': one is sound, the other picture.",
    noSound: "'{{media}}' has no sound: it cannot go on the track '{{track}}'.",
    noPicture: "'{{media}}' has no picture: it cannot go on the track '{{track}}'.",
    fileNotInProject: "'{{clip}}' shows a file that is not in the project.",
    fileRemoved: "'{{media}}' is no longer in the project.",
    mediaNotFound: 'The file is no longer in the project.',
    mediaInUse: "'{{media}}' is used by the clip '{{clip}}'.",
    noTakes: "'{{clip}}' has no takes.",
    takeNotInProject: "The clip '{{clip}}' names a take that is not in the project.",
    takeOfAnother: "The take is not one of '{{clip}}'.",
    badTicks: 'A time must be a whole number of ticks, not {{ticks}}.',
    badValue: '{{what}} does not fit: {{reason}}.',
    badSpeed: 'The speed must be between 1 % and 10,000 %.',
    badRange: 'The in point must lie before the out point.',
    rangeBeforeStart: 'The in and out points cannot lie before the start.',
    badRate: 'The frame rate must be between 1 and 240, not {{fps}}.',
    oddSize: 'The size must be even, not {{width}} × {{height}}.',
    cropsEverything: 'The crop would leave nothing of the picture.',
    notTouching: "'{{left}}' and '{{right}}' do not touch.",
    notAbutting: "A crossfade needs two clips that touch: '{{left}}' and '{{right}}' do not.",
    transitionExists: 'There is a transition on this cut already.',
    transitionNotFound: 'The transition is no longer there.',
    transitionWithoutLength: 'A transition needs a length.',
    transitionTooLong: 'This cut allows a transition of at most {{seconds}} seconds: its shorter clip is no longer.',
    markerThere: 'The marker is there already.',
    markerNotFound: 'The marker is no longer there.',
    promptTooLong: 'The prompt has {{length}} characters: {{most}} is the most.',
  },
  /** What does not fit its schema; part of `badValue`. */
  refusedValue: {
    clip: "The clip '{{name}}'",
    clipProperty: 'A property of the clip',
    failure: 'The failure',
    file: "The file '{{name}}'",
    format: 'The format',
    marker: 'The marker',
    name: 'The name',
    request: 'The request',
    speed: 'The speed',
    take: 'The take',
    track: 'The track',
    trackProperty: 'A property of the track',
  },
} as const;

type Refusals = (typeof commandSentences)['refused'];
type Values = (typeof commandSentences)['refusedValue'];

/** Which rule of the document a command would break. */
export type RefusalCode = keyof Refusals;

/** A change that the rules of the document forbid; `message` is the sentence in English. */
export class CommandRefused extends Error {
  override readonly name = 'CommandRefused';
  readonly code: RefusalCode;
  readonly sentence: Sentence;

  constructor(code: RefusalCode, params: Sentence['params'] = {}) {
    const sentence = fillTemplate(`refused.${code}`, commandSentences.refused[code], params);
    super(sentence.text);
    this.code = code;
    this.sentence = sentence;
  }
}

/** Throws CommandRefused; typed `never`, so that it can end an expression. */
export function refuse<C extends RefusalCode>(code: C, ...[params]: ParamsOf<Refusals[C]>): never {
  throw new CommandRefused(code, params);
}

/** Names the value that `requireShape` checks. */
export function valueName<N extends keyof Values>(name: N, ...[params]: ParamsOf<Values[N]>): Sentence {
  return fillTemplate(`refusedValue.${name}`, commandSentences.refusedValue[name], params);
}
